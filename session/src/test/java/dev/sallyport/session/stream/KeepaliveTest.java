package dev.sallyport.session.stream;

import module java.base;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sallyport.protocol.frame.Frame;
import dev.sallyport.session.pace.KeepalivePace;
import dev.sallyport.session.stream.SessionClosedException.Reason;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeepaliveTest {
  private static final long SECOND = 1_000_000_000L;
  private static final long START = Long.MAX_VALUE - 10 * SECOND; // the clock may wrap

  private final SplittableRandom random = new SplittableRandom(1);

  @Test
  @DisplayName("an idle link costs one exchange in some 54 s")
  void anAgentAsksWhenItHasHeardNothingForMostOfTheInterval() {
    RawPeer peer = RawPeer.of(Role.AGENT);
    Session agent = peer.victim.session;
    long heard = START;
    long due = agent.onTick(heard, random);
    Set<Long> waits = new HashSet<>();
    for (int i = 0; i < 200; i++) {
      assertThat(due - heard).isBetween(53 * SECOND, 55 * SECOND);
      waits.add(due - heard);
      agent.onTick(due - 1, random);
      assertThat(peer.received()).isEmpty();
      agent.onTick(due, random);
      assertThat(peer.received()).filteredOn(frame -> frame instanceof Frame.Ping).hasSize(1);
      peer.send(new Frame.Pong(due));
      heard = due + SECOND;
      due = agent.onTick(heard, random);
      assertThat(peer.received()).as("after the answer").isEmpty();
    }
    assertThat(waits).hasSizeGreaterThan(150);
  }

  @ParameterizedTest
  @DisplayName("a dead path is noticed within the interval, after three questions")
  @ValueSource(ints = {1, 2, 10, 25, 40, 60, 600})
  void silenceEndsAnAgentsSessionWithinTheInterval(int seconds) {
    RawPeer peer = RawPeer.of(Role.AGENT, SessionLimits.standard(Role.AGENT).withTerms(65_519, 256 << 10, 4 << 20,
        Duration.ofSeconds(seconds)));
    long due = peer.victim.session.onTick(START, random);
    for (int ping = 1; ping <= 3; ping++) {
      due = peer.victim.session.onTick(due, random);
      assertThat(peer.received()).as("ping %d", ping).hasSize(1);
      assertThat(peer.victim.session.closed()).as("after ping %d", ping).isFalse();
    }
    assertThat(due - START).isBetween(seconds * SECOND * 9 / 10, seconds * SECOND);
    peer.victim.session.onTick(due - 1, random);
    assertThat(peer.victim.session.closed()).isFalse();
    peer.victim.session.onTick(due, random);
    assertThat(peer.victim.closedBecause().reason()).isEqualTo(Reason.PEER_SILENT);
  }

  @Test
  void anAnswerToALaterPingBeginsAnotherQuietTime() {
    RawPeer peer = RawPeer.of(Role.AGENT);
    long due = peer.victim.session.onTick(START, random);
    due = peer.victim.session.onTick(due, random);
    due = peer.victim.session.onTick(due, random);
    peer.send(new Frame.Pong(1));
    peer.received();
    long heard = due - 1;
    due = peer.victim.session.onTick(heard, random);
    assertThat(peer.received()).isEmpty();
    assertThat(due - heard).isBetween(53 * SECOND, 55 * SECOND);
  }

  @Test
  void whateverIsHeardIsLifeAndSparesTheQuestion() {
    RawPeer peer = RawPeer.of(Role.AGENT);
    long now = START;
    peer.victim.session.onTick(now, random);
    for (int i = 0; i < 50; i++) {
      now += 50 * SECOND;
      peer.send(new Frame.Pad(5));
      peer.victim.session.onTick(now, random);
    }
    assertThat(peer.received()).isEmpty();
    assertThat(peer.victim.session.closed()).isFalse();
  }

  @Test
  @DisplayName("a machine that slept for most of an hour asks before it judges")
  void aTickThatComesMuchTooLateAsksFirst() {
    RawPeer peer = RawPeer.of(Role.AGENT);
    peer.victim.session.onTick(START, random);
    long woken = asleep(START, 3_000);
    long due = peer.victim.session.onTick(woken, random);
    assertThat(peer.received()).hasSize(1);
    assertThat(due - woken).isPositive();
    peer.send(new Frame.Pong(1));
    peer.victim.session.onTick(due, random);
    assertThat(peer.victim.session.closed()).isFalse();
  }

  private static long asleep(long since, int seconds) {
    return since + seconds * SECOND;
  }

  @Test
  void anotherPaceCountsFromTheNextQuietTimeOn() {
    RawPeer peer = RawPeer.of(Role.AGENT);
    Session agent = peer.victim.session;
    long due = agent.onTick(START, random);
    agent.keepalive(new KeepalivePace(Duration.ofSeconds(20), Duration.ofSeconds(5)));
    assertThat(agent.onTick(START + SECOND, random)).isEqualTo(due);
    peer.send(new Frame.Pad(1));
    assertThat(agent.onTick(START + 2 * SECOND, random) - START - 2 * SECOND).isBetween(14 * SECOND, 15 * SECOND);
  }

  @Test
  void aSlowWayHasMoreTimeForItsAnswersButNeverMoreThanHalfOfTheInterval() {
    Duration minute = Duration.ofMinutes(1);
    assertThat(new KeepalivePace(minute, Duration.ofSeconds(20)).quiet()).isEqualTo(Duration.ofSeconds(40));
    assertThat(new KeepalivePace(minute, Duration.ofSeconds(90)).quiet()).isEqualTo(Duration.ofSeconds(30));
    assertThatThrownBy(() -> new KeepalivePace(Duration.ZERO, minute)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new KeepalivePace(minute, Duration.ZERO)).isInstanceOf(IllegalArgumentException.class);
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
      assertThat(now - START).isLessThan(91 * SECOND);
    }
    assertThat(peer.victim.closedBecause().reason()).isEqualTo(Reason.PEER_SILENT);
    assertThat(now - START).isGreaterThan(74 * SECOND);
  }

  @Test
  void aServerBearsAnAgentWhosePingsComeAsLateAsTheyMay() {
    RawPeer peer = RawPeer.of(Role.SERVER);
    long now = START;
    peer.victim.session.onTick(now, random);
    for (int second = 1; second <= 3_600; second++) {
      now += SECOND;
      if (second % 74 == 0) {
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
