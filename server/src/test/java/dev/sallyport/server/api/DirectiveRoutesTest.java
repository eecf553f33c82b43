package dev.sallyport.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

import dev.sallyport.server.access.ActionClass;
import dev.sallyport.server.access.Role;
import dev.sallyport.testing.agent.Answer;
import dev.sallyport.testing.agent.OperationScript;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** What may be asked, what is refused and how, and what lists show; what becomes of a directive is told elsewhere. */
class DirectiveRoutesTest {
  private static final String ROUTE = "/api/v1/directives";
  private static final String NOBODY = "00000000-0000-7000-8000-000000000000";

  @TempDir
  static Path directory;
  private static ApiScene scene;
  private static LiveMachine web;
  private static LiveMachine away;

  @BeforeAll
  static void start() throws Exception {
    scene = ApiScene.open(directory);
    web = scene.enrol("web-1", (id, operation) -> Answer.printed("hello\n"));
    away = scene.enrol("away-1", OperationScript.none());
    away.cut();
    ApiScene.await("away-1 is offline", () -> scene.view(away).get("state").stringValue().equals("offline"));
  }

  @AfterAll
  static void stop() {
    scene.close();
  }

  @Test
  void anOrderIsAnsweredWithWhatWasStored() throws Exception {
    Instant now = scene.server().clock.instant();
    JsonNode given = scene.owner()
        .post(ROUTE, "{\"action\":\"shell\",\"parameters\":{\"command\":\"echo hello\"},\"machines\":"
            + ApiScene.ids(web) + ",\"lifetimeSeconds\":60,\"timeLimitSeconds\":5,\"outputLimitBytes\":1000}")
        .good(201);
    assertThat(given.get("action").stringValue()).isEqualTo("shell");
    assertThat(given.get("parameters")).hasToString("{\"command\":\"echo hello\"}");
    assertThat(given.get("by").stringValue()).isEqualTo("olga");
    assertThat(given.get("created").stringValue()).isEqualTo(now.toString());
    assertThat(given.get("expires").stringValue()).isEqualTo(now.plusSeconds(60).toString());
    assertThat(given.get("timeLimitSeconds").longValue()).isEqualTo(5);
    assertThat(given.get("outputLimitBytes").longValue()).isEqualTo(1000);

    String id = given.get("id").stringValue();
    JsonNode run = scene.awaitRun(id, "done");
    assertThat(run.get("machine").stringValue()).isEqualTo(web.id());
    assertThat(run.get("name").stringValue()).isEqualTo("web-1");
    assertThat(run.get("outcome").stringValue()).isEqualTo("done");
    assertThat(run.get("exitCode").intValue()).isZero();
    assertThat(run.get("outputBytes").longValue()).isEqualTo(6);
    assertThat(run.get("truncated").booleanValue()).isFalse();
    assertThat(scene.directive(id).get("counts")).hasToString("{\"done\":1}");
  }

  @Test
  void whatIsNotSaidHasDefaults() throws Exception {
    JsonNode given = scene.directive(scene.give(ApiScene.shell("true", web)));
    Instant created = Instant.parse(given.get("created").stringValue());
    assertThat(Instant.parse(given.get("expires").stringValue())).isEqualTo(created.plus(Duration.ofHours(24)));
    assertThat(given.get("timeLimitSeconds").longValue()).isEqualTo(Duration.ofHours(1).toSeconds());
    assertThat(given.get("outputLimitBytes").longValue()).isEqualTo(10L << 20);
  }

