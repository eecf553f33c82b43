package dev.sallyport.session.stream;

import module java.base;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sallyport.protocol.frame.Frame;
import org.junit.jupiter.api.Test;

/** Credit: what may be under way, and when it comes back. */
class FlowTest {
  private static final byte[] NOTHING = new byte[0];
  private static final int BODY = 16_376;
  private static final int FRAME = Frame.HEADER_BYTES + BODY;

  private final SessionPair pair = SessionPair.established();

  @Test
  void aWriterStopsWhereCreditAndQueueEndAndGoesOnWhenItIsRead() throws Exception {
    SessionStream mine = pair.server.session.open(1, NOTHING);
    int written = writeAllThatGoes(mine);
    SessionStream theirs = pair.agent.nextOpened().stream();

    int credit = SessionLimits.standard(Role.SERVER).streamCredit();
    assertThat(written).isEqualTo((credit + SessionLimits.MAX_STREAM_QUEUE_BYTES) / FRAME);
    int read = 0;
    while (theirs.isReadable()) {
      assertThat(theirs.read()).hasSize(BODY);
      read++;
      pair.deliverAll();
    }
    assertThat(read).isEqualTo(written);
    assertThat(mine.tryWrite(new byte[BODY], true)).isTrue();
  }

  @Test
  void slowReadersOfManyStreamsHoldTheSessionsCreditAndNoMore() throws Exception {
    List<SessionStream> mine = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      SessionStream stream = pair.server.session.open(1, NOTHING);
      mine.add(stream);
      writeAllThatGoes(stream);
    }
    int unread = 0;
    List<SessionStream> theirs = new ArrayList<>();
    pair.agent.opened.forEach(opened -> theirs.add(opened.stream()));
    for (SessionStream stream : theirs) {
      int held = 0;
      while (stream.isReadable()) {
        held += Frame.HEADER_BYTES + End.read(stream).length;
      }
      unread += held;
    }
    assertThat(unread).isEqualTo(SessionLimits.standard(Role.SERVER).sessionCredit());
    pair.deliverAll();
    assertThat(theirs.stream().anyMatch(SessionStream::isReadable)).isTrue();
    assertThat(mine).allSatisfy(stream -> assertThat(stream.id()).isPositive());
  }

  @Test
  void aResetGivesBackTheCreditOfWhatNobodyRead() throws Exception {
    for (int i = 0; i < 100; i++) {
      SessionStream mine = pair.server.session.open(1, NOTHING);
      writeAllThatGoes(mine);
      SessionStream theirs = pair.agent.nextOpened().stream();
      if (i % 2 == 0) {
        theirs.reset(1);
      } else {
        mine.reset(1);
      }
      pair.deliverAll();
    }
    SessionStream last = pair.server.session.open(1, NOTHING);
    assertThat(writeAllThatGoes(last)).isGreaterThanOrEqualTo(16);
    assertThat(pair.agent.session.closed()).isFalse();
  }

  @Test
  void lateDataForAResetStreamGivesItsCreditBack() throws Exception {
    for (int i = 0; i < 60; i++) {
      SessionStream mine = pair.server.session.open(1, NOTHING);
      pair.deliverAll();
      SessionStream theirs = pair.agent.nextOpened().stream();
      for (int frame = 0; frame < 4; frame++) {
        mine.write(new byte[BODY], false);
      }
      pair.fetch(Role.SERVER);
      pair.fetch(Role.SERVER);
      theirs.reset(1);
      pair.deliverAll();
    }
    SessionStream last = pair.server.session.open(1, NOTHING);
    assertThat(writeAllThatGoes(last)).isGreaterThanOrEqualTo(16);
  }

  @Test
  void shortStreamsCostNoCreditFrames() throws Exception {
    RawPeer peer = RawPeer.of(Role.SERVER);
    peer.send(new Frame.Open(1, 1, NOTHING), new Frame.Data(1, new byte[200], true));
    assertThat(peer.victim.nextOpened().stream().read()).hasSize(200);
    assertThat(peer.received()).isEmpty();
  }

  @Test
  void creditComesBackInHalvesWhileAllIsRead() throws Exception {
    RawPeer peer = RawPeer.of(Role.SERVER);
    peer.send(new Frame.Open(1, 1, NOTHING));
    SessionStream stream = peer.victim.nextOpened().stream();
    for (int i = 0; i < 7; i++) {
      peer.send(new Frame.Data(1, new byte[BODY], false));
      stream.read();
    }
    assertThat(peer.received()).isEmpty();
    peer.send(new Frame.Data(1, new byte[BODY], false));
    stream.read();
    assertThat(peer.received()).containsExactly(new Frame.Credit(1, 8 * FRAME));
  }

  @Test
  void theLargestFrameIsNeverStarvedBySmallChange() throws Exception {
    SessionStream mine = pair.server.session.open(1, NOTHING);
    SessionStream theirs = null;
    for (int i = 0; i < 500; i++) {
      assertThat(mine.tryWrite(new byte[i % 2 == 0 ? Frame.MAX_DATA_BYTES : 1], false)).as("round %d", i).isTrue();
      pair.deliverAll();
      theirs = theirs == null ? pair.agent.nextOpened().stream() : theirs;
      assertThat(theirs.isReadable()).as("round %d", i).isTrue();
      theirs.read();
      pair.deliverAll();
    }
  }

  @Test
  void windowsNeverGoBelowZeroNorAboveTheirSize() {
    for (long seed = 0; seed < 200; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      int size = random.nextInt(1_000, 100_000);
      ReceiveWindow receive = new ReceiveWindow(size);
      SendWindow send = new SendWindow(size);
      int unread = 0;
      for (int step = 0; step < 2_000; step++) {
        int bytes = random.nextInt(1, 2_000);
        if (random.nextBoolean() && send.covers(bytes)) {
          send.spend(bytes);
          receive.take(bytes);
          unread += bytes;
        } else if (unread > 0) {
          int read = Math.min(unread, bytes);
          unread -= read;
          int grant = receive.consume(read);
          if (grant > 0) {
            send.add(grant);
          }
        }
        assertThat(send.available()).as("seed %d", seed).isEqualTo(receive.remaining()).isBetween(0, size);
        assertThat(send.available() + unread).as("seed %d", seed).isLessThanOrEqualTo(size);
        if (unread == 0) {
          assertThat(send.available()).as("seed %d: all is read", seed).isGreaterThan(size / 2 - 1);
        }
      }
    }
  }

  @Test
  void spendingWithoutCreditOrConsumingWhatNeverCameIsAMistakeOfOurs() {
    assertThatThrownBy(() -> new SendWindow(10).spend(11)).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> new ReceiveWindow(10).consume(1)).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> new ReceiveWindow(10).take(11)).isInstanceOf(PeerViolation.class);
  }

  private int writeAllThatGoes(SessionStream stream) throws Exception {
    int written = 0;
    while (stream.tryWrite(new byte[BODY], false)) {
      written++;
      pair.deliverAll();
    }
    return written;
  }
}
