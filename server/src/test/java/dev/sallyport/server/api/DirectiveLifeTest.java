package dev.sallyport.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import dev.sallyport.protocol.channel.ServerMessage;
import dev.sallyport.protocol.json.JsonObject;
import dev.sallyport.protocol.operation.OperationId;
import dev.sallyport.protocol.operation.Outcome;
import dev.sallyport.protocol.operation.RunShell;
import dev.sallyport.testing.agent.Answer;
import dev.sallyport.testing.agent.OperationScript;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What becomes of a directive, from the order to the stored end, as an operator sees it. */
@Timeout(value = 5, unit = TimeUnit.MINUTES) // so that an answer that never comes is a failure
class DirectiveLifeTest {
  @TempDir
  static Path directory;
  private static ApiScene scene;

  @BeforeAll
  static void start() throws IOException {
    scene = ApiScene.open(directory);
  }

  @AfterAll
  static void stop() {
    scene.close();
  }

  @Test
  void waitsForAMachineThatIsAwayAndRunsWhenItComes() throws Exception {
    LiveMachine machine = away("waits");
    String id = scene.give(ApiScene.shell("echo here", machine));
    assertThat(scene.run(id).get("state").stringValue()).isEqualTo("queued");
    assertThat(scene.run(id).get("outcome").isNull()).isTrue();

    machine.connect(scene.server(), (_, _) -> Answer.printed("here\n"));
    JsonNode run = scene.awaitRun(id, "done");
    assertThat(run.get("exitCode").intValue()).isZero();
    assertThat(output(id, machine)).isEqualTo("here\n");
  }

  @Test
  void expiresWhenItsLifetimeIsOverAndIsNeverRunAfterThat() throws Exception {
    LiveMachine machine = away("late");
    String order = ApiScene.shell("echo late", machine);
    String id = scene.give(order.substring(0, order.length() - 1) + ",\"lifetimeSeconds\":60}");
    scene.server().clock.forward(Duration.ofSeconds(61));
    JsonNode run = scene.awaitRun(id, "expired");
    assertThat(run.get("reason").stringValue()).contains("lifetime");
    assertThat(run.get("started").isNull()).isTrue();

    var program = new HeldProgram(Answer.printed("late"));
    machine.connect(scene.server(), program);
    String later = scene.give(ApiScene.shell("echo now", machine));
    assertThat(program.awaitBegin().directive()).as("the first it is asked for is the later one").hasToString(later);
    program.letGo();
    scene.awaitRun(later, "done");
  }

  @Test
  void aQueuedRunIsCancelledAtOnce() throws Exception {
    LiveMachine machine = away("unwanted");
    String id = scene.give(ApiScene.shell("echo no", machine));
    JsonNode cancelled = scene.owner().post("/api/v1/directives/" + id + "/cancel", "").good(202);
    assertThat(cancelled.get("runs").get(0).get("state").stringValue()).isEqualTo("cancelled");
    assertThat(cancelled.get("runs").get(0).get("reason").stringValue()).isEqualTo("cancelled by olga");
    scene.owner().post("/api/v1/directives/" + id + "/cancel", "").good(202);
  }

  @Test
  void aRunningProgramIsCancelledByItsMachine() throws Exception {
    var program = new HeldProgram(Answer.without(Outcome.CANCELLED, "stopped"));
    LiveMachine machine = scene.enrol("busy", program);
    String id = scene.give(ApiScene.shell("sleep 1000", machine));
    OperationId operation = program.awaitBegin();
    JsonNode asked = scene.owner().post("/api/v1/directives/" + id + "/cancel", "").good(202);
    assertThat(asked.get("runs").get(0).get("state").stringValue()).as("only the machine knows when")
        .isEqualTo("running");

    ServerMessage heard = machine.agent().control().heard().take();
    while (!(heard instanceof ServerMessage.Cancel)) {
      heard = machine.agent().control().heard().take();
    }
    assertThat(heard).isEqualTo(new ServerMessage.Cancel(operation));
    program.letGo();
    assertThat(scene.awaitRun(id, "cancelled").get("outcome").stringValue()).isEqualTo("cancelled");
  }

  @Test
  void theMachineIsToldTheTimeAndTheOutputAProgramMayTake() throws Exception {
    var program = new HeldProgram(Answer.printed("x".repeat(30)));
    LiveMachine machine = scene.enrol("limited", program);
    String order = ApiScene.shell("yes", machine);
    String id = scene.give(order.substring(0, order.length() - 1) + ",\"timeLimitSeconds\":7,\"outputLimitBytes\":20}");
    program.awaitBegin();
    program.letGo();

    JsonNode run = scene.awaitRun(id, "done");
    RunShell asked = (RunShell) program.operations().getFirst();
    assertThat(asked.limits().time()).isEqualTo(Duration.ofSeconds(7));
    assertThat(asked.limits().outputBytes()).isEqualTo(20);
    assertThat(output(id, machine)).as("what it sends beyond that is dropped").hasSize(20);
    assertThat(run.get("truncated").booleanValue()).isTrue();
    assertThat(run.get("outputBytes").longValue()).isEqualTo(20);
  }