  @ParameterizedTest(name = "{0} names {1}")
  @CsvSource(delimiter = '|', value = {
      "{} | action",
      "{\"action\":1} | action",
      "{\"action\":\"\"} | action",
      "{\"action\":\"Shell\"} | action",
      "{\"action\":\"getClass\"} | action",
      "{\"action\":\"shell\",\"command\":\"id\"} | command",
      "{\"action\":\"shell\",\"parameters\":[]} | parameters",
      "{\"action\":\"shell\"} | parameters.command",
      "{\"action\":\"shell\",\"parameters\":{}} | parameters.command",
      "{\"action\":\"shell\",\"parameters\":{\"command\":\"\"}} | parameters.command",
      "{\"action\":\"shell\",\"parameters\":{\"command\":[\"id\"]}} | parameters.command",
      "{\"action\":\"shell\",\"parameters\":{\"command\":\"a\\u0000b\"}} | parameters.command",
      "{\"action\":\"shell\",\"parameters\":{\"command\":\"id\",\"cmd\":1}} | parameters.cmd",
      "{\"action\":\"shell\",\"parameters\":{\"command\":\"id\",\"environment\":{\"A\":1}}} | parameters.environment.A",
      "{\"action\":\"shell\",\"parameters\":{\"command\":\"id\",\"environment\":{\"A=B\":\"1\"}}} | parameters.environment",
      "{\"action\":\"exec\",\"parameters\":{\"argv\":\"id\"}} | parameters.argv",
      "{\"action\":\"exec\",\"parameters\":{\"argv\":[]}} | parameters.argv",
      "{\"action\":\"exec\",\"parameters\":{\"argv\":[\"\"]}} | parameters.argv",
      "{\"action\":\"exec\",\"parameters\":{\"argv\":[\"id\",1]}} | parameters.argv[1]",
      "{\"action\":\"exec\",\"parameters\":{\"argv\":[\"id\",\"a\\u0000\"]}} | parameters.argv[1]",
      "{\"action\":\"machine-summary\",\"parameters\":{\"x\":1}} | parameters.x"})
  void aWrongActionOrParameterIsNamedWithWhatToDo(String body, String field) throws Exception {
    String order = body.contains("\"action\":\"")
        ? body.substring(0, body.length() - 1) + ",\"machines\":" + ApiScene.ids(web) + "}"
        : body.equals("{}") ? "{\"machines\":" + ApiScene.ids(web) + "}" : body.replace("}", ",\"name\":\"*\"}");
    scene.owner().post(ROUTE, order).refusedField(field);
  }

  @ParameterizedTest(name = "{0} names {1}")
  @CsvSource(delimiter = '|', value = {
      "\"x\":1 | machines",
      "\"machines\":[] | machines",
      "\"machines\":\"*\" | machines",
      "\"machines\":[1] | machines[0]",
      "\"machines\":[\"web-1\"] | machines[0]",
      "\"machines\":[\"../web-1\"] | machines[0]",
      "\"machines\":[\"" + NOBODY + "\"] | machines[0]",
      "\"machines\":[\"" + NOBODY + "\"],\"name\":\"*\" | machines",
      "\"name\":\"no-such-*\" | name",
      "\"name\":\"\" | name",
      "\"name\":[] | name",
      "\"name\":\"web-1\",\"lifetimeSeconds\":0 | lifetimeSeconds",
      "\"name\":\"web-1\",\"lifetimeSeconds\":2592001 | lifetimeSeconds",
      "\"name\":\"web-1\",\"lifetimeSeconds\":\"60\" | lifetimeSeconds",
      "\"name\":\"web-1\",\"timeLimitSeconds\":0 | timeLimitSeconds",
      "\"name\":\"web-1\",\"timeLimitSeconds\":86401 | timeLimitSeconds",
      "\"name\":\"web-1\",\"outputLimitBytes\":-1 | outputLimitBytes",
      "\"name\":\"web-1\",\"outputLimitBytes\":67108865 | outputLimitBytes",
      "\"name\":\"web-1\",\"timeout\":5 | timeout"})
  void aWrongTargetOrLimitIsNamedWithWhatToDo(String fields, String field) throws Exception {
    String known = fields.replace("\"x\":1", "").isEmpty() ? "" : "," + fields;
    scene.owner().post(ROUTE, "{\"action\":\"machine-summary\"" + known + "}").refusedField(field);
  }

  @Test
  void oneMachineThatIsNotThereLeavesNothingHalfDone() throws Exception {
    String before = newest();
    scene.owner().post(ROUTE, "{\"action\":\"machine-summary\",\"machines\":[\"" + web.id() + "\",\"" + NOBODY + "\"]}")
        .refusedField("machines[1]");
    assertThat(newest()).as("nothing was stored").isEqualTo(before);
  }

