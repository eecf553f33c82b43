package dev.sallyport.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import dev.sallyport.protocol.channel.AgentPolicy;
import dev.sallyport.protocol.channel.ServerMessage;
import dev.sallyport.server.access.Role;
import dev.sallyport.server.app.RunningServer;
import dev.sallyport.testing.agent.OperationScript;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Sites and their settings through the API, with an agent that hears of them. */
class SiteRoutesTest {
  private static final String USUAL = "{\"checkInSeconds\":30,\"firstRetryMs\":1000,\"lastRetryMs\":300000,\"transports\":[],\"addresses\":[]}";

  @TempDir
  Path directory;
  private ApiScene scene;
  private String route;

  @BeforeEach
  void start() throws IOException {
    scene = ApiScene.open(directory);
    JsonNode sites = scene.owner().get("/api/v1/sites").good(200).get("sites");
    assertThat(sites).hasSize(1);
    assertThat(sites.get(0).get("name").stringValue()).isEqualTo("default");
    route = "/api/v1/sites/" + sites.get(0).get("id").stringValue() + "/connection";
  }

  @AfterEach
  void stop() {
    scene.close();
  }

  private Reply put(String body) throws IOException {
    return scene.owner().request("PUT", route, body, RunningServer.JSON);
  }

  @Test
  @DisplayName("K2 what is put is what is got, also after a restart, and what is left out is as usual")
  void whatIsPutIsWhatIsGot() throws Exception {
    assertThat(scene.owner().get(route).good(200)).isEqualTo(Reply.json(USUAL));
    String wanted = "{\"checkInSeconds\":10,\"firstRetryMs\":200,\"lastRetryMs\":5000,\"transports\":[\"tls\",\"websocket\"],"
        + "\"addresses\":[\"wss://10.0.0.5:8443/agent\"]}";
    assertThat(put(wanted).good(200)).isEqualTo(Reply.json(wanted));
    scene.restart();
    assertThat(scene.owner().get(route).good(200)).isEqualTo(Reply.json(wanted));
    assertThat(scene.as(Role.VIEWER).get(route).good(200)).isEqualTo(Reply.json(wanted));
    assertThat(put("{}").good(200)).isEqualTo(Reply.json(USUAL));
  }

  @Test
  @DisplayName("K2 K4 a connected agent hears of it at once, the next one when it comes, and of what does not change nobody")
  void agentsHearOfIt() throws Exception {
    LiveMachine machine = scene.enrol("listening", OperationScript.none());
    var heard = machine.agent().control().heard();
    assertThat(heard.poll(60, TimeUnit.SECONDS)).isEqualTo(new ServerMessage.Policy(AgentPolicy.DEFAULT));
    assertThat(heard.poll(60, TimeUnit.SECONDS)).isEqualTo(new ServerMessage.Servers(List.of()));

    String wanted = "{\"checkInSeconds\":10,\"transports\":[\"tls\"],\"addresses\":[\"wss://10.0.0.5/agent\"]}";
    put(wanted).good(200);
    put(wanted).good(200);
    put("{}").good(200);

    var policy = new AgentPolicy(Duration.ofSeconds(10), Duration.ofSeconds(1), Duration.ofMinutes(5), List.of("tls"));
    var said = new ArrayList<ServerMessage>();
    for (int i = 0; i < 4; i++) {
      said.add(heard.poll(60, TimeUnit.SECONDS));
    }
    assertThat(said).containsExactly(new ServerMessage.Policy(policy),
        new ServerMessage.Servers(List.of("wss://10.0.0.5/agent")), new ServerMessage.Policy(AgentPolicy.DEFAULT),
        new ServerMessage.Servers(List.of()));
  }

  @ParameterizedTest(name = "{0} names {1}")
  @CsvSource(delimiter = '|', value = {"{\"checkInSeconds\":61} | checkInSeconds",
      "{\"firstRetryMs\":1} | firstRetryMs",
      "{\"firstRetryMs\":2000,\"lastRetryMs\":1000} | lastRetryMs",
      "{\"transports\":[\"carrier-pigeon\"]} | transports[0]",
      "{\"transports\":[1]} | transports[0]", "{\"addresses\":[\"wss://ok/agent\",\"wss://no\"]} | addresses[1]",
      "{\"addresses\":[\"ftp://user:secret@host/\"]} | addresses[0]", "{\"addresses\":{}} | addresses",
      "{\"checkin\":5} | checkin"})
  void aWrongValueIsNamedWithWhatToDo(String body, String field) throws Exception {
    put(body).refusedField(field);
    assertThat(scene.owner().get(route).good(200)).as("nothing was changed").isEqualTo(Reply.json(USUAL));
  }

  @Test
  void aSiteThatIsNoneIsNotFound() throws Exception {
    String other = "/api/v1/sites/00000000-0000-7000-8000-000000000000/connection";
    scene.owner().get(other).refused(404, "not-found");
    scene.owner().request("PUT", other, "{}", RunningServer.JSON).refused(404, "not-found");
    scene.as(Role.TECHNICIAN).request("PUT", route, "{}", RunningServer.JSON).refused(403, "forbidden");
  }
}
