package dev.sallyport.session.stream;

import module java.base;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.protocol.frame.Frame;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who goes first when there is more to send than room. */
class ScheduleTest {
  private static final byte[] NOTHING = new byte[0];

  private final RawPeer peer = RawPeer.of(Role.SERVER);
  private final Session session = peer.victim.session;

  @Test
  void controlGoesBeforeInteractiveBeforeBulk() throws Exception {
    SessionStream bulk = session.open(1, NOTHING);
    SessionStream interactive = session.open(1, NOTHING);
    bulk.priority(Priority.BULK);
    bulk.write(new byte[40], false);
    interactive.write(new byte[30], false);
    session.ping(7);
    peer.send(new Frame.Ping(8));

    assertThat(peer.received()).extracting(frame -> frame.getClass().getSimpleName() + streamOf(frame)).containsExactly(
        "Ping", "Pong", "Open " + bulk.id(), "Open " + interactive.id(), "Data " + interactive.id(), "Data " + bulk
            .id());
  }

  @Test
  void interactiveStreamsOvertakeABacklogOfBulk() throws Exception {
    SessionStream bulk = session.open(1, NOTHING);
    bulk.priority(Priority.BULK);
    for (int i = 0; i < 4; i++) {
      bulk.write(new byte[16_000], false);
    }
    peer.receivedOnce();
    bulk.write(new byte[16_000], false);
    SessionStream interactive = session.open(1, NOTHING);
    interactive.write(new byte[30], false);
    assertThat(peer.receivedOnce()).element(1).isInstanceOfSatisfying(Frame.Data.class,
        data -> assertThat(data.stream())
            .isEqualTo(interactive.id()));
  }

  @ParameterizedTest
  @ValueSource(ints = {100, 1_000, 4_088, 5_000, 9_000, 16_376, 20_000})
  void streamsTakeTurnsAndNoneGetsMoreThanAnother(int body) throws Exception {
    List<SessionStream> streams = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      streams.add(session.open(1, NOTHING));
    }
    Map<Integer, Integer> bytes = new HashMap<>();
    for (int record = 0; record < 12; record++) {
      for (SessionStream stream : streams) {
        fill(stream, body);
      }
      for (Frame frame : peer.receivedOnce()) {
        if (frame instanceof Frame.Data data) {
          bytes.merge(data.stream(), data.size(), Integer::sum);
        }
      }
    }
    assertThat(bytes).hasSize(4);
    int most = Collections.max(bytes.values());
    assertThat(most - Collections.min(bytes.values()))
        .isLessThanOrEqualTo(2 * Math.max(SessionLimits.QUANTUM_BYTES, body));
  }

  private static void fill(SessionStream stream, int body) throws Exception {
    boolean more = true;
    while (more) {
      more = stream.tryWrite(new byte[body], false);
    }
  }

  @Test
  void aFrameLargerThanTheQuantumHasItsTurnToo() throws Exception {
    SessionStream large = session.open(1, NOTHING);
    SessionStream small = session.open(1, NOTHING);
    large.write(new byte[Frame.MAX_DATA_BYTES], false);
    small.write(new byte[100], false);
    large.write(new byte[50], false);

    assertThat(peer.received()).filteredOn(frame -> frame instanceof Frame.Data).extracting(ScheduleTest::streamOf)
        .containsExactly(" " + large.id(), " " + small.id(), " " + large.id());
  }

  @Test
  void recordsAreFilledAndNeverOverfilled() throws Exception {
    SplittableRandom random = new SplittableRandom(5);
    for (int i = 0; i < 200; i++) {
      SessionStream stream = session.open(1, new byte[random.nextInt(4_096)]);
      while (stream.tryWrite(new byte[random.nextInt(8_000)], false)) {
        if (random.nextInt(4) == 0) {
          break;
        }
      }
    }
    int messages = 0;
    int bytes = 0;
    for (byte[] message = session.nextMessage(); message != null; message = session.nextMessage()) {
      assertThat(message.length).isLessThanOrEqualTo(17 + 65_519 + 16);
      messages++;
      bytes += message.length;
    }
    assertThat(bytes / messages).isGreaterThan(50_000);
  }

  @Test
  void aStreamWithoutCreditDelaysNoOther() throws Exception {
    SessionStream stuck = session.open(1, NOTHING);
    while (stuck.tryWrite(new byte[16_000], false)) {
      peer.received();
    }
    SessionStream free = session.open(1, NOTHING);
    free.write(new byte[10], true);
    assertThat(peer.received()).extracting(ScheduleTest::streamOf).containsExactly(" " + free.id(), " " + free.id());
  }

  private static String streamOf(Frame frame) {
    return switch (frame) {
      case Frame.Open open -> " " + open.stream();
      case Frame.Data data -> " " + data.stream();
      default -> "";
    };
  }
}
