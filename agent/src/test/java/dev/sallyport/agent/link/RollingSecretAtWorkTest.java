package dev.sallyport.agent.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.function.Consumer;

import dev.sallyport.agent.fake.Await;
import dev.sallyport.agent.fake.FakeLink;
import dev.sallyport.agent.fake.FakeServer;
import dev.sallyport.agent.fake.MemoryNetwork;
import dev.sallyport.agent.fake.TestAgent;
import dev.sallyport.session.handshake.Match;
import dev.sallyport.session.handshake.Status;
import dev.sallyport.transport.memory.Direction;
import dev.sallyport.transport.memory.Script;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every place where a handshake can be cut (B.6.4), with the agent's real files and the real state machines on both sides. */
@Timeout(240)
final class RollingSecretAtWorkTest {
  private static final int HELLO = 0;
  private static final int CONFIRM = 1;
  private static final int REPLY = 0;
  private static final int ROLLED = 1;

  private final FakeServer server = new FakeServer();
  private final MemoryNetwork network = new MemoryNetwork(server);
  private TestAgent agent = new TestAgent(network);

  @BeforeEach
  void enrolAndConnectOnce() throws Exception {
    agent.enrol(server.bundle(MemoryNetwork.ADDRESS));
    agent.start();
    server.awaitLink();
    Await.until("the secret has rolled", () -> agent.logged().contains("connected"));
    agent.stop();
    agent = agent.afterKill();
  }

  @AfterEach
  void stop() {
    agent.stop();
  }

  /** The row of the table, and whether the server has the agent's pending secret after it. */
  enum Cut {
    HELLO_LOST(false), REPLY_LOST(false), CONFIRM_LOST(false), SERVER_CRASHES_BEFORE_COMMIT(
        false), SERVER_CRASHES_AFTER_COMMIT(true), ROLLED_LOST(true);

    private final boolean committed;

    Cut(boolean committed) {
      this.committed = committed;
    }
  }

  private void happens(Cut cut) {
    switch (cut) {
      case HELLO_LOST -> network.accident(0, Script.cutBefore(Direction.TO_SECOND, HELLO));
      case REPLY_LOST -> network.accident(0, Script.cutBefore(Direction.TO_FIRST, REPLY));
      case CONFIRM_LOST -> network.accident(0, Script.cutBefore(Direction.TO_SECOND, CONFIRM));
      case SERVER_CRASHES_BEFORE_COMMIT -> server.losesConfirm(true);
      case SERVER_CRASHES_AFTER_COMMIT -> server.losesRolled(true);
      case ROLLED_LOST -> network.accident(0, Script.cutBefore(Direction.TO_FIRST, ROLLED));
    }
  }

  @ParameterizedTest
  @EnumSource(Cut.class)
  @DisplayName("K14 wherever a handshake is cut the next one succeeds in one round trip, at the server's newest secret")
  void theNextHandshakeSucceeds(Cut cut) throws Exception {
    int before = server.matches().size();
    int greeted = server.greetings();
    int dialled = network.dials();
    happens(cut);
    agent.start();
    Await.until("the cut handshake is over", () -> network.dials() > dialled + 1 && server.greetings() > greeted);
    server.losesConfirm(false);
    server.losesRolled(false);

    Await.until("it is connected", () -> agent.logged().contains("connected"));

    Match last = server.matches().getLast();
    assertThat(last.ownIndex()).as("the server met its newest secret").isZero();
    assertThat(last.proofIndex()).as("the agent's newest, or the second behind a pending one").isLessThanOrEqualTo(1);
    if (cut.committed) {
      assertThat(server.matches().get(before + 1).proofIndex()).as("the pending secret was committed").isZero();
    }
    assertThat(agent.logged()).doesNotContain("Resync");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15})
  @DisplayName("K14 a power failure at any step of storing attempt, candidate and secret locks nobody out")
  void aPowerFailureAtAnyStepLocksNobodyOut(int step) throws Exception {
    for (long seed = 0; seed < 6; seed++) {
      TestAgent broken = agent.afterKill();
      int failsAt = broken.disk().steps() + step;
      broken.disk().powerFailsAt(failsAt);
      broken.start();
      Await.until("the power failed", () -> broken.disk().steps() >= failsAt);
      broken.stop();

      agent = broken.afterPowerFailure(seed);
      agent.start();
      FakeLink link = server.awaitLink();
      while (link.over()) {
        link = server.awaitLink();
      }
      assertThat(server.matches().getLast().ownIndex()).as("step %d, seed %d", step, seed).isZero();
      assertThat(agent.logged()).doesNotContain("Resync");
      Await.until("the new link is up", () -> agent.logged().contains("connected"));
      agent.stop();
      agent = agent.afterKill();
    }
  }

  @Test
  @DisplayName("K14 a crash of the server between handshake and commit changes nothing")
  void aServerThatForgetsItsPendingHandshakes() throws Exception {
    for (int i = 0; i < 5; i++) {
      agent.start();
      FakeLink link = server.awaitLink();
      server.crash();
      link.cut();
      server.awaitLink();
      assertThat(server.matches().getLast().ownIndex()).isZero();
      agent.stop();
      agent = agent.afterKill();
    }
  }

  @Test
  @DisplayName("K14 a restored backup is let in, and both sides notice")
  void aRestoredBackupIsNoticed() throws Exception {
    TestAgent backup = agent.afterKill();
    for (int i = 0; i < 2; i++) {
      agent.start();
      server.awaitLink();
      Await.until("connected", () -> agent.logged().contains("connected"));
      agent.stop();
      agent = agent.afterKill();
    }
    backup.clock().skip(Duration.ofMinutes(1));

    agent = backup.start();
    server.awaitLink();

    assertThat(server.matches().getLast().ownIndex()).as("an older secret of the server's").isPositive();
  }

  @Test
  @DisplayName("a clock that went back by a year costs one round trip, not the link")
  void aClockThatWentBack() throws Exception {
    agent.clock().jump(Duration.ofDays(-365));

    connects();
  }

  @Test
  @DisplayName("a clock that is a year ahead, and then set right again, costs nothing")
  void aClockThatWasAhead() throws Exception {
    agent.clock().jump(Duration.ofDays(365));
    connects();
    agent.clock().jump(Duration.ofDays(-365));
    connects();
  }

  private void connects() throws Exception {
    agent.start();
    server.awaitLink();
    Await.until("connected", () -> agent.logged().contains("connected"));
    agent.stop();
    agent = agent.afterKill();
  }

  @Test
  void noSecretMuchLessAKeyIsEverLogged() throws Exception {
    server.refuse(Status.NO_COMMON_SECRET, Duration.ZERO);
    agent.start();
    Await.until("refused", () -> agent.logged().contains("shares no secret"));
    Consumer<String> plain = line -> assertThat(line).doesNotMatch(".*[A-Za-z0-9_-]{43}.*")
        .doesNotMatch(".*[0-9a-f]{64}.*");
    agent.logged().lines().forEach(plain);
  }
}
