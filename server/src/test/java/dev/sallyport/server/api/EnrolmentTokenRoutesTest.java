package dev.sallyport.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

import dev.sallyport.protocol.enrol.EnrolBundle;
import dev.sallyport.protocol.enrol.SignedBundle;
import dev.sallyport.server.app.RunningServer;
import dev.sallyport.testing.agent.OperationScript;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class EnrolmentTokenRoutesTest {
  private static final String ROUTE = "/api/v1/enrolment-tokens";

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
  void anOperatorGetsOneLineToPasteWithTheBundleInIt() throws Exception {
    Reply reply = scene.owner().post(ROUTE, "{\"expiresInSeconds\":600,\"servers\":[\"wss://gate.example/agent\"]}");
    JsonNode issued = reply.good(201);
    String text = issued.get("bundle").stringValue();
    assertThat(issued.get("line").stringValue()).isEqualTo("sallyport-agent enrol " + text);
    assertThat(text).as("no shell finds anything in it").matches("[A-Za-z0-9_-]+");

    EnrolBundle bundle = SignedBundle.ofText(text).delivered();
    assertThat(bundle.token().id().hex()).isEqualTo(issued.get("id").stringValue());
    assertThat(bundle.servers()).hasToString("[wss://gate.example/agent]");
    Instant expires = Instant.parse(issued.get("expires").stringValue());
    assertThat(bundle.expires()).isEqualTo(expires)
        .isEqualTo(scene.server().clock.instant().plus(Duration.ofMinutes(10)));
  }

  @Test
  @DisplayName("T3 a token's secret is 256 fresh random bits and is shown once")
  void everySecretIsFresh() throws Exception {
    byte[] one = scene.invite("{}").token().secret();
    byte[] other = scene.invite("{}").token().secret();
    assertThat(one).hasSize(32).isNotEqualTo(other);
  }

  @Test
  void aTokenForSeveralMachinesAsksForApprovalUnlessToldOtherwise() throws Exception {
    EnrolBundle bundle = scene.invite("{\"maxUses\":2}");
    try (LiveMachine machine = LiveMachine.enrol(scene.server(), "one-of-two", bundle, OperationScript.none())) {
      assertThat(scene.view(machine).get("state").stringValue()).isEqualTo("pending");
    }
  }

  @ParameterizedTest(name = "{0} names {1}")
  @CsvSource(delimiter = '|', value = {
      "{\"uses\":1} | uses",
      "{\"maxUses\":1,\"MaxUses\":1} | MaxUses",
      "{\"maxUses\":0} | maxUses",
      "{\"maxUses\":10001} | maxUses",
      "{\"maxUses\":-1} | maxUses",
      "{\"maxUses\":1.5} | maxUses",
      "{\"maxUses\":\"1\"} | maxUses",
      "{\"maxUses\":true} | maxUses",
      "{\"maxUses\":null} | maxUses",
      "{\"maxUses\":[1]} | maxUses",
      "{\"expiresInSeconds\":0} | expiresInSeconds",
      "{\"expiresInSeconds\":2592001} | expiresInSeconds",
      "{\"expiresInSeconds\":9223372036854775807} | expiresInSeconds",
      "{\"expiresInSeconds\":1e99} | expiresInSeconds",
      "{\"approval\":\"yes\"} | approval",
      "{\"approval\":\"AUTO\"} | approval",
      "{\"approval\":1} | approval",
      "{\"networks\":\"10.0.0.0/8\"} | networks",
      "{\"networks\":[\"10.0.0.0\"]} | networks",
      "{\"networks\":[\"example.org/8\"]} | networks",
      "{\"networks\":[\"10.0.0.0/33\"]} | networks",
      "{\"servers\":[\"http://\"]} | servers",
      "{\"servers\":[\"javascript:alert(1)\"]} | servers",
      "{\"servers\":[\"wss://a b/agent\"]} | servers",
      "{\"servers\":[1]} | servers[0]",
      "{\"servers\":{}} | servers"})
  void aWrongFieldIsNamedWithWhatToDo(String body, String field) throws Exception {
    scene.owner().post(ROUTE, body).refusedField(field);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{", "{}{}", "{\"maxUses\":1,\"maxUses\":2}", "{'maxUses':1}", "{\"maxUses\":NaN}",
      "{\"maxUses\":01}",
      "\u0000", "{\"a\":\"\\ud800\"}x"})
  void whatIsNoJsonIsRefusedAsSuch(String body) throws Exception {
    scene.owner().post(ROUTE, body).refused(400, "malformed-json");
  }

  @Test
  void aBodyOfAnotherKindIsRefused() throws Exception {
    for (String body : List.of("[]", "null", "1", "\"{}\"", "true")) {
      scene.owner().post(ROUTE, body).refused(400, "malformed-json");
    }
    scene.owner().request("POST", ROUTE, "{}", "Content-Type: text/plain").refused(415, "unsupported-media-type");
    scene.owner().request("POST", ROUTE, "", RunningServer.JSON).refused(400, "malformed-json");
  }

  @Test
  void aBodyThatIsTooLargeOrTooDeepIsRefused() throws Exception {
    scene.owner().post(ROUTE, "{\"approval\":\"" + "a".repeat(1 << 20) + "\"}").refused(413, "body-too-large");
    scene.owner().post(ROUTE, "{\"a\":" + "[".repeat(100) + "]".repeat(100) + "}").refused(400, "malformed-json");
  }
}
