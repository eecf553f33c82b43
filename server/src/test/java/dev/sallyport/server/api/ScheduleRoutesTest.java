package dev.sallyport.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import dev.sallyport.server.access.Role;
import dev.sallyport.testing.agent.Answer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Schedules over HTTP. */
@Timeout(value = 5, unit = TimeUnit.MINUTES) // so that an answer that never comes is a failure
class ScheduleRoutesTest {
  private static final String ROUTE = "/api/v1/schedules";
  private static final String ORDER = "{\"action\":\"shell\",\"parameters\":{\"command\":\"uptime\"},\"name\":\"*\"}";

  private static final AtomicInteger NUMBER = new AtomicInteger();

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

  private static String body(String name, String more) {
    return "{\"name\":\"" + name + "\",\"cron\":\"0 3 * * *\",\"timeZone\":\"Europe/Berlin\",\"order\":" + ORDER + more
        + "}";
  }

  @Test
  @DisplayName("K19 a schedule is made, shown, fires across a restart, is changed and ended")
  void theLifeOfASchedule() throws Exception {
    try (ApiScene own = ApiScene.open(directory.resolve("life"))) {
      own.enrol("web-1", (_, _) -> Answer.printed("up\n"));
      Reply created = own.owner().post(ROUTE, body("nightly", ""));
      JsonNode made = created.good(201);
      String path = ROUTE + "/" + made.get("id").stringValue();
      assertThat(created.header("location")).isEqualTo(path);
      assertThat(made.get("state").stringValue()).isEqualTo("active");
      assertThat(made.get("runsAs").stringValue()).isEqualTo("olga");
      assertThat(made.get("next").stringValue()).isEqualTo("2026-11-23T02:00:00Z");
      assertThat(made.get("upcoming")).hasSize(5);
      assertThat(made.get("upcoming").get(4).stringValue()).isEqualTo("2026-11-27T02:00:00Z");
      assertThat(made.get("order").get("action").stringValue()).isEqualTo("shell");

      own.restart();
      own.server().clock.forward(Duration.ofHours(18));
      ApiScene.await("it has fired", () -> own.owner().get(path).good(200).get("history").size() == 1);
      JsonNode firing = own.owner().get(path).good(200).get("history").get(0);
      JsonNode directive = own.directive(firing.get("directive").stringValue());
      assertThat(directive.get("by").stringValue()).isEqualTo("olga");
      assertThat(firing.get("time").stringValue()).isEqualTo("2026-11-23T02:00:00Z");

      JsonNode changed = own.owner().request("PATCH", path, "{\"enabled\":false}", "Content-Type: application/json")
          .good(200);
      assertThat(changed.get("state").stringValue()).isEqualTo("disabled");
      assertThat(changed.get("next").isNull()).isTrue();
      String given = own.owner().post(path + "/run-now", "").good(201).get("directive").stringValue();
      assertThat(own.directive(given).get("action").stringValue()).isEqualTo("shell");
      assertThat(own.as(Role.VIEWER).get(ROUTE).good(200).get("schedules")).hasSize(1);
      assertThat(own.owner().request("DELETE", path, "").status()).isEqualTo(204);
      own.owner().get(path).refused(404, "not-found");
    }
  }

  @Test
  void timesAreToldBeforehand() throws Exception {
    JsonNode preview = scene.as(Role.VIEWER)
        .post(ROUTE + "/preview", "{\"cron\":\"0 9 * * MON\",\"timeZone\":\"UTC\"}").good(200);
    assertThat(preview.get("upcoming").get(0).stringValue()).isEqualTo("2026-11-23T09:00:00Z");
    assertThat(preview.get("upcoming")).hasSize(5);
    scene.owner().post(ROUTE + "/preview", "{\"cron\":\"nonsense\",\"timeZone\":\"UTC\"}").refusedField("cron");
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '#', value = {
      "{\"name\":\"\"} | name", "{\"cron\":\"* * * *\"} | cron", "{\"cron\":\"0 0 31 2 *\"} | cron",
      "{\"timeZone\":\"Moon\"} | timeZone", "{\"jitterSeconds\":-1} | jitterSeconds",
      "{\"jitterSeconds\":43201} | jitterSeconds", "{\"missed\":\"maybe\"} | missed", "{\"enabled\":1} | enabled",
      "{\"order\":{}} | order.action", "{\"order\":{\"action\":\"x\",\"name\":\"*\"}} | order.action",
      "{\"order\":{\"action\":\"shell\",\"name\":\"*\"}} | order.parameters.command", "{\"order\":1} | order",
      "{\"order\":{\"action\":\"shell\",\"parameters\":{\"command\":\"x\"}}} | order.machines",
      "{\"often\":1} | often"})
  void whatIsWrongIsNamed(String change, String field) throws Exception {
    String id = scene.owner().post(ROUTE, body("wrong-" + NUMBER.incrementAndGet(), "")).good(201).get("id")
        .stringValue();
    scene.owner().request("PATCH", ROUTE + "/" + id, change, "Content-Type: application/json").refusedField(field);
  }

  @Test
  void aScheduleNeedsItsFields() throws Exception {
    scene.owner().post(ROUTE, "{}").refusedField("name");
    scene.owner().post(ROUTE, "{\"name\":\"x\"}").refusedField("cron");
    scene.owner().post(ROUTE, "{\"name\":\"x\",\"cron\":\"@daily\"}").refusedField("timeZone");
    scene.owner().post(ROUTE, "{\"name\":\"x\",\"cron\":\"@daily\",\"timeZone\":\"UTC\"}").refusedField("order");
  }

  @Test
  @DisplayName("T23 the class of its action decides who may have a schedule")
  void theClassOfItsActionDecides() throws Exception {
    scene.as(Role.OPERATOR).post(ROUTE, body("operators", "")).refused(403, "forbidden");
    String id = scene.as(Role.TECHNICIAN).post(ROUTE, body("technicians", "")).good(201).get("id").stringValue();
    scene.as(Role.OPERATOR).request("DELETE", ROUTE + "/" + id, "").refused(403, "forbidden");
    scene.as(Role.OPERATOR).post(ROUTE + "/" + id + "/run-now", "").refused(403, "forbidden");
    scene.owner().post(ROUTE, body("Technicians", "")).refused(409, "name-taken");
  }
}
