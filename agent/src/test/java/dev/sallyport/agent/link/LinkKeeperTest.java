package dev.sallyport.agent.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import dev.sallyport.agent.fake.Await;
import dev.sallyport.agent.fake.FakeLink;
import dev.sallyport.agent.fake.FakeServer;
import dev.sallyport.agent.fake.Ids;
import dev.sallyport.agent.fake.MemoryNetwork;
import dev.sallyport.agent.fake.TestAgent;
import dev.sallyport.agent.state.StateRecord;
import dev.sallyport.protocol.Bytes;
import dev.sallyport.protocol.channel.AgentMessage;
import dev.sallyport.protocol.channel.AgentPolicy;
import dev.sallyport.protocol.frame.GoAwayCode;
import dev.sallyport.protocol.message.FailCode;
import dev.sallyport.protocol.operation.HostOperation;
import dev.sallyport.protocol.operation.Limits;
import dev.sallyport.protocol.operation.OperationId;
import dev.sallyport.protocol.operation.Outcome;
import dev.sallyport.protocol.operation.RunShell;
import dev.sallyport.session.handshake.ReplyFlag;
import dev.sallyport.session.handshake.Secret;
import dev.sallyport.session.handshake.Status;
import dev.sallyport.session.rolling.AgentSecretsCodec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A whole agent against a server in the same process. */
@EnabledOnOs(OS.LINUX)
@Timeout(240)
final class LinkKeeperTest {
  @TempDir
  private Path folder;
  private final FakeServer server = new FakeServer();
  private final MemoryNetwork network = new MemoryNetwork(server);
  private TestAgent agent = new TestAgent(network);

  @BeforeEach
  void enrol() throws Exception {
    agent.enrol(server.bundle(MemoryNetwork.ADDRESS));
  }

  @AfterEach
  void stop() {
    agent.stop();
  }

  private static RunShell shell(String command) {
    return new RunShell(command, Map.of(), "", Bytes.EMPTY, new Limits(Duration.ofMinutes(1), 4 << 20));
  }

  private FakeLink connect() throws Exception {
    agent.start();
    return server.awaitLink();
  }

  @Test
  void introducesItselfAndSaysWhatItHolds() throws Exception {
    FakeLink link = connect();

    assertThat(link.hear()).isInstanceOfSatisfying(AgentMessage.Describe.class, describe -> {
      assertThat(describe.hostname()).isNotBlank();
      assertThat(describe.operations()).extracting(operation -> operation.name()).contains("shell.run", "process.run",
          "host.properties");
    });
    assertThat(link.hearHeld()).isEmpty();
    Await.until("it says that it is connected",
        () -> agent.logged()
            .contains("connected to " + MemoryNetwork.ADDRESS + " by memory as " + server.agentIds().getFirst()));
  }

  @Test
  @DisplayName("K7 an order runs and its output and exit code come back")
  void anOrderRunsAndItsOutputComesBack() throws Exception {
    FakeLink.Answer answer = connect().order(Ids.next(), shell("echo out; echo err >&2; exit 3"));

    assertThat(answer.stdout()).isEqualTo("out\n");
    assertThat(answer.stderr()).isEqualTo("err\n");
    assertThat(answer.result().outcome()).isEqualTo(Outcome.FAILED);
    assertThat(answer.result().exitCode()).hasValue(3);
  }

  @Test
  void aLookAtTheMachineComesBackAsValues() throws Exception {
    FakeLink.Answer answer = connect().order(Ids.next(), new HostOperation.Properties());

    assertThat(answer.result().outcome()).isEqualTo(Outcome.DONE);
    assertThat(answer.result().value().string("kernel")).isNotBlank();
  }

  @Test
  @DisplayName("M5 two hundred orders at once: none lost, none mixed up, a slow one delays no other")
  void manyOrdersAtOnce() throws Exception {
    FakeLink link = connect();
    OperationId slow = Ids.next();
    CompletableFuture<FakeLink.Answer> slowAnswer = later(link, slow, "sleep 600 & sleep 600");
    var answers = new ArrayList<CompletableFuture<FakeLink.Answer>>();
    for (int i = 0; i < 200; i++) {
      answers.add(later(link, Ids.next(), "echo " + i + "; head -c 20000 /dev/zero | tr '\\0' x"));
    }
    for (int i = 0; i < answers.size(); i++) {
      FakeLink.Answer answer = answers.get(i).get(60, TimeUnit.SECONDS);
      assertThat(answer.stdout()).isEqualTo(i + "\n" + "x".repeat(20_000));
      assertThat(answer.result().outcome()).isEqualTo(Outcome.DONE);
    }
    assertThat(slowAnswer).isNotDone();

    link.cancel(slow);

    assertThat(slowAnswer.get(60, TimeUnit.SECONDS).result().outcome()).isEqualTo(Outcome.CANCELLED);
  }

