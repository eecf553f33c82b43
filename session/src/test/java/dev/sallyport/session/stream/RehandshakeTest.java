package dev.sallyport.session.stream;

import module java.base;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sallyport.protocol.frame.ControlVerb;
import dev.sallyport.protocol.frame.Frame;
import dev.sallyport.protocol.frame.FrameCodec;
import dev.sallyport.protocol.frame.GoAwayCode;
import dev.sallyport.protocol.message.Hello;
import dev.sallyport.protocol.message.HelloReply;
import dev.sallyport.session.record.RecordSealer;
import org.junit.jupiter.api.Test;

/** New keys in an old session, with a stand-in for the handshake's arithmetic. */
class RehandshakeTest {
  private static final byte[] NOTHING = new byte[0];
  private static final byte[] HELLO = new Hello(new byte[Hello.BODY_BYTES]).bytes();
  private static final byte[] REPLY = new HelloReply(new byte[HelloReply.BODY_BYTES]).bytes();

  private final SessionPair pair = SessionPair.established();
  private final Session agent = pair.agent.session;
  private final Session server = pair.server.session;
  private int generation = 1;

  @Test
  void streamsAndCreditCarryOverAndTheOldKeysAreGone() throws Exception {
    SessionStream mine = server.open(1, NOTHING);
    mine.write(new byte[100], false);
    pair.deliverAll();
    SessionStream theirs = pair.agent.nextOpened().stream();
    long oldCid = cidOf(Role.SERVER);

    rehandshake();

    assertThat(cidOf(Role.SERVER)).isEqualTo(oldCid + 1);
    assertThat(cidOf(Role.AGENT)).isEqualTo(oldCid + 1);
    mine.write(new byte[50], true);
    theirs.write(new byte[7], true);
    pair.deliverAll();
    assertThat(theirs.read()).hasSize(100);
    assertThat(theirs.read()).hasSize(50);
    assertThat(theirs.read()).isNull();
    assertThat(mine.read()).hasSize(7);
    assertThat(server.openStreams()).isZero();
  }

  @Test
  void theHostsHearOfEachStep() {
    agent.sendRehandshake(HELLO.clone());
    pair.deliverAll();
    assertThat(pair.server.rehandshakes.remove()).isEqualTo(HELLO);
    server.acceptRehandshake(REPLY.clone(), pair.keys.of(Role.SERVER, 2));
    pair.deliverAll();
    assertThat(pair.agent.rehandshakes.remove()).isEqualTo(REPLY);
    pair.server.words.clear();
    pair.agent.words.clear();
    agent.confirmRehandshake(pair.keys.of(Role.AGENT, 2), new byte[]{4});
    pair.deliverAll();
    assertThat(pair.server.words).singleElement().satisfies(word -> {
      assertThat(word.verb()).isEqualTo(ControlVerb.CONFIRM);
      assertThat(word.body()).isEqualTo(new byte[]{4});
    });
    assertThat(pair.agent.words).singleElement().satisfies(word -> assertThat(word.verb()).isEqualTo(
        ControlVerb.ROLLED));
  }

  @Test
  void confirmAndRolledTravelUnderNewKeysAndSwitchIsTheLastOldRecord() {
    List<String> toServer = new ArrayList<>();
    List<String> toAgent = new ArrayList<>();
    pair.towardsServer = message -> note(message, toServer);
    pair.towardsAgent = message -> note(message, toAgent);
    rehandshake();
    agent.ping(1);
    pair.deliverAll();
    // REHS1, CONFIRM under new keys, SWITCH, PING under new keys
    assertThat(toServer).containsExactly("old", "new 0", "old", "new 1");
    // REHS2, ROLLED under new keys, SWITCH, PONG under new keys
    assertThat(toAgent).containsExactly("old", "new 0", "old", "new 1");
  }

