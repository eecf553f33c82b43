package dev.sallyport.protocol.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import dev.sallyport.protocol.ProtocolException;
import dev.sallyport.protocol.Seeded;
import dev.sallyport.protocol.channel.AgentMessage.Clock;
import dev.sallyport.protocol.channel.AgentMessage.Describe;
import dev.sallyport.protocol.channel.AgentMessage.Held;
import dev.sallyport.protocol.channel.ServerMessage.Cancel;
import dev.sallyport.protocol.channel.ServerMessage.Policy;
import dev.sallyport.protocol.channel.ServerMessage.Servers;
import dev.sallyport.protocol.channel.ServerMessage.Settled;
import dev.sallyport.protocol.operation.OperationDescription;
import dev.sallyport.protocol.operation.OperationId;
import dev.sallyport.protocol.operation.Operations;
import dev.sallyport.protocol.operation.SampleOperations;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ControlMessageTest {
  private static final OperationId ID = new OperationId("018f6a3c-5b1e-7000-8000-0123456789ab/3");
  private static final Instant NOW = Instant.ofEpochMilli(1_700_000_000_000L);

  static AgentMessage fromAgent(Seeded seeded) {
    return switch (seeded.below(4)) {
      case 0 -> new Describe(seeded.plain(20), seeded.plain(60), seeded.plain(40), seeded.plain(20), seeded.plain(10),
          seeded.plain(36),
          seeded.instant(), seeded.list(5, SampleOperations::description));
      case 1 -> new Held(seeded.list(5, SampleOperations::id), seeded.coin());
      case 2 -> new AgentMessage.Way(seeded.list(5, ControlMessageTest::tried));
      default -> new Clock(seeded.instant());
    };
  }

  private static Tried tried(Seeded seeded) {
    return new Tried(seeded.plain(10), seeded.plain(60), seeded.plain(20), seeded.coin() ? "" : seeded.plain(100),
        Duration.ofMillis(seeded.between(0, 60_000)));
  }

  static ServerMessage fromServer(Seeded seeded) {
    return switch (seeded.below(4)) {
      case 0 -> new Policy(policy(seeded));
      case 1 -> new Servers(seeded.list(8, one -> one.plain(60)));
      case 2 -> new Settled(seeded.list(5, SampleOperations::id));
      default -> new Cancel(SampleOperations.id(seeded));
    };
  }

  static AgentPolicy policy(Seeded seeded) {
    long first = seeded.between(100, 3_600_000);
    return new AgentPolicy(Duration.ofSeconds(seeded.between(1, 60)), Duration.ofMillis(first),
        Duration.ofMillis(seeded.between(first, 3_600_000)), seeded.list(4, one -> one.plain(12)));
  }

  @Test
  void everyMessageSurvivesTheWayOverTheWire() {
    Seeded.forSeeds(2000, seeded -> {
      AgentMessage fromAgent = fromAgent(seeded);
      assertThat(AgentMessage.decode(fromAgent.encode())).isEqualTo(fromAgent);
      ServerMessage fromServer = fromServer(seeded);
      assertThat(ServerMessage.decode(fromServer.encode())).isEqualTo(fromServer);
    });
  }

  @Test
  void injuredMessagesAreReadOrRefusedButNeverDoAnythingElse() {
    Seeded.forSeeds(6000, seeded -> {
      try {
        AgentMessage read = AgentMessage.decode(seeded.injured(fromAgent(seeded).encode()));
        assertThat(AgentMessage.decode(read.encode())).isEqualTo(read);
      } catch (ProtocolException refused) {
        assertThat(refused.getMessage()).isNotBlank();
      }
      try {
        ServerMessage read = ServerMessage.decode(seeded.injured(fromServer(seeded).encode()));
        assertThat(ServerMessage.decode(read.encode())).isEqualTo(read);
      } catch (ProtocolException refused) {
        assertThat(refused.getMessage()).isNotBlank();
      }
    });
  }

  @Test
  void messagesHaveDocumentedForms() {
    assertThat(describe(List.of()).toJson().text())
        .isEqualTo(
            "{\"t\":\"describe\",\"version\":\"0.1.0\",\"hostname\":\"web-01\",\"os\":\"Debian 13\","
                + "\"kernel\":\"6.12\","
                + "\"arch\":\"amd64\",\"bootId\":\"b\",\"clockMs\":1700000000000,\"operations\":[]}");
    assertThat(new Held(List.of(ID), true).toJson().text())
        .isEqualTo("{\"t\":\"held\",\"ids\":[\"" + ID + "\"],\"more\":true}");
    assertThat(new Clock(NOW).toJson().text()).isEqualTo("{\"t\":\"clock\",\"clockMs\":1700000000000}");
    assertThat(new Policy(AgentPolicy.DEFAULT).toJson().text())
        .isEqualTo("{\"t\":\"policy\",\"checkInSeconds\":30,\"firstRetryMs\":1000,\"lastRetryMs\":300000}");
    assertThat(new Servers(List.of("wss://a/agent")).toJson().text())
        .isEqualTo("{\"t\":\"servers\",\"addresses\":[\"wss://a/agent\"]}");
    assertThat(new Settled(List.of(ID)).toJson().text()).isEqualTo("{\"t\":\"settled\",\"ids\":[\"" + ID + "\"]}");
    assertThat(new Cancel(ID).toJson().text()).isEqualTo("{\"t\":\"cancel\",\"id\":\"" + ID + "\"}");
  }

  @Test
  @DisplayName("T32 neither side reads what only it may say")
  void eachSideReadsOnlyTheOther() {
    Seeded.forSeeds(300, seeded -> {
      byte[] fromServer = fromServer(seeded).encode();
      assertThatExceptionOfType(ProtocolException.class).isThrownBy(() -> AgentMessage.decode(fromServer))
          .withMessage("field \"t\": expected describe, held, clock or way");
      byte[] fromAgent = fromAgent(seeded).encode();
      assertThatExceptionOfType(ProtocolException.class).isThrownBy(() -> ServerMessage.decode(fromAgent))
          .withMessage("field \"t\": expected policy, servers, settled or cancel");
    });
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
      "{}|field \"t\": missing, expected a string",
      "{\"t\":1}|field \"t\": expected a string of at most 16 characters, found the number 1",
      "{\"t\":\"exec\"}|field \"t\": expected describe, held, clock or way",
      "{\"t\":\"held\",\"ids\":[]}|field \"more\": missing, expected true or false",
      "{\"t\":\"held\",\"ids\":[\"x\"],\"more\":true}|"
          + "expected an operation id \"<lower-case uuid>/<step>\" of at most 48 characters",
      "{\"t\":\"held\",\"ids\":[],\"more\":true,\"extra\":1}|field \"extra\": unknown, allowed here: t, ids, more",
      "{\"t\":\"clock\",\"clockMs\":1.5}|"
          + "field \"clockMs\": expected a whole number from 0 to 253402300799999, found the number "
          + "1.5",
      "[]|JSON document: expected an object, found an array of 0 items"})
  void refusesWrongAgentMessagesWithTheField(String json, String message) {
    refused(() -> AgentMessage.decode(json.getBytes(StandardCharsets.UTF_8)), message);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
      "{\"t\":\"policy\"}|field \"checkInSeconds\": missing, expected a whole number",
      "{\"t\":\"policy\",\"checkInSeconds\":0,\"firstRetryMs\":1000,\"lastRetryMs\":1000}|"
          + "field \"checkInSeconds\": expected a whole number from 1 to 60, found the number 0",
      "{\"t\":\"policy\",\"checkInSeconds\":61,\"firstRetryMs\":1000,\"lastRetryMs\":1000}|"
          + "field \"checkInSeconds\": expected a whole number from 1 to 60, found the number 61",
      "{\"t\":\"policy\",\"checkInSeconds\":30,\"firstRetryMs\":0,\"lastRetryMs\":1000}|"
          + "field \"firstRetryMs\": expected a whole number from 100 to 3600000, found the number "
          + "0",
      "{\"t\":\"policy\",\"checkInSeconds\":30,\"firstRetryMs\":2000,\"lastRetryMs\":1000}|"
          + "last retry: expected whole milliseconds from PT2S to PT1H, found PT1S",
      "{\"t\":\"servers\"}|field \"addresses\": missing, expected an array",
      "{\"t\":\"servers\",\"addresses\":[\"\"]}|address: must not be empty",
      "{\"t\":\"servers\",\"addresses\":[\"a\\u001bb\"]}|address: character 1 (U+001B) is not plain text",
      "{\"t\":\"servers\",\"addresses\":[],\"drop\":true}|field \"drop\": unknown, allowed here: t, addresses",
      "{\"t\":\"cancel\",\"id\":\"../etc\"}|"
          + "expected an operation id \"<lower-case uuid>/<step>\" of at most 48 characters",
      "{\"t\":\"settled\",\"ids\":{}}|field \"ids\": expected an array, found an object of 0 members"})
  void refusesWrongServerMessagesWithTheField(String json, String message) {
    refused(() -> ServerMessage.decode(json.getBytes(StandardCharsets.UTF_8)), message);
  }

  @Test
  @DisplayName("T32 a server cannot fill an agent with addresses")
  void eightAddressesFitInAMessageAndNoMore() {
    List<String> addresses = Collections.nCopies(8, "w".repeat(255));
    assertThat(ServerMessage.decode(new Servers(addresses).encode())).isEqualTo(new Servers(addresses));
    refused(() -> new Servers(Collections.nCopies(9, "w")), "addresses: expected at most 8, found 9");
    refused(() -> new Servers(List.of("w".repeat(256))), "address: expected at most 255 characters, found 256");
    byte[] nine = ("{\"t\":\"servers\",\"addresses\":[" + String.join(",", Collections.nCopies(9, "\"w\"")) + "]}")
        .getBytes(StandardCharsets.UTF_8);
    refused(() -> ServerMessage.decode(nine),
        "field \"addresses\": expected an array of at most 8 items, found an array of 9 items");
  }

  @Test
  void fiveHundredIdsFitInAMessageAndNoMore() {
    List<OperationId> ids = Collections.nCopies(500, ID);
    assertThat(AgentMessage.decode(new Held(ids, false).encode())).isEqualTo(new Held(ids, false));
    assertThat(ServerMessage.decode(new Settled(ids).encode())).isEqualTo(new Settled(ids));
    List<OperationId> more = Collections.nCopies(501, ID);
    refused(() -> new Held(more, false), "ids: expected at most 500, found 501");
    refused(() -> new Settled(more), "ids: expected at most 500, found 501");
  }

  @Test
  void allOperationsTogetherFitInADescription() {
    List<OperationDescription> many = new ArrayList<>();
    for (int i = 0; i < Describe.MAX_OPERATIONS; i++) {
      many.add(Operations.known().get(i % Operations.known().size()));
    }
    Describe describe = describe(many);
    assertThat(AgentMessage.decode(describe.encode())).isEqualTo(describe);
    many.add(Operations.known().getFirst());
    refused(() -> describe(many), "operations: expected at most 128, found 129");
  }

  @Test
  @DisplayName("T19 what an agent says of itself is plain text of bounded length")
  void refusesDescriptionsThatAct() {
    refused(() -> new Describe("1", "web\u001b[2J", "os", "k", "a", "b", NOW, List.of()),
        "hostname: character 3 (U+001B) is not plain text");
    refused(() -> new Describe("1", "", "os", "k", "a", "b", NOW, List.of()), "hostname: must not be empty");
    refused(() -> new Describe("1", "h".repeat(256), "os", "k", "a", "b", NOW, List.of()),
        "hostname: expected at most 255 characters, found 256");
    refused(() -> new Clock(Instant.MAX), "clockMs: expected a time from 1970 to 9999");
  }

  @Test
  void refusesMessagesBeyondTheirLimit() {
    refused(() -> AgentMessage.decode(new byte[ControlMessage.MAX_BYTES + 1]),
        "JSON too large: 61441 bytes, the limit here is 61440");
    refused(() -> ServerMessage.decode(new byte[ControlMessage.MAX_BYTES + 1]),
        "JSON too large: 61441 bytes, the limit here is 61440");
    OperationDescription wide = new OperationDescription("\u4e2d".repeat(64), 1, Operations.known().getFirst().effect(),
        Operations.known().getFirst().privilege(), Operations.known().getFirst().actionClass(), Duration.ZERO, 0,
        Operations.known().getFirst().platforms());
    Describe huge = describe(Collections.nCopies(Describe.MAX_OPERATIONS, wide));
    assertThat(huge.encode().length).isLessThanOrEqualTo(ControlMessage.MAX_BYTES);
  }

  private static Describe describe(List<OperationDescription> operations) {
    return new Describe("0.1.0", "web-01", "Debian 13", "6.12", "amd64", "b", NOW, operations);
  }

  private static void refused(ThrowingCallable making, String message) {
    assertThatExceptionOfType(ProtocolException.class).isThrownBy(making).withMessage(message);
  }
}