  private static CompletableFuture<FakeLink.Answer> later(FakeLink link, OperationId id, String command) {
    var answer = new CompletableFuture<FakeLink.Answer>();
    Thread.ofVirtual().start(() -> {
      try {
        answer.complete(link.order(id, shell(command)));
      } catch (RuntimeException e) {
        answer.completeExceptionally(e);
      }
    });
    return answer;
  }

  @Test
  @DisplayName("an order lives on when its link breaks, and goes on where it stopped on the next")
  void anOrderOutlivesItsLink() throws Exception {
    FakeLink first = connect();
    OperationId id = Ids.next();
    Path gate = folder.resolve("gate");
    RunShell order = shell("echo one; while [ ! -e " + gate + " ]; do sleep 0.05; done; echo two");
    var stream = first.begin(id, order, 0, Instant.now().plusSeconds(600));
    assertThat(new String(Objects.requireNonNull(stream.read()), 1, 4, StandardCharsets.UTF_8)).isEqualTo("one\n");

    first.cut();
    FakeLink second = server.awaitLink();
    second.hear();
    assertThat(second.hearHeld()).containsExactly(id);
    Files.createFile(gate);
    FakeLink.Answer rest = second.order(id, order, 4, Instant.now().plusSeconds(600));

    assertThat(rest.stdout()).isEqualTo("two\n");
    assertThat(rest.result().outcome()).isEqualTo(Outcome.DONE);
  }

  @Test
  void aResultIsHeldUntilItIsSettledAndNotASecondLonger() throws Exception {
    FakeLink link = connect();
    OperationId id = Ids.next();
    link.order(id, shell("echo once"));
    link.cut();
    FakeLink second = server.awaitLink();
    second.hear();
    assertThat(second.hearHeld()).containsExactly(id);

    second.settle(id);
    second.order(Ids.next(), shell("true"));
    Await.until("the settled id is refused",
        () -> second.order(id, shell("echo once")).result().outcome() == Outcome.REFUSED);
  }

