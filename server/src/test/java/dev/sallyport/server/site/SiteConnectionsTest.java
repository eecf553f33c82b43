package dev.sallyport.server.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

import dev.sallyport.gateway.EnrolAnswer;
import dev.sallyport.gateway.EnrolCommand;
import dev.sallyport.protocol.Bytes;
import dev.sallyport.protocol.ProtocolException;
import dev.sallyport.protocol.channel.AgentPolicy;
import dev.sallyport.protocol.json.Json;
import dev.sallyport.protocol.json.JsonLimits;
import dev.sallyport.server.fake.FakeLink;
import dev.sallyport.server.fake.FakeMachine;
import dev.sallyport.server.fake.ServerTest;
import dev.sallyport.server.fake.TestServer;
import dev.sallyport.session.rolling.ServerSecrets;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How a site's agents keep in touch: what is stored, and who is told when. */
class SiteConnectionsTest extends ServerTest {
  private static final ConnectionSettings QUICK = new ConnectionSettings(
      new AgentPolicy(Duration.ofSeconds(10), Duration.ofMillis(500), Duration.ofMinutes(1), List.of("tls")),
      List.of("wss://10.0.0.5:8443/agent", "tcp://[2001:db8::5]:7000"));

  private String site() {
    return server.sites.first().id();
  }

  private static void awaitAdvice(FakeLink link, Object... advice) {
    TestServer.await("it was told", () -> link.advice().size() >= advice.length, Thread::yield);
    assertThat(link.advice()).containsExactly(advice);
  }

  @Test
  @DisplayName("K2 nothing set means what is usual: a check-in every 30 s")
  void nothingSetMeansWhatIsUsual() {
    assertThat(server.connections.of(site())).isEqualTo(ConnectionSettings.USUAL);
    assertThat(ConnectionSettings.USUAL.policy()).isEqualTo(AgentPolicy.DEFAULT);
  }

  @Test
  void whatIsSetOutlivesTheServer() {
    server.connections.change(site(), QUICK);
    server.connections.change(site(), new ConnectionSettings(AgentPolicy.DEFAULT, QUICK.addresses()));
    server.connections.change(site(), QUICK);

    assertThat(server.connections.of(site())).isEqualTo(QUICK);
    assertThat(new SiteConnections(database).of(site())).isEqualTo(QUICK);
  }

  @Test
  @DisplayName("K2 each machine is told when it comes, and all that are there when it changes, and nobody twice")
  void machinesAreToldWhenTheyComeAndWhenItChanges() {
    FakeMachine first = server.enrol("first");
    FakeMachine away = server.enrol("away");
    FakeLink link = server.connect(first);
    awaitAdvice(link, AgentPolicy.DEFAULT, List.of());

    server.connections.change(site(), QUICK);
    awaitAdvice(link, AgentPolicy.DEFAULT, List.of(), QUICK.policy(), QUICK.addresses());
    server.connections.change(site(), QUICK);
    assertThat(link.advice()).as("nothing has changed").hasSize(4);

    awaitAdvice(server.connect(away), QUICK.policy(), QUICK.addresses());
    assertThat(link.advice()).as("what was told to another").hasSize(4);
  }

  @Test
  @DisplayName("K2 a machine that enrols is granted the policy of its site")
  void theGrantCarriesThePolicy() {
    server.connections.change(site(), QUICK);
    var issued = server.tokens.issue(
        new TokenTerms(Duration.ofHours(1), 1, Approval.AUTO, List.of(), List.of()), "olivia");
    var answer = server.directory.enrol(new EnrolCommand(Bytes.of(new byte[32]), Bytes.ofHex(issued.id()),
        ServerSecrets.enrolled(1, TestServer.secret(1)), TestServer.request("new"), InetAddress.getLoopbackAddress()));

    assertThat(((EnrolAnswer.Granted) answer).grant().policy()).isEqualTo(QUICK.policy());
  }