  @Test
  void trafficGoesOnUnderTheOldKeysUntilBothHaveSwitched() throws Exception {
    SessionStream mine = server.open(1, NOTHING);
    pair.deliverAll();
    SessionStream theirs = pair.agent.nextOpened().stream();
    pair.server.rolls = false;
    Deque<Integer> expected = new ArrayDeque<>();
    int[] step = {0};
    Runnable talk = () -> {
      try {
        mine.write(new byte[step[0]], false);
        theirs.write(new byte[step[0]], false);
        expected.add(step[0]++);
      } catch (StreamResetException | SessionClosedException | InterruptedException e) {
        throw new IllegalStateException(e);
      }
    };
    talk.run();
    agent.sendRehandshake(HELLO.clone());
    talk.run();
    pair.deliverAll();
    talk.run();
    server.acceptRehandshake(REPLY.clone(), pair.keys.of(Role.SERVER, 2));
    talk.run();
    pair.deliverAll();
    agent.confirmRehandshake(pair.keys.of(Role.AGENT, 2), new byte[8]);
    talk.run();
    pair.deliverAll();
    talk.run();
    pair.fetch(Role.SERVER);
    server.control(ControlVerb.ROLLED, new byte[8]);
    talk.run();
    pair.deliverAll();
    talk.run();
    pair.deliverAll();
    assertThat(expected).hasSize(8);
    for (int size : expected) {
      assertThat(mine.read()).hasSize(size);
      assertThat(theirs.read()).hasSize(size);
    }
    assertThat(cidOf(Role.AGENT)).isEqualTo(cidOf(Role.SERVER));
  }

  @Test
  void aHundredRehandshakesFollowEachOther() {
    for (int i = 0; i < 100; i++) {
      rehandshake();
    }
    agent.ping(1);
    pair.deliverAll();
    assertThat(pair.agent.ponged).containsExactly(1L);
  }

  @Test
  void anEndInTheMiddleOfARehandshakeLeavesNothingToSay() {
    agent.sendRehandshake(HELLO.clone());
    pair.deliverAll();
    server.acceptRehandshake(REPLY.clone(), pair.keys.of(Role.SERVER, 2));
    pair.deliverAll();
    agent.confirmRehandshake(pair.keys.of(Role.AGENT, 2), new byte[]{4});

    agent.close(new SessionClosedException(SessionClosedException.Reason.CLOSED, "the wire ended"));

    assertThat(agent.nextMessage()).isNull();
  }

  @Test
  void aRefusalLeavesTheSessionUnderItsOldKeysAndTheAgentMayAskAgain() {
    long oldCid = cidOf(Role.SERVER);
    for (int i = 0; i < 3; i++) {
      agent.sendRehandshake(HELLO.clone());
      pair.deliverAll();
      server.refuseRehandshake(REPLY.clone());
      pair.deliverAll();
    }
    assertThat(pair.agent.rehandshakes).hasSize(3);
    assertThat(cidOf(Role.SERVER)).isEqualTo(oldCid);
    rehandshake();
    assertThat(cidOf(Role.SERVER)).isEqualTo(oldCid + 1);
  }

  @Test
  void anAgentThatDidNotLikeTheReplyMayAskAgain() {
    agent.sendRehandshake(HELLO.clone());
    pair.deliverAll();
    server.acceptRehandshake(REPLY.clone(), pair.keys.of(Role.SERVER, ++generation));
    pair.deliverAll();
    rehandshake();
    agent.ping(1);
    pair.deliverAll();
    assertThat(pair.agent.ponged).containsExactly(1L);
  }

