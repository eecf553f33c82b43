package dev.sallyport.session.stream;

import module java.base;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.protocol.frame.Frame;
import dev.sallyport.session.stream.SessionClosedException.Reason;
import org.junit.jupiter.api.Test;

class KeepaliveTest {
  private static final long SECOND = 1_000_000_000L;
  private static final long START = Long.MAX_VALUE - 10 * SECOND; // the clock may wrap

  private final SplittableRandom random = new SplittableRandom(1);

  @Test
  void anAgentPingsEveryIntervalGiveOrTakeAFifth() {
    RawPeer peer = RawPeer.of(Role.AGENT);
    Session agent = peer.victim.session;
    long pinged = START;
    long due = agent.onTick(START, random);
    Set<Long> waits = new HashSet<>();
    for (int i = 0; i < 200; i++) {
      assertThat(due - pinged).isBetween(20 * SECOND, 30 * SECOND);
      waits.add(due - pinged);
      agent.onTick(due - 1, random);
      assertThat(peer.received()).isEmpty();
      pinged = due;
      long answerDue = agent.onTick(pinged, random);
      assertThat(peer.received()).filteredOn(frame -> frame instanceof Frame.Ping).hasSize(1);
      peer.send(new Frame.Pong(pinged));
      due = agent.onTick(answerDue, random);
      assertThat(peer.received()).as("after the answer").isEmpty();
    }
    assertThat(waits).hasSizeGreaterThan(150);
  }

  @Test
  void threePingsMissedInQuickSuccessionEndAnAgentsSession() {
    RawPeer peer = RawPeer.of(Role.AGENT);
    long first = peer.victim.session.onTick(START, random);
    long due = first;
    for (int ping = 1; ping <= 3; ping++) {
      due = peer.victim.session.onTick(due, random);
      assertThat(peer.received()).as("ping %d", ping).hasSize(1);
      assertThat(peer.victim.session.closed()).as("after ping %d", ping).isFalse();
    }
    assertThat(due - first).isLessThan(20 * SECOND);
    assertThat(due - START).as("a dead path is noticed within two intervals").isLessThan(50 * SECOND);
    peer.victim.session.onTick(due, random);
    assertThat(peer.victim.closedBecause().reason()).isEqualTo(Reason.PEER_SILENT);
  }

  @Test
  void anAnswerToALaterPingBringsBackTheUsualInterval() {
    RawPeer peer = RawPeer.of(Role.AGENT);
    long due = peer.victim.session.onTick(START, random);
    due = peer.victim.session.onTick(due, random);
    due = peer.victim.session.onTick(due, random);
    long pinged = due;
    due = peer.victim.session.onTick(due, random);
    peer.send(new Frame.Pong(1));
    peer.received();
    due = peer.victim.session.onTick(due, random);
    assertThat(peer.received()).isEmpty();
    assertThat(due - pinged).isBetween(20 * SECOND, 30 * SECOND);
  }

  @Test
  void whateverIsHeardIsLife() {
    RawPeer peer = RawPeer.of(Role.AGENT);
    long due = peer.victim.session.onTick(START, random);
    for (int i = 0; i < 50; i++) {
      due = peer.victim.session.onTick(due, random);
      if (i % 3 == 2) {
        peer.send(new Frame.Pad(5));
      }
    }
    assertThat(peer.victim.session.closed()).isFalse();
  }

  @Test
  void aServerDoesNotPingAndNoticesASilentAgentAfterTheAgentWouldHaveGivenUp() {
    RawPeer peer = RawPeer.of(Role.SERVER);
    long now = START;
    peer.victim.session.onTick(now, random);
    while (!peer.victim.session.closed()) {
      now += SECOND;
      peer.victim.session.onTick(now, random);
      assertThat(peer.received()).isEmpty();
      assertThat(now - START).isLessThan(73 * SECOND);
    }
    assertThat(peer.victim.closedBecause().reason()).isEqualTo(Reason.PEER_SILENT);
    assertThat(now - START).isGreaterThan(49 * SECOND);
  }

  @Test
  void aServerBearsAnAgentWhosePingsComeAsLateAsTheyMay() {
    RawPeer peer = RawPeer.of(Role.SERVER);
    long now = START;
    peer.victim.session.onTick(now, random);
    for (int second = 1; second <= 3_600; second++) {
      now += SECOND;
      if (second % 48 == 0) {
        peer.send(new Frame.Ping(second));
        peer.received();
      }
      peer.victim.session.onTick(now, random);
    }
    assertThat(peer.victim.session.closed()).isFalse();
  }

  @Test
  void twoEndsThatHearEachOtherStayForAWeek() {
    SessionPair pair = SessionPair.established();
    long now = START;
    for (long second = 0; second < 7 * 24 * 3_600 / 5; second++) {
      now += 5 * SECOND;
      pair.agent.session.onTick(now, random);
      pair.server.session.onTick(now, random);
      pair.deliverAll();
      if (pair.server.session.closed()) {
        break;
      }
    }
    assertThat(pair.agent.rehandshakesDue.get()).isPositive();
    // nobody answered the rehandshake that was due after a day: the server waits as long again, no longer
    assertThat(pair.server.closedBecause().reason()).isEqualTo(Reason.SENT_AWAY);
    assertThat(now - START).isBetween(47 * 3_600 * SECOND, 49 * 3_600 * SECOND);
  }

  @Test
  void nothingIsDoneBeforeTheSessionIsEstablished() {
    RawPeer peer = RawPeer.before(Role.AGENT);
    long due = peer.victim.session.onTick(START, random);
    peer.victim.session.onTick(due, random);
    assertThat(peer.received()).isEmpty();
  }
}