  @Test
  void whatIsReadIsWhatWasWritten() {
    assertThat(ConnectionSettings.fromJson(QUICK.toJson())).isEqualTo(QUICK);
    assertThat(read("{}")).isEqualTo(ConnectionSettings.USUAL);
    assertThat(read("{\"firstRetryMs\":3600000}").policy().lastRetry()).isEqualTo(Duration.ofHours(1));
  }

  @ParameterizedTest(name = "{0} names {1}")
  @CsvSource(delimiter = '|', value = {
      "{\"checkInSeconds\":0} | \"checkInSeconds\": expected a whole number from 1 to 60",
      "{\"checkInSeconds\":61} | \"checkInSeconds\": expected a whole number from 1 to 60",
      "{\"checkInSeconds\":\"30\"} | \"checkInSeconds\": expected a whole number",
      "{\"firstRetryMs\":99} | \"firstRetryMs\": expected a whole number from 100 to 3600000",
      "{\"firstRetryMs\":2000,\"lastRetryMs\":1999} | \"lastRetryMs\": expected a whole number from 2000 to 3600000",
      "{\"lastRetryMs\":3600001} | \"lastRetryMs\": expected a whole number from 1000 to 3600000",
      "{\"transports\":[\"tls\",\"pigeon\"]} | transports[1]: expected one of websocket, tls, https-poll, tcp, http-poll, ftp, found pigeon",
      "{\"transports\":[\"tls\",\"tls\"]} | transports[1]: expected each transport once",
      "{\"transports\":\"tls\"} | \"transports\": expected an array",
      "{\"addresses\":[\"wss://a/agent\",\"wss://a/agent\"]} | addresses[1]: expected each address once",
      "{\"addresses\":[\"wss://1/agent\",\"wss://2/agent\",\"wss://3/agent\",\"wss://4/agent\",\"wss://5/agent\",\"wss://6/agent\",\"wss://7/agent\",\"wss://8/agent\",\"wss://9/agent\"]} | \"addresses\": expected an array of at most 8 items",
      "{\"jitter\":1} | \"jitter\": unknown"})
  void whatIsOutOfBoundsIsRefusedByName(String json, String refusal) {
    assertThatThrownBy(() -> read(json)).isInstanceOf(ProtocolException.class).hasMessageContaining(refusal);
  }

  @ParameterizedTest
  @DisplayName("K4 an address that no agent could dial is refused before anybody hears of it")
  @ValueSource(strings = {"", " ", "10.0.0.5", "10.0.0.5:8443", "host", "wss://", "wss:///agent", "wss://host",
      "wss://host/",
      "wss://host:8443/agents", "wss://host/agent?x=1", "wss://host/agent#x", "wss://user@host/agent",
      "wss://host:0/agent",
      "wss://host:65536/agent", "wss://host:-1/agent", "wss://host:84x3/agent", "wss://under_score/agent",
      "ws://host/agent", "WSS://host/agent",
      "https://host/agent", "tls://host/", "tcp://host", "http://host:80/x", "ftp://host/", "ftps://user:secret@host/",
      "file:///etc/passwd", "mailto:x@y", "wss://[::1/agent", "wss://host /agent"})
  void anAddressThatNoAgentCouldDialIsRefused(String address) {
    assertThatThrownBy(() -> read("{\"addresses\":[\"" + address + "\"]}")).isInstanceOf(ProtocolException.class)
        .hasMessageContaining("addresses[0]: expected ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"wss://host/agent", "wss://10.0.0.5:8443/agent", "wss://[2001:db8::5]:443/agent",
      "https://host",
      "tls://host:8443", "http://host", "tcp://host:7000"})
  void anAddressThatAgentsCanDialIsTaken(String address) {
    assertThat(read("{\"addresses\":[\"" + address + "\"]}").addresses()).containsExactly(address);
  }

  private static ConnectionSettings read(String json) {
    return ConnectionSettings.fromJson(Json.parseObject(json.getBytes(StandardCharsets.UTF_8),
        JsonLimits.DEFAULT));
  }
}