  private static String newest() throws IOException {
    return scene.owner().get(ROUTE + "?limit=1").good(200).get("directives").path(0).path("id").stringValue("none");
  }

  @Test
  void aMachineNamedTwiceRunsOnce() throws Exception {
    String id = scene.give("{\"action\":\"machine-summary\",\"machines\":" + ApiScene.ids(web, web) + "}");
    assertThat(scene.directive(id).get("runs")).hasSize(1);
  }

  @Test
  void aBodyThatIsTooLargeIsRefused() throws Exception {
    scene.owner().post(ROUTE, ApiScene.shell("x".repeat(1 << 20), web)).refused(413, "body-too-large");
    scene.owner().post(ROUTE, ApiScene.shell("x".repeat((128 << 10) + 1), web)).refusedField("parameters.command");
  }

  @ParameterizedTest
  @MethodSource("dev.sallyport.server.access.Role#builtIn")
  @DisplayName("T23 the class of the action decides who may give a directive and who may cancel it")
  void theActionDecidesWhoMay(Role role) throws Exception {
    boolean mayRun = role.may(ActionClass.EXEC);
    Reply shell = scene.as(role).post(ROUTE, ApiScene.shell("true", away));
    Reply cancel = scene.as(role).post(ROUTE + "/" + scene.give(ApiScene.shell("true", away)) + "/cancel", "");
    if (mayRun) {
      shell.good(201);
      cancel.good(202);
    } else {
      assertThat(shell.refused(403, "forbidden").body()).contains(role.word(), "exec");
      cancel.refused(403, "forbidden");
    }
    scene.as(role).post(ROUTE, "{\"action\":\"machine-summary\",\"machines\":" + ApiScene.ids(away) + "}").good(201);
  }

  @Test
  void aRefusalByTheGateSaysNothingOfTheMachines() throws Exception {
    scene.as(Role.VIEWER)
        .post(ROUTE, "{\"action\":\"shell\",\"parameters\":{\"command\":\"id\"},\"machines\":[\"" + NOBODY + "\"]}")
        .refused(403, "forbidden");
  }

  @Test
  void listsAreNewestFirstAndGoOnFromTheLast() throws Exception {
    String older = scene.give(ApiScene.shell("true", away));
    String newer = scene.give(ApiScene.shell("true", away));
    JsonNode first = scene.owner().get(ROUTE + "?limit=1&machine=" + away.id()).good(200).get("directives");
    assertThat(first).hasSize(1);
    assertThat(first.get(0).get("id").stringValue()).isEqualTo(newer);
    assertThat(first.get(0).get("counts")).hasToString("{\"queued\":1}");
    assertThat(first.get(0).has("runs")).as("lists leave the runs out").isFalse();
    JsonNode second = scene.owner().get(ROUTE + "?limit=1&before=" + newer).good(200).get("directives");
    assertThat(second.get(0).get("id").stringValue()).isEqualTo(older);
    assertThat(scene.owner().get(ROUTE + "?machine=" + NOBODY).good(200).get("directives")).isEmpty();
  }

  @ParameterizedTest(name = "{0} names {1}")
  @CsvSource({"limit=0, limit", "limit=501, limit", "limit=x, limit", "before=x, before", "machine=web-1, machine",
      "before=..%2f, before"})
  void aWrongParameterOfAListIsNamedWithWhatToDo(String query, String field) throws Exception {
    scene.owner().get(ROUTE + "?" + query).refusedField(field);
  }

  @ParameterizedTest
  @DisplayName("T14 nothing but a directive's own id finds one")
  @ValueSource(strings = {NOBODY, "x", "%2e%2e", "00000000-0000-7000-8000-00000000000g"})
  void anIdThatIsNoneFindsNothing(String id) throws Exception {
    scene.owner().get(ROUTE + "/" + id).refused(404, "not-found");
    scene.owner().post(ROUTE + "/" + id + "/cancel", "").refused(404, "not-found");
    scene.owner().get(ROUTE + "/" + id + "/events").refused(404, "not-found");
    scene.owner().get(ROUTE + "/" + id + "/runs/" + web.id() + "/output").refused(404, "not-found");
  }
}
