package dev.sallyport.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class MachinesCommandTest {
  private static final String ONE = "aaaaaaaa-0000-7000-8000-000000000001";
  private static final String TWO = "aaaaaaaa-1000-7000-8000-000000000002";
  private static final String RUN = "{\"directive\":\"019aa0d0-0000-7000-8000-000000000001\",\"machine\":\"" + ONE
      + "\",\"name\":\"web\\u001b[2J\",\"action\":\"shell\",\"by\":\"olga\",\"created\":\"2026-11-22T08:00:00Z\","
      + "\"expires\":\"2026-11-23T08:00:00Z\",\"state\":\"queued\",\"started\":null,\"waitsFor\":\"machine\"}";

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
  }

  @AfterEach
  void stopServer() {
    api.close();
  }

  private static String machine(String id, String name, String state) {
    return "{\"id\":\"" + id + "\",\"name\":\"" + name + "\",\"state\":\"" + state + "\"}";
  }

  private void machines(String... machines) {
    api.json("GET /api/v1/machines", 200, "{\"machines\":[" + String.join(",", machines) + "],\"next\":null}");
  }

  private List<String> posts() {
    return api.calls().stream().filter(c -> c.method().equals("POST")).map(FakeApi.Call::path).toList();
  }

  @Test
  void theTableShowsAsMuchOfAnIdAsTellsMachinesApart() {
    machines(machine(ONE, "web-1", "online"), machine("bbbbbbbb-1000-7000-8000-000000000002", "web-2", "online"));
    assertThat(Call.with(environment, "", "machines").out()).containsPattern("aaaaaaaa\\R")
        .containsPattern("bbbbbbbb\\R");
    machines(machine(ONE, "web-1", "online"), machine(TWO, "web-1", "online"));
    assertThat(Call.with(environment, "", "machines").out()).containsPattern("aaaaaaaa-0\\R")
        .containsPattern("aaaaaaaa-1\\R");
    assertThat(Call.with(environment, "", "machines", "--json").out()).contains(ONE, TWO);
  }

  @Test
  void approvingLetsTheMachineIn() {
    machines(machine(ONE, "web-1", "pending"));
    api.json("POST /api/v1/machines/" + ONE + "/approve", 200, machine(ONE, "web-1", "online"));
    var call = Call.with(environment, "", "machines", "approve", "web-1");
    assertThat(call.exit()).isZero();
    assertThat(call.out()).contains("web-1", ONE);
    assertThat(Call.with(environment, "", "machines", "approve", "web-1", "--json").out())
        .isEqualTo(machine(ONE, "web-1", "online") + System.lineSeparator());
  }

  @ParameterizedTest
  @ValueSource(strings = {"approve", "revoke"})
  @DisplayName("T15 a name that fits several machines is refused, and their ids are told")
  void aNameThatFitsSeveralIsRefused(String what) {
    machines(machine(ONE, "web-1", "online"), machine(TWO, "web-1", "pending"));
    var call = Call.with(environment, "", "machines", what, "web-1");
    assertThat(call.exit()).isEqualTo(ExitCode.USAGE);
    assertThat(call.err()).contains("2 machines match 'web-1'", ONE, TWO, "pending");
    assertThat(posts()).isEmpty();
  }

  @Test
  void theBeginningOfAnIdIsEnoughIfItFitsOne() {
    api.lists("GET /api/v1/machines", "name=aaaaaaaa-1", "{\"machines\":[],\"next\":null}");
    api.lists("GET /api/v1/machines", "name=aaaaaaaa", "{\"machines\":[],\"next\":null}");
    machines(machine(ONE, "web-1", "online"), machine(TWO, "web-1", "pending"));
    api.json("POST /api/v1/machines/" + TWO + "/approve", 200, machine(TWO, "web-1", "online"));
    assertThat(Call.with(environment, "", "machines", "approve", "aaaaaaaa-1").exit()).isZero();
    assertThat(Call.with(environment, "", "machines", "approve", "id:aaaaaaaa-1").exit()).isZero();
    assertThat(Call.with(environment, "", "machines", "approve", "aaaaaaaa").err()).contains(ONE, TWO);
    assertThat(posts()).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"id:", "id:abc", "id:web-1", "id:../../x", "id:ABCDEF01"})
  void whatIsNoIdIsRefused(String id) {
    var call = Call.with(environment, "", "machines", "approve", id);
    assertThat(call.exit()).isEqualTo(ExitCode.USAGE);
    assertThat(call.err()).contains("is not an id");
    assertThat(api.calls()).isEmpty();
  }

  @Test
  void throwingOutIsAskedForUnlessItIsSaid() {
    machines(machine(ONE, "web-1", "online"));
    api.json("POST /api/v1/machines/" + ONE + "/revoke", 204, "");
    var nobody = Call.with(environment, "", "machines", "revoke", "web-1");
    assertThat(nobody.exit()).isEqualTo(ExitCode.USAGE);
    assertThat(nobody.err()).contains("Throw out web-1 (" + ONE + ") for good?", "--yes");
    assertThat(Call.with(environment, "no\n", "machines", "revoke", "web-1").err()).contains("nothing was changed");
    assertThat(posts()).isEmpty();
    assertThat(Call.with(environment, "yes\n", "machines", "revoke", "web-1").exit()).isZero();
    var json = Call.with(environment, "", "machines", "revoke", "web-1", "--yes", "--json");
    assertThat(json.out()).contains("\"state\":\"revoked\"", ONE);
    assertThat(posts()).hasSize(2);
  }

  @Test
  void aMachineThatIsNotThereIsSaidToBe() {
    machines();
    assertThat(Call.with(environment, "", "machines", "approve", "nope").err()).contains("no machine matches 'nope'");
  }

  @Test
  void theServersRefusalIsPassedOn() {
    machines(machine(ONE, "web-1", "online"));
    api.json("POST /api/v1/machines/" + ONE + "/approve", 409,
        "{\"code\":\"not-pending\",\"detail\":\"This machine is active and does not wait for approval.\"}");
    var call = Call.with(environment, "", "machines", "approve", "web-1", "--json");
    assertThat(call.exit()).isEqualTo(ExitCode.FAILED);
    assertThat(call.err()).contains("\"code\":\"not-pending\"");
  }

  @Test
  void theQueueIsATableMadeSafe() {
    api.json("GET /api/v1/queue", 200, "{\"runs\":[" + RUN + "],\"next\":null}");
    var call = Call.with(environment, "", "queue");
    assertThat(call.exit()).isZero();
    assertThat(call.out()).contains("web\ufffd[2J", "queued", "machine", "olga").doesNotContain("\u001b");
    assertThat(Call.with(environment, "", "queue", "--json").out()).contains("\"waitsFor\":\"machine\"");
  }

  @Test
  void pagesOfTheQueueAreReadOneAfterTheOther() {
    api.json("GET /api/v1/queue", 200, "{\"runs\":[" + RUN + "],\"next\":\"more\"}");
    api.lists("GET /api/v1/queue", "after=more", "{\"runs\":[" + RUN + "],\"next\":null}");
    assertThat(Call.with(environment, "", "queue").out().lines()).hasSize(3);
    var first = Call.with(environment, "", "queue", "--limit", "1");
    assertThat(first.out().lines()).hasSize(2);
    assertThat(first.err()).contains("--limit");
  }

  @Test
  void aMachinesQueueIsShownAndCancelled() {
    machines(machine(ONE, "web-1", "offline"));
    String path = "/api/v1/machines/" + ONE + "/queue";
    api.json("GET " + path, 200, "{\"runs\":[],\"next\":null}");
    assertThat(Call.with(environment, "", "queue", "web-1").err()).contains("Nothing waits");
    api.json("POST " + path + "/cancel", 200, "{\"cancelled\":3,\"kept\":1}");
    assertThat(Call.with(environment, "", "queue", "web-1", "--cancel").exit()).isEqualTo(ExitCode.USAGE);
    assertThat(posts()).isEmpty();
    assertThat(Call.with(environment, "", "queue", "web-1", "--cancel", "--yes").out()).contains("Cancelled: 3",
        "1 stay");
    assertThat(Call.with(environment, "", "queue", "--cancel", "--yes").err()).contains("of which machine");
  }

  @Test
  void oneRunIsCancelledByItsMachine() {
    machines(machine(ONE, "web-1", "offline"));
    String id = "019aa0d0-0000-7000-8000-000000000001";
    api.json("POST /api/v1/directives/" + id + "/runs/" + ONE + "/cancel", 202, "{\"state\":\"cancelled\"}");
    assertThat(Call.with(environment, "", "directive", "cancel", id, "--on", "web-1").exit()).isZero();
    assertThat(posts()).containsExactly("/api/v1/directives/" + id + "/runs/" + ONE + "/cancel");
  }
}
