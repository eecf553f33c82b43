package dev.sallyport.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import dev.sallyport.server.access.Role;
import dev.sallyport.testing.agent.Answer;
import dev.sallyport.testing.agent.OperationScript;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Work that waits, over HTTP: seen, taken back, repeated under a key, or told not to wait. */
@Timeout(value = 5, unit = TimeUnit.MINUTES) // so that an answer that never comes is a failure
class QueueRoutesTest {
  private static final String ROUTE = "/api/v1/directives";

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
  @DisplayName("K19 what waits survives a restart of the server and of the agent")
  void theQueueSurvivesRestarts() throws Exception {
    LiveMachine machine = away("sleeper");
    String first = scene.give(ApiScene.shell("one", machine));
    String second = scene.give(ApiScene.shell("two", machine));
    scene.restart();
    assertThat(queue(machine)).containsExactly(first + " queued machine", second + " queued machine");

    var program = new HeldProgram(Answer.printed("never told"));
    machine.connect(scene.server(), program);
    program.awaitBegin();
    machine.cut();
    ApiScene.await("it is offline", () -> scene.view(machine).get("state").stringValue().equals("offline"));
    assertThat(queue(machine)).as("whatever was handed over may have begun").hasSize(2);
    machine.connect(scene.server(), (_, _) -> Answer.printed("done\n"));
    scene.awaitRun(first, "done");
    scene.awaitRun(second, "done");
    assertThat(queue(machine)).isEmpty();
    program.letGo();
  }

  @Test
  void aMachinesQueueIsClearedAndOneRunIsCancelled() throws Exception {
    LiveMachine machine = away("cleared");
    LiveMachine other = away("other");
    String id = scene.give(ApiScene.shell("x", machine, other));
    JsonNode run = scene.owner().post(ROUTE + "/" + id + "/runs/" + other.id() + "/cancel", "").good(202);
    assertThat(run.get("state").stringValue()).isEqualTo("cancelled");
    assertThat(run.get("machine").stringValue()).isEqualTo(other.id());

    String clear = "/api/v1/machines/" + machine.id() + "/queue/cancel";
    assertThat(scene.as(Role.OPERATOR).post(clear, "").good(200)).hasToString("{\"cancelled\":0,\"kept\":1}");
    assertThat(scene.as(Role.TECHNICIAN).post(clear, "").good(200)).hasToString("{\"cancelled\":1,\"kept\":0}");
    assertThat(scene.directive(id).get("counts")).hasToString("{\"cancelled\":2}");
    scene.as(Role.OPERATOR).post(ROUTE + "/" + id + "/runs/" + other.id() + "/cancel", "").refused(403, "forbidden");
  }

  @Test
  void theWholeQueueIsListedInPages() throws Exception {
    LiveMachine machine = away("paged");
    scene.give(ApiScene.shell("x", machine));
    scene.give(ApiScene.shell("y", machine));
    var seen = new ArrayList<String>();
    String after = "";
    do {
      JsonNode page = scene.as(Role.VIEWER).get("/api/v1/queue?limit=1&after=" + after).good(200);
      page.get("runs").forEach(run -> seen.add(run.get("machine").stringValue()));
      after = page.get("next").isNull() ? "" : page.get("next").stringValue();
    } while (!after.isEmpty());
    assertThat(seen.stream().filter(machine.id()::equals)).hasSize(2);
  }

  @Test
  void whatIsNotThereHasNoQueue() throws Exception {
    String nobody = "00000000-0000-7000-8000-000000000000";
    scene.owner().get("/api/v1/machines/" + nobody + "/queue").refused(404, "not-found");
    scene.owner().post("/api/v1/machines/" + nobody + "/queue/cancel", "").refused(404, "not-found");
    String id = scene.give(ApiScene.shell("x", away("lonely")));
    for (String machine : List.of(nobody, "x", "..%2f..")) {
      scene.owner().post(ROUTE + "/" + id + "/runs/" + machine + "/cancel", "").refused(404, "not-found");
    }
    scene.owner().get("/api/v1/queue?limit=0").refusedField("limit");
    scene.owner().get("/api/v1/queue?limit=501").refusedField("limit");
    scene.owner().get("/api/v1/queue?after=nonsense").refusedField("after");
  }

  @Test
  void anOrderThatDoesNotWaitIsAnsweredAtOnceWithItsEnd() throws Exception {
    LiveMachine machine = away("impatient");
    String order = with(ApiScene.shell("x", machine), "\"queue\":false");
    JsonNode answer = scene.owner().post(ROUTE, order, "Prefer: wait=20").good(201);
    JsonNode run = answer.get("runs").get(0);
    assertThat(run.get("state").stringValue()).isEqualTo("expired");
    assertThat(run.get("reason").stringValue()).contains("away");
    assertThat(queue(machine)).isEmpty();
  }

  @Test
  void anOrderThatDoesNotWaitHasNoLifetime() throws Exception {
    LiveMachine machine = away("confused");
    scene.owner().post(ROUTE, with(ApiScene.shell("x", machine), "\"queue\":false,\"lifetimeSeconds\":60"))
        .refusedField("lifetimeSeconds");
    scene.owner().post(ROUTE, with(ApiScene.shell("x", machine), "\"queue\":\"no\"")).refusedField("queue");
  }

