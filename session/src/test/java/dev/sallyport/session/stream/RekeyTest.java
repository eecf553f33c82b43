package dev.sallyport.session.stream;

import module java.base;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.protocol.frame.Frame;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RekeyTest {
  private static final byte[] NOTHING = new byte[0];

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 7})
  void bothDirectionsRekeyUnderTraffic(long records) throws Exception {
    KeyLimits often = new KeyLimits(records, Duration.ofHours(1), 64L << 30, Duration.ofDays(1));
    SessionPair pair = SessionPair.established(limits -> limits.withKeys(often));
    SessionStream mine = pair.server.session.open(1, NOTHING);
    pair.deliverAll();
    SessionStream theirs = pair.agent.nextOpened().stream();
    for (int i = 0; i < 200; i++) {
      mine.write(new byte[i], false);
      pair.deliverAll();
      assertThat(theirs.read()).hasSize(i);
      theirs.write(new byte[i], false);
      pair.deliverAll();
      assertThat(mine.read()).hasSize(i);
    }
  }

  @Test
  void aDirectionRekeysAfterItsNumberOfRecordsAndNotBefore() {
    KeyLimits limits = new KeyLimits(5, Duration.ofHours(1), 64L << 30, Duration.ofDays(1));
    RawPeer peer = RawPeer.of(Role.SERVER, SessionLimits.standard(Role.SERVER).withKeys(limits));
    List<Integer> rekeys = new ArrayList<>();
    for (int record = 2; record <= 20; record++) { // the first was ROLLED
      peer.victim.session.ping(record);
      if (peer.received().contains(new Frame.Rekey())) {
        rekeys.add(record);
      }
    }
    assertThat(rekeys).containsExactly(5, 10, 15, 20);
  }

  @Test
  void aDirectionRekeysAfterAnHourWithItsNextRecord() {
    RawPeer peer = RawPeer.of(Role.AGENT);
    SplittableRandom random = new SplittableRandom(1);
    long due = peer.victim.session.onTick(0, random);
    int rekeys = 0;
    while (due < Duration.ofHours(5).toNanos()) {
      due = peer.victim.session.onTick(due, random);
      List<Frame> frames = peer.received();
      rekeys += Collections.frequency(frames, new Frame.Rekey());
      if (frames.stream().anyMatch(Frame.Ping.class::isInstance)) {
        peer.send(new Frame.Pong(1)); // unasked it would keep the other end from asking, and so from sending anything
      }
    }
    assertThat(rekeys).isEqualTo(4);
  }
}