  @Test
  void everyWayToEndIsShownAsItIs() throws Exception {
    for (Outcome outcome : List.of(Outcome.FAILED, Outcome.REFUSED, Outcome.UNSUPPORTED, Outcome.EXPIRED,
        Outcome.UNKNOWN)) {
      LiveMachine machine = scene.enrol("ends-" + outcome.word(), (_, _) -> Answer.without(outcome, "because"));
      JsonNode run = scene.awaitRun(scene.give(ApiScene.shell("x", machine)), outcome.word());
      assertThat(run.get("outcome").stringValue()).isEqualTo(outcome.word());
      assertThat(run.get("reason").stringValue()).isEqualTo("because");
      assertThat(run.get("exitCode").isNull()).isTrue();
    }
  }

  @Test
  void manyMachinesByPatternEachRunOnce() throws Exception {
    var machines = new ArrayList<LiveMachine>();
    for (int i = 0; i < 5; i++) {
      machines.add(scene.enrol("herd-" + i, (_, _) -> Answer.printed("moo\n")));
    }
    machines.get(4).cut();
    ApiScene.await("one is away", () -> scene.view(machines.get(4)).get("state").stringValue().equals("offline"));
    String id = scene.give("{\"action\":\"shell\",\"parameters\":{\"command\":\"moo\"},\"name\":\"herd-*\"}");
    ApiScene.await("four have ended",
        () -> scene.directive(id).get("counts").toString().equals("{\"done\":4,\"queued\":1}"));
    assertThat(scene.directive(id).get("runs")).hasSize(5);
    scene.owner().post("/api/v1/directives/" + id + "/cancel", "").good(202);
    assertThat(scene.directive(id).get("counts")).hasToString("{\"cancelled\":1,\"done\":4}");
  }

  @Test
  void aSummaryIsComposedOfManyAnswers() throws Exception {
    var value = JsonObject.builder().put("name", "</script><script>alert(1)</script>").build();
    LiveMachine machine = scene.enrol("summary", (_, operation) -> operation.name().equals("host.disks")
        ? Answer.without(Outcome.UNSUPPORTED, "no disks here")
        : Answer.found(value));
    JsonNode run = scene.awaitRun(
        scene.give("{\"action\":\"machine-summary\",\"machines\":" + ApiScene.ids(machine) + "}"), "done");
    assertThat(run.get("value").get("host").get("name").stringValue()).isEqualTo("</script><script>alert(1)</script>");
    assertThat(run.get("value").get("unsupported")).hasToString("[\"disks\"]");
  }

  @Test
  @DisplayName("a server that is restarted in mid-run asks the machine again under the same operation, and takes its answer")
  void aRestartLosesNothing() throws Exception {
    try (ApiScene other = ApiScene.open(directory.resolve("restarted"))) {
      var program = new HeldProgram(Answer.printed("never told"));
      LiveMachine machine = other.enrol("steady", program);
      String running = other.give(ApiScene.shell("long", machine));
      OperationId before = program.awaitBegin();
      LiveMachine away = other.enrol("absent", OperationScript.none());
      away.cut();
      String queued = other.give(ApiScene.shell("later", away));

      other.restart();
      assertThat(other.run(running).get("state").stringValue()).isEqualTo("running");
      assertThat(other.run(queued).get("state").stringValue()).isIn("queued", "running");
      var again = new HeldProgram(Answer.printed("told after all\n"));
      machine.connect(other.server(), again);
      assertThat(again.awaitBegin()).isEqualTo(before);
      again.letGo();
      other.awaitRun(running, "done");
      assertThat(again.asked()).hasSize(1);
      assertThat(other.owner().get("/api/v1/directives/" + running + "/runs/" + machine.id() + "/output").body())
          .isEqualTo("told after all\n");
      program.letGo();
    }
  }

  private static LiveMachine away(String name) throws IOException, InterruptedException {
    LiveMachine machine = scene.enrol(name, OperationScript.none());
    machine.cut();
    ApiScene.await(name + " is offline", () -> scene.view(machine).get("state").stringValue().equals("offline"));
    return machine;
  }

  private static String output(String id, LiveMachine machine) throws IOException {
    return scene.owner().get("/api/v1/directives/" + id + "/runs/" + machine.id() + "/output").body();
  }
}
