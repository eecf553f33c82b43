package dev.sallyport.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SitesCommandTest {
  private static final String ID = "019aa0d0-0000-7000-8000-000000000001";
  private static final String PATH = "/api/v1/sites/" + ID + "/connection";
  private static final String SETTINGS = "{\"checkInSeconds\":30,\"firstRetryMs\":1500,\"lastRetryMs\":300000,\"transports\":[\"tls\"],"
      + "\"addresses\":[\"wss://10.0.0.5/agent\"]}";

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
    api.json("GET /api/v1/sites", 200, "{\"sites\":[{\"id\":\"" + ID
        + "\",\"name\":\"default\",\"created\":\"2026-11-22T08:00:00Z\"}]}");
    api.json("GET " + PATH, 200, SETTINGS);
    api.json("PUT " + PATH, 200, SETTINGS);
  }

  @AfterEach
  void stopServer() {
    api.close();
  }

  private Call call(String... arguments) {
    return Call.with(environment, "", arguments);
  }

  private List<String> puts() {
    return api.calls().stream().filter(c -> c.method().equals("PUT")).map(FakeApi.Call::body).toList();
  }

  @Test
  void theListTellsNamesAndIds() {
    assertThat(call("sites", "list").out()).contains("default", ID);
    assertThat(call("sites", "list", "--json").out()).startsWith("{\"sites\":[{\"id\":\"" + ID);
  }

  @Test
  void withoutOptionsTheSettingsAreShownAndNothingIsChanged() {
    var shown = call("sites", "connection", "DEFAULT");
    assertThat(shown.exit()).isZero();
    assertThat(shown.out()).contains("every 30 s", "within 1500 ms at first, 300 s at last", "tls, then the others",
        "  wss://10.0.0.5/agent");
    assertThat(call("sites", "connection", ID, "--json").out().strip()).isEqualTo(SETTINGS);
    assertThat(puts()).isEmpty();
  }

  @Test
  void whatIsGivenIsChangedAndTheRestStays() {
    assertThat(call("sites", "connection", "default", "--check-in", "10s").exit()).isZero();
    assertThat(call("sites", "connection", "default", "--first-retry", "2s", "--last-retry", "1m", "--transports",
        "https-poll,websocket", "--address", "wss://a/agent", "--address", "tcp://b:1").exit()).isZero();
    assertThat(call("sites", "connection", "default", "--transports", "usual", "--address", "none").exit()).isZero();
    assertThat(puts()).containsExactly(SETTINGS.replace(":30,", ":10,"),
        "{\"checkInSeconds\":30,\"firstRetryMs\":2000,\"lastRetryMs\":60000,\"transports\":[\"https-poll\",\"websocket\"],"
            + "\"addresses\":[\"wss://a/agent\",\"tcp://b:1\"]}",
        "{\"checkInSeconds\":30,\"firstRetryMs\":1500,\"lastRetryMs\":300000,\"transports\":[],\"addresses\":[]}");
  }

  @Test
  void aValueTheServerRefusesIsToldWithWhatToDo() {
    api.json("PUT " + PATH, 400, "{\"code\":\"invalid-field\",\"category\":\"user\",\"field\":\"addresses[0]\","
        + "\"detail\":\"This is nonsense.\",\"fix\":\"Give an address such as wss://10.0.0.5:8443/agent.\"}");
    var refused = call("sites", "connection", "default", "--address", "nonsense");
    assertThat(refused.exit()).isNotZero();
    assertThat(refused.err()).contains("addresses[0]", "wss://10.0.0.5:8443/agent");
    assertThat(refused.out()).isEmpty();
  }

  @Test
  void aSiteThatIsNoneIsNamed() {
    var missing = call("sites", "connection", "nowhere");
    assertThat(missing.exit()).isEqualTo(ExitCode.USAGE);
    assertThat(missing.err()).contains("there is no site 'nowhere'");
    assertThat(call("sites").err()).contains("list or connection");
  }
}
