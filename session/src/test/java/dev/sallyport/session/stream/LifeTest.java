package dev.sallyport.session.stream;

import module java.base;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sallyport.protocol.ProtocolException;
import dev.sallyport.protocol.frame.ControlVerb;
import dev.sallyport.protocol.frame.Frame;
import dev.sallyport.protocol.frame.GoAwayCode;
import dev.sallyport.session.stream.SessionClosedException.Reason;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** From CONFIRM to the end. */
class LifeTest {
  private static final byte[] NOTHING = new byte[0];
  private static final Duration AWHILE = Duration.ofSeconds(30);

  @Test
  void confirmIsTheAgentsFirstFrameAndRolledTheServers() {
    SessionPair pair = SessionPair.fresh();
    pair.agent.session.control(ControlVerb.CONFIRM, new byte[]{1, 2});
    pair.deliverAll();

    assertThat(pair.server.words).hasSize(1);
    assertThat(pair.server.words.peek().verb()).isEqualTo(ControlVerb.CONFIRM);
    assertThat(pair.server.words.peek().body()).isEqualTo(new byte[]{1, 2});
    assertThat(pair.agent.words.peek().verb()).isEqualTo(ControlVerb.ROLLED);
  }

  @Test
  @DisplayName("B.4 whatever is heard or said before, ROLLED is in the server's first record, and its first frame")
  void nothingLeavesTheServerBeforeRolled() {
    RawPeer peer = RawPeer.before(Role.SERVER);
    peer.victim.rolls = false;
    peer.victim.session.ping(7);
    peer.send(new Frame.Control(ControlVerb.CONFIRM, new byte[8]), new Frame.Ping(1));
    peer.send(new Frame.Ping(2));
    assertThat(peer.received()).isEmpty();

    int wakes = peer.victim.wakes.get();
    peer.victim.session.control(ControlVerb.ROLLED, new byte[8]);
    assertThat(peer.victim.wakes.get()).isEqualTo(wakes + 1);
    List<Frame> first = peer.receivedOnce();
    assertThat(first.getFirst()).isInstanceOfSatisfying(Frame.Control.class,
        word -> assertThat(word.verb()).isEqualTo(ControlVerb.ROLLED));
    assertThat(first.subList(1, first.size())).containsExactly(new Frame.Ping(7), new Frame.Pong(1), new Frame.Pong(2));
  }

  @Test
  @DisplayName("B.4 whatever an agent says before, CONFIRM is in its first record, and its first frame")
  void nothingLeavesTheAgentBeforeConfirm() {
    SessionPair pair = SessionPair.fresh();
    pair.agent.session.ping(1);
    assertThat(pair.agent.session.nextMessage()).isNull();
    pair.agent.session.control(ControlVerb.CONFIRM, NOTHING);
    pair.deliverAll();
    assertThat(pair.agent.ponged).containsExactly(1L);
  }

  @ParameterizedTest
  @EnumSource
  void aSessionCanBeEndedWithAGoawayBeforeItsFirstWord(Role role) {
    SessionPair pair = SessionPair.fresh();
    pair.end(role).session.goAway(GoAwayCode.POLICY, AWHILE);
    pair.deliverAll();
    assertThat(pair.end(role.peer()).goneAway).containsExactly(GoAwayCode.POLICY);
  }

