package dev.sallyport.session.stream;

import module java.base;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sallyport.protocol.ProtocolException;
import dev.sallyport.protocol.frame.ControlVerb;
import dev.sallyport.protocol.frame.Frame;
import dev.sallyport.protocol.frame.GoAwayCode;
import dev.sallyport.session.handshake.SessionKeys;
import dev.sallyport.session.record.RecordSealer;
import dev.sallyport.session.stream.SessionClosedException.Reason;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A peer with the right keys and bad intentions: each violation ends the session, with the code that names it. */
class HostilePeerTest {

  @Test
  @DisplayName("T32 of all there is to say outside streams, four words of an agent reach a server's host")
  void anAgentCanSayFourWordsToAServersHost() {
    Set<ControlVerb> heard = EnumSet.noneOf(ControlVerb.class);
    for (ControlVerb verb : ControlVerb.values()) {
      RawPeer fresh = RawPeer.before(Role.SERVER);
      fresh.send(new Frame.Control(verb, new byte[8]));
      fresh.victim.words.forEach(word -> heard.add(word.verb()));
      RawPeer established = RawPeer.of(Role.SERVER);
      established.send(new Frame.Control(verb, new byte[8]));
      established.victim.words.forEach(word -> heard.add(word.verb()));
      assertThat(established.victim.session.closed()).as("%s in an established session", verb).isEqualTo(!Set.of(
          ControlVerb.TLSINFO, ControlVerb.REKEY_ID, ControlVerb.CLOCK).contains(verb));
    }
    assertThat(heard).containsExactly(ControlVerb.CONFIRM, ControlVerb.TLSINFO, ControlVerb.REKEY_ID,
        ControlVerb.CLOCK);
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("T13 T22 a verb outside the list ends the session and reaches nobody")
  void anUnknownVerbReachesNobody(Role victim) {
    for (int verb = 0; verb < 256; verb++) {
      if (verb >= 1 && verb <= 7) {
        continue;
      }
      RawPeer peer = RawPeer.of(victim);
      peer.sendPlaintext(new byte[]{1, 0, 0, 1, 0, 0, 0, 0, (byte) verb});
      assertThat(peer.goAway()).isEqualTo(GoAwayCode.PROTOCOL);
      assertThat(peer.victim.words).isEmpty();
      assertThat(peer.victim.closedBecause().reason()).isEqualTo(Reason.PEER_VIOLATION);
    }
  }

  @ParameterizedTest
  @EnumSource
  void nothingIsHeardBeforeThePeerHasProvenItsKeys(Role victim) {
    List<Frame> early = List.of(new Frame.Ping(1), new Frame.Pad(1), new Frame.Open(victim.peer().firstStream(), 1,
        new byte[0]), new Frame.Data(1, new byte[1], true), new Frame.Credit(0, 1),
        new Frame.Control(ControlVerb.CLOCK,
            new byte[0]),
        new Frame.Rekey(), new Frame.Control(ControlVerb.SWITCH, new byte[0]), new Frame.Ack(0),
        new Frame.Rehs1(handshake(1577, 1)), new Frame.Rehs2(handshake(1289, 2)));
    for (Frame frame : early) {
      RawPeer peer = RawPeer.before(victim);
      peer.send(frame);
      assertThat(peer.goAway()).as("%s", frame).isEqualTo(GoAwayCode.PROTOCOL);
      assertThat(peer.victim.opened).isEmpty();
    }
  }

  @Test
  void anAgentThatDoesNotWaitForRolledIsSentAway() {
    RawPeer peer = RawPeer.before(Role.SERVER);
    peer.victim.rolls = false;
    peer.send(new Frame.Control(ControlVerb.CONFIRM, new byte[8]));
    peer.send(new Frame.Open(1, 2, new byte[0]));
    assertThat(peer.goAway()).isEqualTo(GoAwayCode.PROTOCOL);
    assertThat(peer.victim.opened).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void malformedFramesEndTheSessionAndWhatCameBeforeStands(Role victim) {
    RawPeer peer = RawPeer.of(victim);
    byte[] pingAndHalfAFrame = HexFormat.of().parseHex("20000008000000000000000000000007" + "1100");
    peer.sendPlaintext(pingAndHalfAFrame);

    assertThat(peer.goAway()).isEqualTo(GoAwayCode.PROTOCOL);
    assertThat(peer.victim.session.closed()).isTrue();
  }

  @ParameterizedTest
  @EnumSource
  void aCriticalFrameOfAnUnknownTypeEndsTheSessionAndAnotherIsSkipped(Role victim) {
    RawPeer peer = RawPeer.of(victim);
    peer.sendPlaintext(HexFormat.of().parseHex("7700000200000005aabb"));
    assertThat(peer.victim.session.closed()).isFalse();
    peer.sendPlaintext(HexFormat.of().parseHex("7780000200000005aabb"));
    assertThat(peer.goAway()).isEqualTo(GoAwayCode.PROTOCOL);
  }

  @ParameterizedTest
  @EnumSource
  void streamNumbersMustBeThePeersAndRise(Role victim) {
    for (List<Integer> numbers : List.of(List.of(victim.firstStream()), List.of(victim.peer().firstStream(), victim
        .peer().firstStream()), List.of(victim.peer().firstStream() + 4, victim.peer().firstStream() + 2))) {
      RawPeer peer = RawPeer.of(victim);
      numbers.forEach(number -> peer.send(new Frame.Open(number, 1, new byte[0])));
      assertThat(peer.goAway()).as("%s", numbers).isEqualTo(GoAwayCode.PROTOCOL);
    }
  }

  @ParameterizedTest
  @EnumSource
  void framesForStreamsThatNeverWereEndTheSession(Role victim) {
    for (int stream : new int[]{1, 2, 77, 78, Integer.MAX_VALUE, Integer.MAX_VALUE - 1}) {
      for (Frame frame : List.of(new Frame.Data(stream, new byte[1], false), new Frame.Credit(stream, 5),
          new Frame.Reset(stream, 1))) {
        RawPeer peer = RawPeer.of(victim);
        peer.send(frame);
        assertThat(peer.goAway()).as("%s", frame).isEqualTo(GoAwayCode.PROTOCOL);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void lateFramesForAClosedStreamAreDropped(Role victim) {
    RawPeer peer = RawPeer.of(victim);
    peer.send(new Frame.Open(peer.stream(1), 1, new byte[0]), new Frame.Reset(peer.stream(1), 1));
    peer.send(new Frame.Data(peer.stream(1), new byte[100], true), new Frame.Credit(peer.stream(1), 5), new Frame.Reset(
        peer.stream(1), 1), new Frame.Data(peer.stream(1), new byte[100], true));
    assertThat(peer.victim.session.closed()).isFalse();
    assertThat(peer.victim.session.openStreams()).isZero();
  }

  @ParameterizedTest
  @EnumSource
  void dataAfterFinEndsTheSession(Role victim) {
    RawPeer peer = RawPeer.of(victim);
    peer.send(new Frame.Open(peer.stream(1), 1, new byte[0]), new Frame.Data(peer.stream(1), new byte[1], true));
    peer.send(new Frame.Data(peer.stream(1), new byte[1], false));
    assertThat(peer.goAway()).isEqualTo(GoAwayCode.PROTOCOL);
  }

  @ParameterizedTest
  @EnumSource
  void sendingBeyondAStreamsCreditEndsTheSessionWithFlow(Role victim) {
    RawPeer peer = RawPeer.of(victim);
    peer.send(new Frame.Open(peer.stream(1), 1, new byte[0]));
    int frame = Frame.HEADER_BYTES + 16_376;
    int fits = (256 << 10) / frame;
    for (int i = 0; i < fits; i++) {
      peer.send(new Frame.Data(peer.stream(1), new byte[16_376], false));
    }
    assertThat(peer.victim.session.closed()).isFalse();
    peer.send(new Frame.Data(peer.stream(1), new byte[0], false));
    assertThat(peer.goAway()).isEqualTo(GoAwayCode.FLOW);
  }

  @ParameterizedTest
  @EnumSource
  void sendingBeyondTheSessionsCreditEndsTheSessionWithFlow(Role victim) {
    RawPeer peer = RawPeer.of(victim);
    for (int stream = 1; stream <= 16; stream++) {
      peer.send(new Frame.Open(peer.stream(stream), 1, new byte[0]));
      for (int i = 0; i < 16; i++) {
        peer.send(new Frame.Data(peer.stream(stream), new byte[16_376], false));
      }
    }
    assertThat(peer.victim.session.closed()).isFalse();
    peer.send(new Frame.Open(peer.stream(17), 1, new byte[0]), new Frame.Data(peer.stream(17), new byte[0], false));
    assertThat(peer.goAway()).isEqualTo(GoAwayCode.FLOW);
  }

  @ParameterizedTest
  @EnumSource
  void emptyFramesAreNotFree(Role victim) {
    RawPeer peer = RawPeer.of(victim);
    peer.send(new Frame.Open(peer.stream(1), 1, new byte[0]));
    Frame[] empty = new Frame[8_000];
    Arrays.fill(empty, new Frame.Data(peer.stream(1), new byte[0], false));
    for (int i = 0; i < 4; i++) {
      peer.send(empty);
      assertThat(peer.victim.session.closed()).isFalse();
    }
    peer.send(empty);
    assertThat(peer.goAway()).isEqualTo(GoAwayCode.FLOW);
  }

  @ParameterizedTest
  @EnumSource
  void creditBeyondWhatCanBeCountedEndsTheSessionWithFlow(Role victim) {
    RawPeer peer = RawPeer.of(victim);
    peer.send(new Frame.Credit(0, Integer.MAX_VALUE));
    assertThat(peer.goAway()).isEqualTo(GoAwayCode.FLOW);
  }

  @ParameterizedTest
  @EnumSource
  void streamsBeyondTheLimitAreRefusedOneByOne(Role victim) {
    RawPeer peer = RawPeer.of(victim, SessionLimits.standard(victim).withStreams(3, 3));
    for (int stream = 1; stream <= 5; stream++) {
      peer.send(new Frame.Open(peer.stream(stream), 1, new byte[0]));
    }
    assertThat(peer.received()).containsExactly(new Frame.Reset(peer.stream(4), SessionStream.REFUSED), new Frame.Reset(
        peer.stream(5), SessionStream.REFUSED));
    peer.send(new Frame.Reset(peer.stream(2), 1), new Frame.Open(peer.stream(6), 1, new byte[0]));
    assertThat(peer.received()).isEmpty();
    assertThat(peer.victim.session.openStreams()).isEqualTo(3);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  @DisplayName("T32 a peer that makes us answer and does not read our answers is cut off after 64 KiB of them")
  void answersThatNobodyFetchesAreBounded(boolean pings) {
    RawPeer peer = RawPeer.of(Role.SERVER, SessionLimits.standard(Role.SERVER).withStreams(1, 1));
    int answers = 0;
    peer.send(new Frame.Open(1, 1, new byte[0]));
    while (!peer.victim.session.closed()) {
      peer.send(pings ? new Frame.Ping(answers) : new Frame.Open(3 + 2 * answers, 1, new byte[4_096]));
      answers++;
      assertThat(answers).isLessThan(10_000);
    }
    assertThat(peer.goAway()).isEqualTo(GoAwayCode.FLOW);
    assertThat(answers).isGreaterThan(4_000);
  }

  @Test
  void handshakesInsideASessionHaveTheirPlaceAndTheirDirection() {
    RawPeer toServer = RawPeer.of(Role.SERVER);
    toServer.send(new Frame.Rehs2(handshake(1289, 2)));
    assertThat(toServer.goAway()).isEqualTo(GoAwayCode.PROTOCOL);

    RawPeer toAgent = RawPeer.of(Role.AGENT);
    toAgent.send(new Frame.Rehs1(handshake(1577, 1)));
    assertThat(toAgent.goAway()).isEqualTo(GoAwayCode.PROTOCOL);

    RawPeer unasked = RawPeer.of(Role.AGENT);
    unasked.send(new Frame.Rehs2(handshake(1289, 2)));
    assertThat(unasked.goAway()).isEqualTo(GoAwayCode.PROTOCOL);

    RawPeer impatient = RawPeer.of(Role.SERVER);
    impatient.send(new Frame.Rehs1(handshake(1577, 1)));
    impatient.send(new Frame.Rehs1(handshake(1577, 1)));
    assertThat(impatient.goAway()).isEqualTo(GoAwayCode.PROTOCOL);
    assertThat(impatient.victim.rehandshakes).hasSize(1);
  }

  @ParameterizedTest
  @EnumSource
  void twoRekeysInOneRecordEndTheSession(Role victim) {
    RawPeer peer = RawPeer.of(victim);
    peer.send(new Frame.Rekey(), new Frame.Rekey());
    assertThat(peer.goAway()).isEqualTo(GoAwayCode.PROTOCOL);
  }

  @ParameterizedTest
  @EnumSource
  void acknowledgementsAndPaddingAreHeardAndNotAnswered(Role victim) {
    RawPeer peer = RawPeer.of(victim);
    peer.send(new Frame.Ack(0), new Frame.Pad(4_096), new Frame.Ack(7));
    assertThat(peer.victim.session.closed()).isFalse();
    assertThat(peer.received()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("T16 bytes that are not authentic throw, and the session goes on as before")
  void whatIsNotAuthenticChangesNothing(Role victim) {
    RawPeer peer = RawPeer.of(victim);
    TestKeys strangers = new TestKeys();
    SessionKeys foreign = strangers.of(victim.peer(), 1);
    RecordSealer stranger = new RecordSealer(foreign.sendKey(), foreign.cid());
    RawPeer.seal(stranger, new byte[8]); // number 0 was seen and would only be dropped
    for (int i = 0; i < 3; i++) {
      byte[] forged = RawPeer.seal(stranger, new byte[8]);
      assertThatThrownBy(() -> peer.victim.session.receive(forged)).isInstanceOf(ProtocolException.class);
    }
    for (byte[] junk : List.of(new byte[0], new byte[1], new byte[]{0x10}, new byte[17], new byte[70_000])) {
      assertThatThrownBy(() -> peer.victim.session.receive(junk)).isInstanceOf(ProtocolException.class);
    }
    assertThat(peer.victim.session.closed()).isFalse();
    peer.send(new Frame.Ping(5));
    assertThat(peer.received()).containsExactly(new Frame.Pong(5));
  }

  private static byte[] handshake(int length, int kind) {
    byte[] message = new byte[length];
    message[0] = (byte) kind;
    return message;
  }
}
