package dev.sallyport.session.stream;

import module java.base;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.protocol.frame.ControlVerb;
import dev.sallyport.protocol.frame.Frame;
import dev.sallyport.protocol.frame.FrameCodec;
import dev.sallyport.protocol.frame.GoAwayCode;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A peer that knows the frames, and says them without sense. */
class RandomPeerTest {
  private static final int SEEDS = Integer.getInteger("random.peers", 1_500);
  private static final ControlVerb[] VERBS = ControlVerb.values();

  @Test
  @DisplayName("T32 no order of frames from a peer brings out anything but what the protocol allows, or the end")
  void noOrderOfFramesDoesHarm() {
    int ended = 0;
    for (long seed = 1; seed <= SEEDS; seed++) {
      try {
        ended += conversation(new SplittableRandom(seed)) ? 1 : 0;
      } catch (RuntimeException e) {
        throw new AssertionError("seed " + seed, e);
      }
    }
    assertThat(ended).isBetween(SEEDS / 4, SEEDS - SEEDS / 20);
  }

  /** One conversation; whether it ended before its time. */
  private static boolean conversation(SplittableRandom random) {
    Role victim = random.nextBoolean() ? Role.SERVER : Role.AGENT;
    RawPeer peer = random.nextInt(10) == 0 ? RawPeer.before(victim) : RawPeer.of(victim);
    List<SessionStream> streams = new ArrayList<>();
    peer.victim.onOpened = opened -> streams.add(opened.stream());
    int[] lastOpened = {-1};
    for (int step = 0; step < 40; step++) {
      HostMoves.move(peer.victim.session, streams, random.nextInt());
      Frame[] frames = new Frame[random.nextInt(1, 4)];
      Arrays.setAll(frames, i -> anyFrame(random, victim, lastOpened));
      if (random.nextInt(60) == 0) {
        byte[] bytes = new byte[random.nextInt(8, 60)];
        random.nextBytes(bytes);
        peer.sendPlaintext(bytes);
      } else {
        peer.send(frames);
      }
    }
    if (peer.victim.session.closed()) {
      assertThat(peer.victim.closed).isCompleted();
      assertThat(peer.victim.session.openStreams()).isNotNegative();
      return true;
    }
    return false;
  }

  private static Frame anyFrame(SplittableRandom random, Role victim, int[] lastOpened) {
    int parity = victim.peer().firstStream();
    int some = random.nextInt(30) == 0
        ? random.nextInt(1, 100)
        : parity + 2 * random.nextInt(Math.max(1, lastOpened[0] + 1));
    boolean none = lastOpened[0] < 0;
    return switch (random.nextInt(none ? 3 : 12)) {
      case 0, 1 -> new Frame.Open(parity + 2 * ++lastOpened[0], 1, new byte[random.nextInt(50)]);
      case 2 -> new Frame.Ping(random.nextLong());
      case 3, 4, 5 -> new Frame.Data(some, new byte[random.nextInt(3_000)], random.nextInt(200) == 0);
      case 6 -> new Frame.Credit(random.nextBoolean() ? 0 : some, random.nextInt(1, 100_000));
      case 7 -> new Frame.Reset(some, 1);
      case 8 -> new Frame.Pad(random.nextInt(64));
      case 9 -> new Frame.Ack(random.nextInt(100));
      case 10 -> new Frame.Pong(1);
      default -> rare(random);
    };
  }

  private static Frame rare(SplittableRandom random) {
    return switch (random.nextInt(60)) {
      case 0 -> new Frame.Control(VERBS[random.nextInt(VERBS.length)], new byte[random.nextInt(20)]);
      case 1 -> new Frame.GoAway(GoAwayCode.SHUTDOWN, Duration.ZERO);
      case 2 -> new Frame.Rekey();
      default -> FrameCodec.next(ByteBuffer.wrap(new byte[8]));
    };
  }
}