  @Test
  void wordsAreSaidInTheirTimeAndByWhomTheyBelongTo() {
    SessionPair pair = SessionPair.fresh();
    Session agent = pair.agent.session;
    Session server = pair.server.session;
    assertThatThrownBy(() -> server.control(ControlVerb.ROLLED, NOTHING)).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> server.control(ControlVerb.CONFIRM, NOTHING)).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> agent.control(ControlVerb.CLOCK, NOTHING)).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> agent.open(1, NOTHING)).isInstanceOf(IllegalStateException.class);
    agent.control(ControlVerb.CONFIRM, NOTHING);
    assertThatThrownBy(() -> agent.control(ControlVerb.CONFIRM, NOTHING)).isInstanceOf(IllegalStateException.class);
    pair.deliverAll();
    assertThatThrownBy(() -> server.control(ControlVerb.ROLLED, NOTHING)).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> server.control(ControlVerb.TLSINFO, NOTHING)).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> agent.control(ControlVerb.SWITCH, NOTHING)).isInstanceOf(IllegalStateException.class);
    agent.control(ControlVerb.TLSINFO, new byte[32]);
    server.control(ControlVerb.CHECKPOINT, new byte[3]);
    pair.deliverAll();
    assertThat(pair.server.words).extracting(End.Word::verb).containsExactly(ControlVerb.CONFIRM, ControlVerb.TLSINFO);
    assertThat(pair.agent.words).extracting(End.Word::verb).containsExactly(ControlVerb.ROLLED, ControlVerb.CHECKPOINT);
  }

  @ParameterizedTest
  @EnumSource
  void aShutdownLetsOpenStreamsFinishAndOpensNoMore(Role whoStops) throws Exception {
    SessionPair pair = SessionPair.established();
    SessionStream asked = pair.server.session.open(1, NOTHING);
    asked.write(new byte[3], true);
    pair.deliverAll();
    pair.end(whoStops).session.goAway(GoAwayCode.SHUTDOWN, AWHILE);
    SessionStream crossing = pair.end(whoStops.peer()).session.open(1, NOTHING);
    pair.deliverAll();

    assertThat(pair.end(whoStops.peer()).goneAway).containsExactly(GoAwayCode.SHUTDOWN);
    assertThatThrownBy(crossing::read).isInstanceOfSatisfying(StreamResetException.class, e -> assertThat(e.code())
        .isEqualTo(SessionStream.REFUSED));
    for (Role role : Role.values()) {
      assertThatThrownBy(() -> pair.end(role).session.open(1, NOTHING)).isInstanceOfSatisfying(
          SessionClosedException.class, e -> assertThat(e.reason()).isEqualTo(Reason.DRAINED));
      assertThat(pair.end(role).session.closed()).isFalse();
    }

    SessionStream answering = pair.agent.nextOpened().stream();
    assertThat(answering.read()).hasSize(3);
    answering.write(new byte[5], true);
    pair.deliverAll();
    assertThat(asked.read()).hasSize(5);
    assertThat(asked.read()).isNull();
    assertThat(pair.agent.closedBecause().reason()).isEqualTo(Reason.DRAINED);
    assertThat(pair.server.closedBecause().reason()).isEqualTo(Reason.DRAINED);
  }

  @Test
  void aShutdownWithoutStreamsIsOverWhenTheGoawayHasLeft() {
    SessionPair pair = SessionPair.established();
    pair.server.session.goAway(GoAwayCode.SHUTDOWN, AWHILE);
    assertThat(pair.server.session.closed()).isFalse();
    assertThat(pair.fetch(Role.SERVER)).isTrue();
    assertThat(pair.server.session.closed()).isFalse();
    assertThat(pair.fetch(Role.SERVER)).isFalse();
    assertThat(pair.server.closedBecause().reason()).isEqualTo(Reason.DRAINED);
    pair.deliverAll();
    assertThat(pair.agent.closedBecause().reason()).isEqualTo(Reason.DRAINED);
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "SHUTDOWN")
  void everyOtherGoawayEndsTheSessionAtOnce(GoAwayCode code) throws Exception {
    SessionPair pair = SessionPair.established();
    SessionStream asked = pair.server.session.open(1, NOTHING);
    asked.write(new byte[100], false);
    pair.server.session.goAway(code, AWHILE);
    assertThat(pair.server.closedBecause().reason()).isEqualTo(Reason.SENT_AWAY);
    assertThatThrownBy(asked::read).isInstanceOf(SessionClosedException.class);
    pair.deliverAll();
    assertThat(pair.agent.opened).isEmpty();
    assertThat(pair.agent.goneAway).containsExactly(code);
    assertThat(pair.agent.closedBecause().reason()).isEqualTo(Reason.PEER_GONE);
  }

  @Test
  void aShutdownBeforeTheSessionIsEstablishedEndsItAtOnce() {
    SessionPair pair = SessionPair.fresh();
    pair.server.session.goAway(GoAwayCode.SHUTDOWN, AWHILE);
    assertThat(pair.server.closedBecause().reason()).isEqualTo(Reason.SENT_AWAY);
    pair.deliverAll();
    assertThat(pair.agent.closedBecause().reason()).isEqualTo(Reason.PEER_GONE);
  }

  @Test
  void whoClosesSaysNothingMoreAndHearsNothingMore() throws Exception {
    SessionPair pair = SessionPair.established();
    SessionStream asked = pair.server.session.open(1, NOTHING);
    pair.agent.session.ping(1);
    pair.fetch(Role.AGENT);
    pair.server.session.close(new SessionClosedException(Reason.CLOSED, "the link broke"));
    pair.server.session.close(new SessionClosedException(Reason.CLOSED, "again"));

    assertThat(pair.server.closedBecause()).hasMessage("the link broke");
    assertThat(pair.server.session.nextMessage()).isNull();
    pair.deliverAll();
    assertThat(pair.agent.ponged).isEmpty();
    pair.server.session.ping(2);
    pair.server.session.control(ControlVerb.CLOCK, NOTHING);
    pair.server.session.goAway(GoAwayCode.IDLE, AWHILE);
    asked.reset(1);
    assertThat(pair.server.session.nextMessage()).isNull();
    assertThatThrownBy(() -> pair.server.session.open(1, NOTHING)).isInstanceOf(SessionClosedException.class)
        .hasMessage(
            "the link broke");
  }

  @Test
  void pingsComeBackWithTheirNumber() {
    SessionPair pair = SessionPair.established();
    pair.server.session.ping(42);
    pair.agent.session.ping(-1);
    pair.deliverAll();
    assertThat(pair.server.ponged).containsExactly(42L);
    assertThat(pair.agent.ponged).containsExactly(-1L);
  }

  @Test
  @DisplayName("T16 a record reflected to its sender is refused")
  void reflectionIsRefused() {
    SessionPair pair = SessionPair.established();
    pair.agent.session.ping(1);
    byte[] own = pair.agent.fetch();
    assertThatThrownBy(() -> pair.agent.session.receive(own)).isInstanceOf(ProtocolException.class);
    assertThat(pair.agent.session.closed()).isFalse();
  }

  @Test
  @DisplayName("T16 CVE-2023-48795 dropping the first record is noticed by the second (Terrapin)")
  void aDroppedFirstRecordIsNoticed() {
    SessionPair pair = SessionPair.fresh();
    pair.agent.session.control(ControlVerb.CONFIRM, NOTHING);
    pair.agent.fetch();
    pair.agent.session.ping(1);
    byte[] second = pair.agent.fetch();
    assertThatThrownBy(() -> pair.server.session.receive(second)).isInstanceOf(ProtocolException.class)
        .hasMessageContaining("came where 0 was expected");
    assertThat(pair.server.words).isEmpty();
  }

  @Test
  @DisplayName("T16 repeated records are dropped, lost ones are noticed")
  void repetitionIsDroppedAndLossIsNoticed() {
    SessionPair pair = SessionPair.established();
    pair.agent.session.ping(1);
    byte[] first = pair.agent.fetch();
    pair.agent.session.ping(2);
    byte[] lost = pair.agent.fetch();
    pair.agent.session.ping(3);
    byte[] third = pair.agent.fetch();
    byte[] again = first.clone();

    pair.server.session.receive(first);
    pair.server.session.receive(again);
    assertThatThrownBy(() -> pair.server.session.receive(third.clone())).isInstanceOf(ProtocolException.class);
    pair.server.session.receive(lost);
    pair.server.session.receive(third);
    pair.deliverAll();
    assertThat(pair.agent.ponged).containsExactly(1L, 2L, 3L);
  }

  @Test
  @DisplayName("T17 a flipped bit anywhere in a record is refused and changes nothing")
  void everyFlippedBitIsRefused() throws Exception {
    SessionPair pair = SessionPair.established();
    pair.server.session.open(1, new byte[]{9}).write(new byte[]{7}, true);
    byte[] message = pair.server.fetch();
    for (int bit = 0; bit < 8 * message.length; bit++) {
      byte[] changed = message.clone();
      changed[bit / 8] ^= (byte) (1 << (bit % 8));
      boolean olderNumber = false;
      try {
        pair.agent.session.receive(changed);
        olderNumber = changed[16] == 0;
      } catch (ProtocolException refused) {
        assertThat(refused).hasMessageNotContaining("internal");
        continue;
      }
      assertThat(olderNumber).as("bit %d was accepted", bit).isTrue();
    }
    assertThat(pair.agent.opened).isEmpty();
    pair.agent.session.receive(message);
    assertThat(pair.agent.nextOpened().stream().read()).isEqualTo(new byte[]{7});
  }

  @Test
  void allStreamNumbersUsedUpEndsTheSessionInOrder() {
    StreamTable table = new StreamTable(Role.SERVER, SessionLimits.standard(Role.SERVER));
    int last = table.takeNumber();
    while (!table.exhausted()) {
      last = table.takeNumber();
    }
    assertThat(last).isEqualTo(Frame.MAX_STREAM - 1);
    assertThat(table.find(last)).isNull();
    assertThat(table.find(2)).isNull();
  }
}
