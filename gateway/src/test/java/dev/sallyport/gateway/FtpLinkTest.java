package dev.sallyport.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;

import dev.sallyport.protocol.channel.OutputChannel;
import dev.sallyport.protocol.operation.OperationResult;
import dev.sallyport.protocol.operation.Outcome;
import dev.sallyport.testing.agent.AgentIdentity;
import dev.sallyport.testing.agent.Answer;
import dev.sallyport.testing.agent.FakeAgent;
import dev.sallyport.testing.agent.OperationScript;
import dev.sallyport.transport.Wire;
import dev.sallyport.transport.ftp.FtpBinding;
import dev.sallyport.transport.socket.Route;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(240)
@ParameterizedClass
@EnumSource(FtpPlace.class)
class FtpLinkTest {
  private final FtpPlace place;

  @TempDir
  private Path folder;
  private FtpPlace.Opened opened;

  FtpLinkTest(FtpPlace place) {
    this.place = place;
  }

  @BeforeEach
  void open() throws IOException {
    opened = place.open(folder);
  }

  @AfterEach
  void close() {
    if (opened != null) {
      opened.close();
    }
  }

  private FakeAgent connect(OperationScript script) throws Exception {
    return connect(script, Route.DIRECT);
  }

  private FakeAgent connect(OperationScript script, Route route) throws Exception {
    AgentIdentity machine = opened.scene().knownMachine();
    Wire wire = new FtpBinding(opened.trust()).dial(opened.address(), route, GatewayScene.PATIENCE);
    return FakeAgent.connect(wire, machine, opened.scene().server(), script).awaitLinked();
  }

  @Test
  @DisplayName("K4 an operation's output comes back whole over files")
  void anOperationIsAnswered() throws Exception {
    byte[] text = new byte[2_000_000];
    new Random(1).nextBytes(text);
    OperationScript script = (id, operation) -> new Answer(List.of(new Answer.Piece(OutputChannel.STDOUT, text)),
        Answer.printed("").result());
    try (FakeAgent agent = connect(script)) {
      AgentLink link = opened.scene().listener().awaitUp();
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      OperationResult result = link.call(GatewayScene.call(), (channel, bytes, position) -> out.writeBytes(bytes));

      assertThat(result.outcome()).isEqualTo(Outcome.DONE);
      assertThat(out.toByteArray()).isEqualTo(text);
      assertThat(link.facts().transport()).isEqualTo("ftp");
      assertThat(link.facts().remote().isLoopbackAddress()).isTrue();
      assertThat(agent.hasEnded()).isFalse();
    }
  }

  @Test
  @DisplayName("K4 a link outlives its connections, and loses and repeats nothing")
  void aLinkOutlivesItsConnections() throws Exception {
    byte[] text = new byte[1_500_000];
    new Random(2).nextBytes(text);
    CuttingRoute route = new CuttingRoute();
    OperationScript script = (id, operation) -> new Answer(List.of(new Answer.Piece(OutputChannel.STDOUT, text)),
        Answer.printed("").result());
    try (FakeAgent agent = connect(script, route)) {
      AgentLink link = opened.scene().listener().awaitUp();
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      OperationResult result = link.call(GatewayScene.call(), (channel, bytes, position) -> out.writeBytes(bytes));

      assertThat(result.outcome()).isEqualTo(Outcome.DONE);
      assertThat(out.toByteArray()).isEqualTo(text);
      assertThat(route.cuts()).isPositive();
      assertThat(agent.hasEnded()).isFalse();
    }
  }

  @Test
  void anAgentThatEndsIsDownAtOnceAndLeavesNothing() throws Exception {
    try (FakeAgent agent = connect(OperationScript.none())) {
      opened.scene().listener().awaitUp();
      assertThat(agent.hasEnded()).isFalse();
    }
    opened.scene().listener().awaitDown();
    GatewayScene.await("the gateway counts it no more", () -> opened.scene().gateway().connections() == 0);
  }

  @Test
  void aDrainedAgentIsToldToComeBack() throws Exception {
    try (FakeAgent agent = connect(OperationScript.none())) {
      opened.scene().listener().awaitUp();
      opened.scene().gateway().drain(Duration.ofSeconds(30));

      assertThat(opened.scene().gateway().links()).isEmpty();
      GatewayScene.await("the agent has gone", agent::hasEnded);
    }
  }
}
