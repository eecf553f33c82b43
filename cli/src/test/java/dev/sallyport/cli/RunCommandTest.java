package dev.sallyport.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RunCommandTest {
  private static final String ID = "019aa0d0-0000-7000-8000-000000000001";
  private static final String ONE = "aaaaaaaa-0000-7000-8000-000000000001";
  private static final String TWO = "bbbbbbbb-0000-7000-8000-000000000002";
  private static final String MACHINE_ONE = "{\"id\":\"" + ONE + "\",\"name\":\"web-1\",\"state\":\"online\"}";
  private static final String MACHINE_TWO = "{\"id\":\"" + TWO + "\",\"name\":\"web-2\",\"state\":\"offline\"}";
  private static final String EVENTS = "/api/v1/directives/" + ID + "/events";

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
    api.json("POST /api/v1/directives", 201, "{\"id\":\"" + ID + "\"}");
  }

  @AfterEach
  void stopServer() {
    api.close();
  }

  private void machines(String... machines) {
    api.json("GET /api/v1/machines", 200, "{\"machines\":[" + String.join(",", machines) + "],\"next\":null}");
  }

  private void ended(String... runs) {
    api.json("GET /api/v1/directives/" + ID, 200, "{\"id\":\"" + ID + "\",\"runs\":[" + String.join(",", runs) + "]}");
  }

  private static String run(String machine, String name, String state, String exitCode) {
    return "{\"machine\":\"" + machine + "\",\"name\":\"" + name + "\",\"state\":\"" + state + "\",\"outcome\":\""
        + state + "\",\"exitCode\":" + exitCode
        + ",\"reason\":\"\",\"outputBytes\":3,\"truncated\":false}";
  }

  private static String output(String id, String machine, String stream, String text) {
    return "id: " + id + "\nevent: output\ndata: {\"machine\":\"" + machine + "\",\"stream\":\"" + stream
        + "\",\"text\":\"" + text + "\",\"position\":3}\n\n";
  }

  private static final String END = "event: end\ndata: {}\n\n";

  @Test
  void oneMachinePassesOutputErrorsAndExitCodeThrough() {
    machines(MACHINE_ONE);
    api.events(EVENTS, output("1", ONE, "stdout", "hi\\n") + ": beat\n\n" + output("2", ONE, "stderr", "oh\\n") + END);
    ended(run(ONE, "web-1", "done", "7"));
    var call = Call.with(environment, "", "run", "--", "sh", "-c", "exit 7");
    assertThat(call).isEqualTo(new Call(7, "hi\n", "oh\n"));
    assertThat(api.calls()).filteredOn(c -> c.method().equals("POST")).singleElement().satisfies(c -> {
      assertThat(c.body()).contains("\"action\":\"exec\"", "[\"sh\",\"-c\",\"exit 7\"]", ONE);
      assertThat(c.authorization()).isEqualTo("Bearer test-token");
    });
  }

  @Test
  void aSingleWordIsACommandLineForTheShell() {
    machines(MACHINE_ONE);
    api.events(EVENTS, END);
    ended(run(ONE, "web-1", "done", "0"));
    assertThat(Call.with(environment, "", "run", "--", "df -h | sort").exit()).isZero();
    assertThat(api.calls())
        .anySatisfy(c -> assertThat(c.body()).contains("\"action\":\"shell\"", "\"command\":\"df -h | sort\""));
  }

  @Test
  void outputThatIsNotTextComesThroughByteForByte() {
    machines(MACHINE_ONE);
    api.events(EVENTS, "event: output\ndata: {\"machine\":\"" + ONE
        + "\",\"stream\":\"stdout\",\"base64\":\"w6k=\",\"position\":2}\n\n" + END);
    ended(run(ONE, "web-1", "done", "0"));
    assertThat(Call.with(environment, "", "run", "--", "true").out()).isEqualTo("é");
  }

  @Test
  void manyMachinesGetNamesBeforeTheirLinesAndATable() {
    machines(MACHINE_ONE, MACHINE_TWO);
    api.events(EVENTS, output("1", ONE, "stdout", "a\\nb") + output("2", TWO, "stdout", "c\\u001b[2J\\n") + END);
    ended(run(ONE, "web-1", "done", "0"), run(TWO, "web-2", "expired", "null"));
    var call = Call.with(environment, "", "run", "--on", "web-*", "--", "x");
    assertThat(call.exit()).isEqualTo(ExitCode.FAILED);
    assertThat(call.out()).contains("web-1: a\n", "web-1: b\n", "web-2: c\ufffd[2J\n")
        .containsPattern("web-2 +expired");
  }

  @Test
  void aCutStreamGoesOnAfterTheLastEventSeen() {
    machines(MACHINE_ONE);
    api.events(EVENTS, output("r1:3", ONE, "stdout", "one\\n"), output("r1:6", ONE, "stdout", "two\\n") + END);
    ended(run(ONE, "web-1", "done", "0"));
    assertThat(Call.with(environment, "", "run", "--", "x").out()).isEqualTo("one\ntwo\n");
    assertThat(api.calls()).filteredOn(c -> c.path().equals(EVENTS)).extracting(FakeApi.Call::lastEventId)
        .containsExactly("", "r1:3");
  }

  @Test
  void aRunThatDidNotHappenIsToldApartFromAFailedCommand() {
    machines(MACHINE_ONE);
    api.events(EVENTS, END);
    ended(run(ONE, "web-1", "expired", "null").replace("\"reason\":\"\"", "\"reason\":\"the machine did not come\""));
    var call = Call.with(environment, "", "run", "--", "x");
    assertThat(call.exit()).isEqualTo(ExitCode.NOT_RUN);
    assertThat(call.err()).contains("expired: the machine did not come");
  }

  @Test
  @DisplayName("an order whose connection is cut is given again under the same key, so that it is one directive")
  void aCutOrderIsGivenAgainUnderItsKey() {
    machines(MACHINE_ONE);
    api.cutBefore("POST /api/v1/directives", 2, 201, "{\"id\":\"" + ID + "\"}");
    api.events(EVENTS, END);
    ended(run(ONE, "web-1", "done", "0"));
    var call = Call.with(environment, "", "run", "--", "x");
    assertThat(call.exit()).isZero();
    assertThat(call.err()).contains("giving the order again");
    var orders = api.calls().stream().filter(c -> c.method().equals("POST")).toList();
    assertThat(orders).hasSize(3);
    assertThat(orders).extracting(FakeApi.Call::key).containsOnly(orders.getFirst().key());
    assertThat(orders.getFirst().key()).matches("\"[0-9a-f-]{36}\"");
  }

  @Test
  void aBatchIsToldToTheServer() {
    machines(MACHINE_ONE);
    api.events(EVENTS, END);
    ended(run(ONE, "web-1", "done", "0"));
    assertThat(Call.with(environment, "", "run", "--concurrency", "3", "--stop-after", "2", "--order", "name",
        "--window", "fri-sun,tue 22:00-06:00 Europe/Berlin", "--", "x").exit()).isZero();
    assertThat(api.calls()).anySatisfy(c -> assertThat(c.body()).contains("\"batch\":{\"concurrency\":3,"
        + "\"stopAfterFailures\":2,\"order\":\"name\",\"window\":{\"days\":[\"fri\",\"sat\",\"sun\",\"tue\"],"
        + "\"from\":\"22:00\",\"to\":\"06:00\",\"timeZone\":\"Europe/Berlin\"}}"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"22:00", "22:00-06:00", "mon 22-6 UTC", "monday 22:00-06:00 UTC", "mon- 22:00-06:00 UTC",
      "mon-tue-wed 22:00-06:00 UTC", ""})
  void aWindowThatIsNoneIsRefused(String window) {
    machines(MACHINE_ONE);
    var call = Call.with(environment, "", "run", "--window", window, "--", "x");
    assertThat(call.exit()).isEqualTo(ExitCode.USAGE);
    assertThat(call.err()).contains("mon");
    assertThat(api.calls()).noneMatch(c -> c.method().equals("POST"));
  }

  @Test
  void nowMeansThatNobodyIsWaitedFor() {
    machines(MACHINE_ONE);
    api.events(EVENTS, END);
    ended(run(ONE, "web-1", "done", "0"));
    assertThat(Call.with(environment, "", "run", "--now", "--", "x").exit()).isZero();
    assertThat(api.calls()).anySatisfy(c -> assertThat(c.body()).contains("\"queue\":false"));
    var both = Call.with(environment, "", "run", "--now", "--wait", "1h", "--", "x");
    assertThat(both.exit()).isEqualTo(ExitCode.USAGE);
    assertThat(both.err()).contains("leave out --wait");
  }

  @ParameterizedTest
  @ValueSource(strings = {TWO, "id:" + TWO, "id:bbbb", "bbbbbbbb-0000"})
  @DisplayName("T15 machines of one name are told apart by their ids, whole or in part")
  void aMachineIsNamedByItsId(String on) {
    String twin = MACHINE_TWO.replace("web-2", "web-1");
    api.json("GET /api/v1/machines/" + TWO, 200, twin);
    api.events(EVENTS, END);
    ended(run(TWO, "web-1", "done", "0"));
    api.lists("GET /api/v1/machines", "name=" + on, "{\"machines\":[],\"next\":null}");
    machines(MACHINE_ONE, twin);
    assertThat(Call.with(environment, "", "run", "--on", on, "--", "x").exit()).isZero();
    assertThat(api.calls()).filteredOn(c -> c.method().equals("POST")).singleElement()
        .satisfies(c -> assertThat(c.body()).contains("[\"" + TWO + "\"]"));
  }

  @Test
  void withSeveralMachinesThePatternMustBeSaid() {
    machines(MACHINE_ONE, MACHINE_TWO);
    var call = Call.with(environment, "", "run", "--", "reboot");
    assertThat(call.exit()).isEqualTo(ExitCode.USAGE);
    assertThat(call.err()).contains("--on");
    assertThat(api.calls()).noneMatch(c -> c.method().equals("POST"));
  }

  @Test
  void aMachineThatWaitsForApprovalIsNamedAsSuch() {
    machines(MACHINE_ONE.replace("online", "pending"));
    var call = Call.with(environment, "", "run", "--", "id");
    assertThat(call.exit()).isEqualTo(ExitCode.USAGE);
    assertThat(call.err()).contains("is pending", "approved");
    assertThat(api.calls()).noneMatch(c -> c.method().equals("POST"));
  }

  @Test
  void aPatternThatMatchesNothingGivesNoDirective() {
    machines();
    var call = Call.with(environment, "", "run", "--on", "nope", "--", "x");
    assertThat(call.exit()).isEqualTo(ExitCode.USAGE);
    assertThat(call.err()).contains("no machine matches 'nope'");
    assertThat(api.calls()).noneMatch(c -> c.method().equals("POST"));
  }

  @Test
  void jsonCarriesEverythingIncludingTheOutput() {
    machines(MACHINE_ONE);
    api.events(EVENTS, END);
    ended(run(ONE, "web-1", "done", "0"));
    String path = "GET /api/v1/directives/" + ID + "/runs/" + ONE + "/output";
    api.text(path, "hi\n");
    var call = Call.with(environment, "", "run", "--json", "--", "x");
    assertThat(call.exit()).isZero();
    assertThat(call.out()).startsWith("{\"id\":\"" + ID + "\"").contains("\"exitCode\":0", "\"stdout\":\"hi\\n\"");
  }

  @Test
  void theServersRefusalIsPassedOnWithItsWayOut() {
    machines(MACHINE_ONE);
    api.json("POST /api/v1/directives", 403,
        "{\"code\":\"not-allowed\",\"detail\":\"your role may not run commands\",\"fix\":\"Ask an owner.\"}");
    var call = Call.with(environment, "", "run", "--", "x");
    assertThat(call.exit()).isEqualTo(ExitCode.NOT_PERMITTED);
    assertThat(call.err()).contains("your role may not run commands", "Ask an owner.");
  }

  @Test
  void anAnswerThatIsNotOursIsNotBelieved() {
    api.text("GET /api/v1/machines", "<html>hotel wifi</html>");
    var call = Call.with(environment, "", "machines");
    assertThat(call.exit()).isEqualTo(ExitCode.UNAVAILABLE);
    assertThat(call.err()).contains("not a Sallyport server");
  }
}