  @Test
  void stepsOutOfTurnAreMistakesOfTheHost() {
    assertThatThrownBy(() -> server.acceptRehandshake(REPLY.clone(), pair.keys.of(Role.SERVER, 2))).isInstanceOf(
        IllegalStateException.class);
    assertThatThrownBy(() -> server.refuseRehandshake(REPLY.clone())).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> agent.confirmRehandshake(pair.keys.of(Role.AGENT, 2), NOTHING)).isInstanceOf(
        IllegalStateException.class);
    agent.sendRehandshake(HELLO.clone());
    assertThatThrownBy(() -> agent.sendRehandshake(HELLO.clone())).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> agent.sendRehandshake(REPLY.clone())).isInstanceOf(IllegalArgumentException.class);
    assertThat(pair.agent.session.closed()).isFalse();
  }

  @Test
  void underNewKeysNothingButConfirmMayComeBeforeSwitch() {
    for (Frame frame : List.of(new Frame.Ping(1), new Frame.Control(ControlVerb.CLOCK, NOTHING), new Frame.Control(
        ControlVerb.ROLLED, new byte[8]), new Frame.Pad(3))) {
      RawPeer peer = offered();
      RecordSealer next = new RecordSealer(peer.keys.of(Role.AGENT, 2).sendKey(), peer.keys.of(Role.AGENT, 2).cid());
      peer.victim.session.receive(RawPeer.seal(next, encode(frame)));
      assertThat(peer.goAway()).as("%s", frame).isEqualTo(GoAwayCode.PROTOCOL);
    }
  }

  @Test
  void switchBeforeRolledEndsTheSession() {
    RawPeer peer = offered();
    peer.send(new Frame.Control(ControlVerb.SWITCH, NOTHING));
    assertThat(peer.goAway()).isEqualTo(GoAwayCode.PROTOCOL);
  }

  @Test
  void aSecondRecordUnderNewKeysBeforeSwitchEndsTheSession() {
    RawPeer peer = offered();
    peer.victim.rolls = false;
    RecordSealer next = new RecordSealer(peer.keys.of(Role.AGENT, 2).sendKey(), peer.keys.of(Role.AGENT, 2).cid());
    byte[] confirm = encode(new Frame.Control(ControlVerb.CONFIRM, new byte[8]));
    peer.victim.session.receive(RawPeer.seal(next, confirm));
    assertThat(peer.victim.session.closed()).isFalse();
    peer.victim.session.receive(RawPeer.seal(next, confirm));
    assertThat(peer.goAway()).isEqualTo(GoAwayCode.PROTOCOL);
  }

  @Test
  void aForgedRecordUnderTheNewCidChangesNothing() {
    RawPeer peer = offered();
    TestKeys strangers = new TestKeys();
    RecordSealer forger = new RecordSealer(strangers.of(Role.AGENT, 2).sendKey(), peer.keys.of(Role.AGENT, 2).cid());
    byte[] forged = RawPeer.seal(forger, encode(new Frame.Control(ControlVerb.CONFIRM, new byte[8])));
    assertThatThrownBy(() -> peer.victim.session.receive(forged)).hasMessageContaining("not authentic");
    assertThat(peer.victim.session.closed()).isFalse();
    assertThat(peer.victim.words).isEmpty();
  }

  @Test
  void aRehandshakeIsDueAfterItsBytesOrItsTimeAndAskedForAgainIfNothingCameOfIt() {
    SplittableRandom random = new SplittableRandom(1);
    long now = 0;
    agent.onTick(now, random);
    for (; now < Duration.ofHours(23).toNanos(); now += Duration.ofSeconds(20).toNanos()) {
      tickBoth(now, random);
    }
    assertThat(pair.agent.rehandshakesDue.get()).isZero();
    for (; now < Duration.ofHours(25).toNanos(); now += Duration.ofSeconds(20).toNanos()) {
      tickBoth(now, random);
    }
    assertThat(pair.agent.rehandshakesDue.get()).isBetween(1, 2);
    rehandshake();
    int before = pair.agent.rehandshakesDue.get();
    for (; now < Duration.ofDays(2).toNanos(); now += Duration.ofSeconds(20).toNanos()) {
      tickBoth(now, random);
    }
    assertThat(pair.agent.rehandshakesDue.get()).isEqualTo(before);
    assertThat(agent.closed()).isFalse();
  }

  private void tickBoth(long now, SplittableRandom random) {
    agent.onTick(now, random);
    server.onTick(now, random);
    pair.deliverAll();
  }

  private void rehandshake() {
    generation++;
    agent.sendRehandshake(HELLO.clone());
    pair.deliverAll();
    server.acceptRehandshake(REPLY.clone(), pair.keys.of(Role.SERVER, generation));
    pair.deliverAll();
    agent.confirmRehandshake(pair.keys.of(Role.AGENT, generation), new byte[8]);
    pair.deliverAll();
  }

  /** A server that has offered new keys and waits for CONFIRM. */
  private static RawPeer offered() {
    RawPeer peer = RawPeer.of(Role.SERVER);
    peer.send(new Frame.Rehs1(HELLO.clone()));
    peer.victim.session.acceptRehandshake(REPLY.clone(), peer.keys.of(Role.SERVER, 2));
    peer.received();
    return peer;
  }

  private static byte[] encode(Frame frame) {
    ByteBuffer out = ByteBuffer.allocate(frame.size());
    FrameCodec.encode(frame, out);
    return out.array();
  }

  /** Under which session an end sends. */
  private long cidOf(Role role) {
    pair.end(role).session.ping(99);
    pair.fetch(role);
    byte[] message = (role == Role.AGENT ? pair.toServer : pair.toAgent).getLast();
    pair.deliverAll();
    return ByteBuffer.wrap(message).getLong(1);
  }

  private byte[] note(byte[] message, List<String> notes) {
    ByteBuffer header = ByteBuffer.wrap(message);
    boolean old = header.getLong(1) == ByteBuffer.wrap(pair.keys.of(Role.AGENT, 1).cid()).getLong();
    notes.add(old ? "old" : "new " + header.getLong(9));
    return message;
  }
}
