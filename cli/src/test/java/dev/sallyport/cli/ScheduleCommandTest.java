package dev.sallyport.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ScheduleCommandTest {
  private static final String ID = "019aa0d0-0000-7000-8000-000000000001";
  private static final String PATH = "/api/v1/schedules/" + ID;
  private static final String LISTED = "{\"id\":\"" + ID + "\",\"name\":\"nightly\\u001b\",\"cron\":\"0 3 * * *\","
      + "\"timeZone\":\"UTC\",\"jitterSeconds\":60,\"missed\":\"skip\",\"enabled\":true,\"order\":{\"action\":\"shell\"},"
      + "\"state\":\"suspended\",\"reason\":\"the account anna may not act any more\",\"runsAs\":\"anna\","
      + "\"created\":\"2026-11-22T08:00:00Z\",\"next\":null";
  private static final String WHOLE = LISTED + ",\"upcoming\":[\"2026-11-23T03:00:00Z\"],\"history\":[{\"time\":"
      + "\"2026-11-22T03:00:00Z\",\"at\":\"2026-11-22T03:00:00Z\",\"directive\":null,\"note\":\"missed: …\"}]}";

  @TempDir
  Path home;

  @SuppressWarnings("NullAway.Init")
  private FakeApi api;
  @SuppressWarnings("NullAway.Init")
  private Map<String, String> environment;

  @BeforeEach
  void startServer() throws Exception {
    api = new FakeApi(home);
    environment = api.environment(home);
    api.json("GET /api/v1/schedules", 200, "{\"schedules\":[" + LISTED.replace("\\u001b", "") + "}]}");
    api.json("GET " + PATH, 200, WHOLE);
    api.json("PATCH " + PATH, 200, WHOLE);
  }

  @AfterEach
  void stopServer() {
    api.close();
  }

  private Call call(String... arguments) {
    return Call.with(environment, "", arguments);
  }

  private List<FakeApi.Call> calls(String method) {
    return api.calls().stream().filter(c -> c.method().equals(method)).toList();
  }

  @Test
  void aScheduleIsMadeOfItsTimesAndItsOrder() {
    api.json("POST /api/v1/schedules", 201, WHOLE);
    var made = call("schedule", "create", "--name", "nightly", "--cron", "0 3 * * *", "--zone", "Europe/Berlin", "--on",
        "web-*", "--jitter", "5m", "--missed", "run-once", "--concurrency", "2", "--wait", "1h", "--", "df", "-h");
    assertThat(made.exit()).isZero();
    assertThat(made.out()).contains("nightly", "2026-11-23T03:00:00Z");
    assertThat(calls("POST")).singleElement().satisfies(c -> assertThat(c.body()).isEqualTo(
        "{\"name\":\"nightly\",\"cron\":\"0 3 * * *\",\"timeZone\":\"Europe/Berlin\",\"jitterSeconds\":300,"
            + "\"missed\":\"run-once\",\"enabled\":true,\"order\":{\"action\":\"exec\",\"parameters\":{\"argv\":[\"df\",\"-h\"]},"
            + "\"batch\":{\"concurrency\":2},\"lifetimeSeconds\":3600,\"name\":\"web-*\"}}"));
  }

  @Test
  void aMachineMayBeNamedByItsId() {
    String machine = "bbbbbbbb-0000-7000-8000-000000000002";
    api.json("GET /api/v1/machines/" + machine, 200,
        "{\"id\":\"" + machine + "\",\"name\":\"x\",\"state\":\"online\"}");
    api.json("POST /api/v1/schedules", 201, WHOLE);
    assertThat(
        call("schedule", "create", "--name", "n", "--cron", "@daily", "--on", "id:" + machine, "--", "id").exit())
        .isZero();
    assertThat(calls("POST").getFirst().body()).contains("\"machines\":[\"" + machine + "\"]");
  }

  @Test
  void theListTellsHowEachStandsAndWhy() {
    var list = call("schedule", "list");
    assertThat(list.exit()).isZero();
    assertThat(list.out()).contains("nightly", "0 3 * * *", "suspended: the account anna", "anna");
    assertThat(call("schedule", "list", "--json").out()).startsWith("{\"schedules\":[{\"id\":\"" + ID);
  }

  @Test
  void aScheduleIsFoundByNameOrId() {
    var shown = call("schedule", "show", "NIGHTLY");
    assertThat(shown.out()).contains("nightly\ufffd", "runs as anna", "put off by up to 60 s", "2026-11-23T03:00:00Z",
        "missed").doesNotContain("\u001b");
    assertThat(call("schedule", "show", ID, "--json").out().strip()).startsWith("{\"id\":\"" + ID);
    var missing = call("schedule", "show", "nope");
    assertThat(missing.exit()).isEqualTo(ExitCode.USAGE);
    assertThat(missing.err()).contains("there is no schedule 'nope'");
  }

  @Test
  void itIsEnabledAndDisabled() {
    assertThat(call("schedule", "disable", "nightly").exit()).isZero();
    assertThat(call("schedule", "enable", "nightly").exit()).isZero();
    assertThat(calls("PATCH")).extracting(FakeApi.Call::body).containsExactly("{\"enabled\":false}",
        "{\"enabled\":true}");
  }

  @Test
  void itsOrderIsGivenNowUnderAKey() {
    api.json("POST " + PATH + "/run-now", 201, "{\"directive\":\"" + ID + "\"}");
    assertThat(call("schedule", "run", "nightly").out().strip()).isEqualTo(ID);
    assertThat(calls("POST").getFirst().key()).isNotEmpty();
  }

  @Test
  void deletingIsAskedForUnlessItIsSaid() {
    api.json("DELETE " + PATH, 204, "");
    assertThat(call("schedule", "delete", "nightly").err()).contains("--yes");
    assertThat(calls("DELETE")).isEmpty();
    assertThat(call("schedule", "delete", "nightly", "--yes").exit()).isZero();
    assertThat(calls("DELETE")).hasSize(1);
  }
}
