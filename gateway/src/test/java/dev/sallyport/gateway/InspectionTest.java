package dev.sallyport.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

import dev.sallyport.protocol.ServerAddress;
import dev.sallyport.protocol.channel.OutputChannel;
import dev.sallyport.testing.agent.AgentIdentity;
import dev.sallyport.testing.agent.Answer;
import dev.sallyport.testing.agent.FakeAgent;
import dev.sallyport.testing.agent.OperationScript;
import dev.sallyport.transport.Wire;
import dev.sallyport.transport.tls.TestAuthority;
import dev.sallyport.transport.tls.TlsTrust;
import dev.sallyport.transport.websocket.WebSocketDialer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(240)
@DisplayName("K6 behind a proxy that opens TLS")
class InspectionTest {
  private static final String SECRET = "the quick brown fox";

  @TempDir
  private Path folder;
  private GatewayScene scene;

  @BeforeEach
  void open() throws IOException {
    scene = GatewayScene.open(folder);
  }

  @AfterEach
  void close() {
    scene.close();
  }

  @Test
  void theInspectorIsNamedAndReadsNothing() throws Exception {
    TestAuthority company = new TestAuthority("Acme Inspection");
    TlsTrust gatewaysOwn = TlsTrust.pinned(List.of(scene.gateway().certificate().pin()));
    OperationScript script = (id, operation) -> new Answer(
        List.of(new Answer.Piece(OutputChannel.STDOUT, SECRET.getBytes(StandardCharsets.UTF_8))),
        Answer.printed("").result());
    try (var inspector = new Inspector(company.issue("localhost"), scene.gateway().port(), gatewaysOwn);
        Wire wire = new WebSocketDialer(TlsTrust.authorities(List.of(company.root())))
            .dial(ServerAddress.of("wss://localhost:" + inspector.port() + "/agent"), GatewayScene.PATIENCE);
        FakeAgent agent = FakeAgent.connect(wire, scene.knownMachine(), scene.server(), script).awaitLinked()) {
      AgentLink link = scene.listener().awaitUp();
      var output = new ByteArrayOutputStream();

      link.call(GatewayScene.call(), (channel, bytes, position) -> output.writeBytes(bytes));

      assertThat(link.facts().inspectedBy()).isEqualTo("CN=Acme Inspection");
      assertThat(output.toString(StandardCharsets.UTF_8)).isEqualTo(SECRET);
      assertThat(inspector.readAlong()).as("it reads what is outside the session").contains("GET /agent HTTP/1.1")
          .doesNotContain(SECRET, "/etc/hostname", "file.properties");
      assertThat(agent.hasEnded()).isFalse();
    }
  }

  @Test
  void withoutAnInspectorNobodyIsNamed() throws Exception {
    AgentIdentity machine = scene.knownMachine();
    try (FakeAgent agent = scene.linked(machine)) {
      assertThat(scene.listener().awaitUp().facts().inspectedBy()).isEmpty();
      assertThat(agent.hasEnded()).isFalse();
    }
  }
}
