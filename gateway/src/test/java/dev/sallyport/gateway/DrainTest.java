package dev.sallyport.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import dev.sallyport.protocol.frame.GoAwayCode;
import dev.sallyport.protocol.operation.OperationResult;
import dev.sallyport.protocol.operation.Outcome;
import dev.sallyport.testing.agent.AgentIdentity;
import dev.sallyport.testing.agent.Answer;
import dev.sallyport.testing.agent.FakeAgent;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(240)
@ParameterizedClass
@EnumSource(Transports.class)
class DrainTest {
  private final Transports transport;

  private final CountDownLatch goOn = new CountDownLatch(1);
  @TempDir
  private Path folder;
  private GatewayScene scene;

  DrainTest(Transports transport) {
    this.transport = transport;
  }

  @BeforeEach
  void open() throws IOException {
    scene = GatewayScene.open(folder, transport);
  }

  @AfterEach
  void close() {
    goOn.countDown();
    scene.close();
  }

  @Test
  void agentsAreAskedToGoAndComeBackEachAtATimeOfItsOwn() throws Exception {
    try (FakeAgent one = scene.linked(scene.knownMachine()); FakeAgent other = scene.linked(scene.knownMachine())) {
      scene.listener().awaitUp();
      scene.listener().awaitUp();

      scene.gateway().drain(Duration.ofSeconds(30));

      for (FakeAgent agent : new FakeAgent[]{one, other}) {
        assertThat(agent.control().goneAways().poll(60, TimeUnit.SECONDS)).isEqualTo(GoAwayCode.SHUTDOWN);
        assertThat(agent.control().retryAfter()).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(10));
        agent.awaitEnd();
        scene.listener().awaitDown();
      }
      assertThat(scene.gateway().links()).isEmpty();
    }
  }

  @Test
  void whatIsUnderWayMayEndAndNothingNewBegins() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    try (FakeAgent agent = scene.connect(scene.knownMachine(), (id, operation) -> {
      asked.countDown();
      goOn.await();
      return Answer.printed("in time");
    }).awaitLinked()) {
      AgentLink link = scene.listener().awaitUp();
      CompletableFuture<OperationResult> underWay = call(link);
      asked.await();
      CompletableFuture<Void> drained = CompletableFuture.runAsync(this::drain);
      assertThat(agent.control().goneAways().poll(60, TimeUnit.SECONDS)).isEqualTo(GoAwayCode.SHUTDOWN);

      assertThatThrownBy(() -> link.call(GatewayScene.call(), OutputSink.none())).isInstanceOf(LinkLostException.class);
      assertThat(drained).isNotDone();
      goOn.countDown();
      assertThat(underWay.get(60, TimeUnit.SECONDS).outcome()).isEqualTo(Outcome.DONE);
      drained.get(60, TimeUnit.SECONDS);
    }
  }

  @Test
  void whatTakesTooLongIsCut() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    try (FakeAgent agent = scene.connect(scene.knownMachine(), (id, operation) -> {
      asked.countDown();
      goOn.await();
      return Answer.printed("too late");
    }).awaitLinked()) {
      CompletableFuture<OperationResult> underWay = call(scene.listener().awaitUp());
      asked.await();

      scene.gateway().drain(Duration.ofMillis(100));

      assertThatThrownBy(() -> underWay.get(60, TimeUnit.SECONDS)).hasCauseInstanceOf(LinkLostException.class);
      agent.awaitEnd();
      scene.listener().awaitDown();
    }
  }

  @Test
  void aGatewayThatIsGoneIsOpenedAgainAndItsAgentsComeBack() throws Exception {
    AgentIdentity machine = scene.knownMachine();
    assertThat(scene.visit(machine)).isEqualTo(1);
    scene.gateway().drain(Duration.ofSeconds(5));
    scene.gateway().close();
    scene.gateway().close();

    scene.gateway().open();
    assertThat(scene.visit(machine)).isEqualTo(2);
  }

  @Test
  void aPortThatIsTakenIsSaidSo() throws Exception {
    assertThatThrownBy(() -> GatewayScene.openOn(folder.resolve("second"), scene.gateway().port()))
        .isInstanceOf(IOException.class).hasMessageContaining("port " + scene.gateway().port())
        .hasMessageContaining("see whether another program has it");
  }

  private void drain() {
    try {
      scene.gateway().drain(Duration.ofSeconds(60));
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static CompletableFuture<OperationResult> call(AgentLink link) {
    CompletableFuture<OperationResult> result = new CompletableFuture<>();
    Thread.ofVirtual().start(() -> {
      try {
        result.complete(link.call(GatewayScene.call(), OutputSink.none()));
      } catch (LinkLostException | InterruptedException e) {
        result.completeExceptionally(e);
      }
    });
    return result;
  }
}