  @Test
  @DisplayName("M4 a batch goes over its machines bit by bit, and shows how")
  void aBatchGoesBitByBit() throws Exception {
    var first = new HeldProgram(Answer.printed("one\n"));
    var second = new HeldProgram(Answer.printed("two\n"));
    LiveMachine one = scene.enrol("batch-a", first);
    LiveMachine two = scene.enrol("batch-b", second);
    String id = scene.give(with(ApiScene.shell("x", two, one),
        "\"batch\":{\"concurrency\":1,\"stopAfterFailures\":1,\"order\":\"name\"}"));
    first.awaitBegin();
    assertThat(scene.directive(id).get("batch"))
        .hasToString("{\"concurrency\":1,\"stopAfterFailures\":1,\"order\":\"name\"}");
    assertThat(scene.directive(id).get("counts")).hasToString("{\"queued\":1,\"running\":1}");
    assertThat(queue(two)).containsExactly(id + " queued batch");
    first.letGo();
    second.awaitBegin();
    second.letGo();
    ApiScene.await("both have ended", () -> scene.directive(id).get("counts").toString().equals("{\"done\":2}"));
    assertThat(scene.directive(scene.give(ApiScene.shell("x", one))).has("batch")).isFalse();
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {"{\"concurrency\":0} | batch.concurrency",
      "{\"concurrency\":20001} | batch.concurrency", "{\"concurrency\":\"2\"} | batch.concurrency",
      "{\"stopAfterFailures\":-1} | batch.stopAfterFailures", "{\"order\":\"random\"} | batch.order",
      "{\"pace\":1} | batch.pace",
      "{\"window\":{\"from\":\"1:00\",\"to\":\"02:00\",\"timeZone\":\"UTC\"}} | batch.window.from",
      "{\"window\":{\"from\":\"01:00\",\"to\":\"02:00\",\"timeZone\":\"X\"}} | batch.window.timeZone",
      "{\"window\":{\"from\":\"01:00\",\"to\":\"02:00\"}} | batch.window.timeZone", "[] | batch", "1 | batch"})
  void aBatchThatIsNoneIsRefusedByItsField(String batch, String field) throws Exception {
    LiveMachine machine = away("unbatched");
    scene.owner().post(ROUTE, with(ApiScene.shell("x", machine), "\"batch\":" + batch)).refusedField(field);
  }

  @Test
  void aBatchWaitsForItsMachines() throws Exception {
    LiveMachine machine = away("both");
    scene.owner().post(ROUTE, with(ApiScene.shell("x", machine), "\"queue\":false,\"batch\":{\"concurrency\":1}"))
        .refusedField("queue");
  }

  @Test
  @DisplayName("an order that is repeated under its Idempotency-Key gives one directive, however its JSON is written")
  void aRepeatedOrderIsOneDirective() throws Exception {
    LiveMachine machine = scene.enrol("once", (_, _) -> Answer.printed("hi\n"));
    String key = "Idempotency-Key: \"8e03978e-40d5-43dd-bc93-6894a57f9324\"";
    String order = ApiScene.shell("echo hi", machine);
    Reply first = new Reply(scene.server().post(ROUTE, order, scene.owner().headers().getFirst(), key));
    String id = first.good(201).get("id").stringValue();
    scene.awaitRun(id, "done");
    String turned = "{\"machines\":" + ApiScene.ids(machine)
        + ", \"parameters\": {\"command\":\"echo hi\"}, \"action\":\"shell\"}";
    JsonNode again = scene.owner().post(ROUTE, turned, key, "Prefer: wait=20").good(201);
    assertThat(again.get("id").stringValue()).isEqualTo(id);
    assertThat(again.get("output").get(0).get("text").stringValue()).as("what has ended is told at once")
        .isEqualTo("hi\n");
    scene.owner().post(ROUTE, ApiScene.shell("echo ho", machine), key).refused(422, "key-reused");
    assertThat(scene.owner().post(ROUTE, order, "Idempotency-Key: other").good(201).get("id").stringValue())
        .isNotEqualTo(id);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"\"", "with blank", "\"a\"b\"", "back\\slash", "\""})
  void aKeyThatIsNoneIsRefused(String key) throws Exception {
    LiveMachine machine = away("keyless");
    scene.owner().post(ROUTE, ApiScene.shell("x", machine), "Idempotency-Key: " + key)
        .refusedField("Idempotency-Key");
  }

  @Test
  void aKeyThatIsTooLongIsRefused() throws Exception {
    LiveMachine machine = away("wordy");
    scene.owner().post(ROUTE, ApiScene.shell("x", machine), "Idempotency-Key: " + "k".repeat(256))
        .refusedField("Idempotency-Key");
    scene.owner().post(ROUTE, ApiScene.shell("x", machine), "Idempotency-Key: " + "k".repeat(255)).good(201);
  }

  private static String with(String order, String more) {
    return order.substring(0, order.length() - 1) + "," + more + "}";
  }

  private static List<String> queue(LiveMachine machine) throws IOException {
    var runs = new ArrayList<String>();
    scene.owner().get("/api/v1/machines/" + machine.id() + "/queue").good(200).get("runs")
        .forEach(run -> runs.add(run.get("directive").stringValue() + " " + run.get("state").stringValue() + " "
            + run.path("waitsFor").stringValue("")));
    return runs;
  }

  private static LiveMachine away(String name) throws IOException, InterruptedException {
    LiveMachine machine = scene.enrol(name, OperationScript.none());
    machine.cut();
    ApiScene.await(name + " is offline", () -> scene.view(machine).get("state").stringValue().equals("offline"));
    return machine;
  }
}