  @Test
  @DisplayName("a machine that waits for approval takes no orders")
  void anUnapprovedMachineTakesNoOrders() throws Exception {
    server.flags(Set.of(ReplyFlag.PENDING_APPROVAL));

    FakeLink.Answer answer = connect().order(Ids.next(), shell("echo never"));

    assertThat(answer.result().outcome()).isEqualTo(Outcome.REFUSED);
    assertThat(answer.stdout()).isEmpty();
    Await.until("it is told why", () -> agent.logged().contains("an operator must approve this machine"));
    Await.until("whoever asks the machine is told too",
        () -> contact().about().contains("waiting for an operator's approval"));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 7, 9})
  void aServerThatCannotSayAnEpochIsLeft(int epochBytes) throws Exception {
    server.epochBytes(epochBytes);
    agent.start();
    Await.until("the server is found wanting",
        () -> agent.logged().contains("expected an epoch of 8 bytes, found " + epochBytes));

    server.epochBytes(Long.BYTES);
    Await.until("it is asked again, and obeyed", () -> obeys(server.awaitLink()));
  }

  /** Whether an order goes through; it does not on a link that the agent has left. */
  private static boolean obeys(FakeLink link) {
    try {
      return link.order(Ids.next(), shell("true")).result().outcome() == Outcome.DONE;
    } catch (FakeLink.LinkLost _) {
      return false;
    }
  }

  @Test
  void ordersExpireByTheServersClockHoweverWrongTheMachinesIs() throws Exception {
    agent.clock().jump(Duration.ofDays(400));
    FakeLink link = connect();

    assertThat(link.order(Ids.next(), shell("true"), 0, Instant.now().plusSeconds(60)).result().outcome())
        .isEqualTo(Outcome.DONE);
    assertThat(link.order(Ids.next(), shell("true"), 0, Instant.now().minusSeconds(60)).result().outcome())
        .isEqualTo(Outcome.EXPIRED);
    assertThat(agent.logged()).contains("this machine's clock is 400 days ahead of the server's");
  }

  @Test
  void aRestoredMachineRefusesWhatWasOrderedBefore() throws Exception {
    OperationId before = Ids.madeAt(Instant.now().minusSeconds(30));
    server.flags(Set.of(ReplyFlag.ROLLBACK_SUSPECTED));
    FakeLink link = connect();
    server.flags(Set.of());

    assertThat(link.order(before, shell("true")).result().outcome()).isEqualTo(Outcome.REFUSED);
    assertThat(link.order(Ids.madeAt(Instant.now().plusSeconds(1)), shell("true")).result().outcome())
        .isEqualTo(Outcome.DONE);
  }

  @Test
  @DisplayName("new keys after a day: the session goes on and so do its orders")
  void rehandshakesAfterADay() throws Exception {
    server.keepalive(Duration.ofSeconds(2));
    FakeLink link = connect();
    link.order(Ids.next(), shell("true"));
    int before = server.matches().size();

    agent.clock().skip(Duration.ofHours(25));

    Await.until("the secret has rolled once more", () -> server.matches().size() > before);
    Instant later = Instant.now().plus(Duration.ofDays(2));
    assertThat(link.order(Ids.next(), shell("echo still here"), 0, later).stdout()).isEqualTo("still here\n");
    assertThat(link.over()).isFalse();
    agent.stop();
    agent = agent.afterKill();
    connect();
    assertThat(server.matches().getLast().ownIndex()).isZero();
  }

  @Test
  @DisplayName("a link that something cuts because it is quiet is less quiet when it is back")
  void learnsHowQuietALinkMayBe() throws Exception {
    server.keepalive(Duration.ofSeconds(60));
    FakeLink link = connect();
    link.order(Ids.next(), shell("true"));
    agent.clock().skip(Duration.ofSeconds(31));

    link.cut();

    server.awaitLink();
    Await.until("it says so", () -> agent.logged().contains("something on it forgets quiet connections"));
  }

  @Test
  void aServerThatSaysGoodByeTeachesNothingAboutTheWay() throws Exception {
    server.keepalive(Duration.ofSeconds(60));
    FakeLink link = connect();
    link.hear();
    agent.clock().skip(Duration.ofSeconds(31));

    link.goAway(GoAwayCode.SHUTDOWN, Duration.ZERO);

    server.awaitLink().order(Ids.next(), shell("true"));
    assertThat(agent.logged()).doesNotContain("forgets quiet connections");
  }

  @Test
  void anAgentIsBackWithinOneCheckInInterval() throws Exception {
    FakeLink link = connect();
    network.down(true);
    link.cut();
    int dialled = network.dials();
    Await.until("it has dialled many times", () -> network.dials() > dialled + 50);
    network.down(false);
    server.awaitLink();

    assertThat(agent.clock().pauses())
        .allSatisfy(pause -> assertThat(pause).isBetween(BackOff.LEAST, AgentPolicy.DEFAULT.checkIn()));
  }

  @Test
  @DisplayName("K2 the policy the server pushes counts at once and after a restart")
  void thePolicyCountsAtOnceAndAfterARestart() throws Exception {
    var policy = new AgentPolicy(Duration.ofSeconds(2), Duration.ofMillis(200), Duration.ofSeconds(5));
    FakeLink link = connect();
    link.policy(policy);
    Await.until("it is stored", () -> agent.disk().exists("policy"));
    agent.stop();
    agent = agent.afterKill();
    network.down(true);
    int pauses = agent.clock().pauses().size();

    agent.start();

    Await.until("it has tried often", () -> agent.clock().pauses().size() > pauses + 30);
    assertThat(agent.clock().pauses().subList(pauses, pauses + 30))
        .allSatisfy(pause -> assertThat(pause).isLessThanOrEqualTo(policy.checkIn()));
  }

  @Test
  void aServerThatGoesDownIsLeftAloneForAsLongAsItAsks() throws Exception {
    FakeLink link = connect();
    link.hear();

    link.goAway(GoAwayCode.SHUTDOWN, Duration.ofSeconds(17));

    server.awaitLink();
    assertThat(agent.clock().pauses().getLast()).isBetween(Duration.ofSeconds(17), Duration.ofSeconds(18));
    assertThat(agent.logged()).contains("the server is going down");
  }

  @Test
  @DisplayName("B.6 an agent whose attempts are stale time and again is back within its check-in interval all the same")
  void staleAttemptsKeepNobodyAway() throws Exception {
    server.refuse(Status.ATTEMPT_STALE, Duration.ZERO);
    agent.start();
    Await.until("it asked often", () -> agent.clock().pauses().size() >= 40);

    assertThat(agent.clock().pauses().subList(0, 40))
        .allSatisfy(pause -> assertThat(pause).isLessThanOrEqualTo(AgentPolicy.DEFAULT.checkIn()));
  }

  @Test
  void aDismissedAgentAsksOnceADay() throws Exception {
    server.refuse(Status.REVOKED, Duration.ZERO);
    agent.start();
    Await.until("it asked again", () -> agent.clock().pauses().size() >= 3);
    agent.stop();

    assertThat(agent.clock().pauses())
        .allSatisfy(pause -> assertThat(pause).isBetween(Duration.ofHours(21), Duration.ofHours(24)));
    assertThat(agent.logged()).contains("has dismissed this machine");
  }

  private List<Secret> secretsOnDisk() throws IOException {
    return AgentSecretsCodec.decode(new StateRecord(agent.disk(), "secrets", 1).read()).held();
  }

  @Test
  @DisplayName("B.9 a forged FAIL costs time at most, and never more than the policy's longest retry")
  void aForgedFailCostsTimeOnly() throws Exception {
    server.fail(FailCode.AUTH_FAILED, Duration.ofSeconds(65_535));
    List<Secret> secrets = secretsOnDisk();
    agent.start();
    Await.until("it asked again", () -> agent.clock().pauses().size() >= 5);
    assertThat(agent.clock().pauses())
        .allSatisfy(pause -> assertThat(pause).isLessThanOrEqualTo(AgentPolicy.DEFAULT.lastRetry()));
    assertThat(secretsOnDisk()).isEqualTo(secrets);

    server.accept();
    server.awaitLink();
  }

  @Test
  @DisplayName("T44 whoever owns the server's name or its certificate is still not the server")
  void anImpostorIsNotBelieved() throws Exception {
    var impostor = new FakeServer();
    var wrongNetwork = new MemoryNetwork(impostor);
    var astray = new TestAgent(agent.disk(), agent.journalDisk(), wrongNetwork, agent.clock(),
        dev.sallyport.agent.execute.Performer.of(TestAgent.primitives()));
    List<Secret> secrets = secretsOnDisk();
    astray.start();
    Await.until("it was told", () -> astray.logged().contains("enrol this machine again"));
    astray.stop();

    assertThat(impostor.machines()).isZero();
    assertThat(secretsOnDisk()).isEqualTo(secrets);
  }

  @Test
  void eachRefusalIsTold() throws Exception {
    FakeLink link = connect();
    server.refuse(Status.QUARANTINED, Duration.ZERO);
    link.cut();
    for (Status status : List.of(Status.NO_COMMON_SECRET, Status.QUARANTINED, Status.UPGRADE_REQUIRED,
        Status.OTHER_NODE, Status.CLOCK)) {
      server.refuse(status, Duration.ZERO);
      Await.until(status + " is told", () -> agent.logged().contains(Advice.of(status)));
    }
    server.fail(FailCode.BUSY, Duration.ZERO);
    Await.until("BUSY is told", () -> agent.logged().contains(Advice.of(FailCode.BUSY)));
    server.accept();
    server.awaitLink();
  }

  @Test
  @DisplayName("T32 an agent hears only what a server may say on the control stream, and survives the rest")
  void onlyKnownMessagesCount() throws Exception {
    FakeLink link = connect();
    link.cancel(Ids.next());
    link.settle(Ids.next());

    assertThat(link.order(Ids.next(), shell("echo fine")).stdout()).isEqualTo("fine\n");
  }

  @Test
  void aFullDiskKeepsTheAgentFromRollingItsSecretAndIsTold() throws Exception {
    agent.disk().room(100);
    agent.start();
    Await.until("it is told", () -> agent.logged().contains("cannot store the next secret"));

    agent.disk().room(1 << 20);

    server.awaitLink();
    assertThat(server.matches().getLast().ownIndex()).isZero();
  }

  @Test
  void statusKnowsWhetherThereIsALink() throws Exception {
    FakeLink link = connect();
    Await.until("connected is noted", () -> contact().connected());
    network.down(true);
    link.cut();
    Await.until("the loss is noted", () -> !contact().connected());
    assertThat(contact().about()).isNotBlank();
  }

  private ContactNote.Contact contact() {
    try {
      return ContactNote.read(agent.disk());
    } catch (java.io.IOException e) {
      throw new AssertionError(e);
    }
  }
}
