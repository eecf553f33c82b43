package dev.sallyport.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import dev.sallyport.protocol.channel.AgentPolicy;
import dev.sallyport.protocol.channel.OutputChannel;
import dev.sallyport.protocol.channel.ServerMessage;
import dev.sallyport.protocol.frame.GoAwayCode;
import dev.sallyport.protocol.json.JsonObject;
import dev.sallyport.protocol.operation.OperationId;
import dev.sallyport.protocol.operation.OperationResult;
import dev.sallyport.protocol.operation.Outcome;
import dev.sallyport.testing.agent.AgentIdentity;
import dev.sallyport.testing.agent.Answer;
import dev.sallyport.testing.agent.FakeAgent;
import dev.sallyport.testing.agent.OperationScript;
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
class LinkTest {
  private final Transports transport;

  @TempDir
  private Path folder;
  private GatewayScene scene;

  LinkTest(Transports transport) {
    this.transport = transport;
  }

  @BeforeEach
  void open() throws IOException {
    scene = GatewayScene.open(folder, transport);
  }

  @AfterEach
  void close() {
    scene.close();
  }

  @Test
  void anAgentThatDescribedItselfIsUp() throws Exception {
    AgentIdentity machine = scene.knownMachine();
    try (FakeAgent agent = scene.linked(machine)) {
      AgentLink link = scene.listener().awaitUp();

      assertThat(link.facts().description().hostname()).isEqualTo(machine.hostname());
      assertThat(link.facts().remote().isLoopbackAddress()).isTrue();
      assertThat(link.facts().transport()).isEqualTo(transport.binding(scene).transport());
      assertThat(link.facts().epoch()).isEqualTo(1);
      assertThat(scene.gateway().links()).hasSize(1);
      assertThat(agent.hasEnded()).isFalse();
    }
  }

  @Test
  void aCallReturnsOutputInOrderAndTheResult() throws Exception {
    byte[] text = new byte[100_000];
    new Random(1).nextBytes(text);
    OperationScript script = (id, operation) -> new Answer(List.of(new Answer.Piece(OutputChannel.STDOUT, text),
        new Answer.Piece(OutputChannel.STDERR, new byte[]{1, 2}),
        new Answer.Piece(OutputChannel.STDOUT, new byte[]{3})),
        Answer.printed("").result());
    try (FakeAgent agent = scene.connect(scene.knownMachine(), script).awaitLinked()) {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      ByteArrayOutputStream error = new ByteArrayOutputStream();
      List<Long> positions = new ArrayList<>();

      OperationResult result = scene.listener().awaitUp().call(GatewayScene.call(), (channel, bytes, position) -> {
        positions.add(position);
        (channel == OutputChannel.STDOUT ? out : error).writeBytes(bytes);
      });

      assertThat(result.outcome()).isEqualTo(Outcome.DONE);
      assertThat(result.exitCode()).hasValue(0);
      assertThat(Arrays.copyOf(out.toByteArray(), text.length)).isEqualTo(text);
      assertThat(error.toByteArray()).containsExactly(1, 2);
      assertThat(positions).isSorted().startsWith(0L).endsWith(100_002L);
      assertThat(agent.hasEnded()).isFalse();
    }
  }

  @Test
  void outputResumesWhereTheServerLeftOff() throws Exception {
    try (FakeAgent agent = scene.connect(scene.knownMachine(), (id, operation) -> Answer.printed("0123456789"))
        .awaitLinked()) {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      List<Long> positions = new ArrayList<>();

      scene.listener().awaitUp().call(GatewayScene.call(new OperationId(UUID.randomUUID() + "/7"), 4),
          (channel, bytes, position) -> {
            positions.add(position);
            out.writeBytes(bytes);
          });

      assertThat(out).hasToString("456789");
      assertThat(positions).containsExactly(4L);
      assertThat(agent.hasEnded()).isFalse();
    }
  }

  @Test
  void aThousandCallsAreInFlightAtOnceAndOneSlowOneDelaysNoOther() throws Exception {
    int calls = 1_000;
    CountDownLatch allThere = new CountDownLatch(calls);
    OperationScript script = (id, operation) -> {
      allThere.countDown();
      allThere.await();
      return Answer.found(JsonObject.builder().put("id", id.value()).build());
    };
    try (FakeAgent agent = scene.connect(scene.knownMachine(), script).awaitLinked();
        ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      AgentLink link = scene.listener().awaitUp();
      List<Future<Boolean>> answers = new ArrayList<>();
      for (int i = 0; i < calls; i++) {
        OperationCall call = GatewayScene.call();
        answers.add(callers.submit(
            () -> link.call(call, OutputSink.none()).value().string("id", 64).equals(call.id().value())));
      }
      for (Future<Boolean> answer : answers) {
        assertThat(answer.get(60, TimeUnit.SECONDS)).isTrue();
      }
      assertThat(agent.hasEnded()).isFalse();
    }
  }

  @Test
  void callsFailWithATypeWhenTheLinkIsLost() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    OperationScript script = (id, operation) -> {
      asked.countDown();
      new CountDownLatch(1).await();
      throw new IllegalStateException("never answers");
    };
    FakeAgent agent = scene.connect(scene.knownMachine(), script).awaitLinked();
    AgentLink link = scene.listener().awaitUp();
    CompletableFuture<Throwable> failure = new CompletableFuture<>();
    Thread.ofVirtual().start(() -> {
      try {
        link.call(GatewayScene.call(), OutputSink.none());
      } catch (LinkLostException | InterruptedException e) {
        failure.complete(e);
      }
    });
    asked.await();
    agent.close();

    assertThat(failure.get(60, TimeUnit.SECONDS)).isInstanceOf(LinkLostException.class)
        .hasMessageContaining(link.agentId());
    assertThat(scene.listener().awaitDown().link()).isSameAs(link);
    assertThatThrownBy(() -> link.call(GatewayScene.call(), OutputSink.none())).isInstanceOf(LinkLostException.class);
    GatewayScene.await("no link is left", () -> scene.gateway().links().isEmpty());
  }

  @Test
  void anInterruptedCallerGivesUpTheStreamAndTheLinkLivesOn() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    OperationScript script = (id, operation) -> {
      if (asked.getAndIncrement() == 0) {
        new CountDownLatch(1).await();
      }
      return Answer.printed("second");
    };
    try (FakeAgent agent = scene.connect(scene.knownMachine(), script).awaitLinked()) {
      AgentLink link = scene.listener().awaitUp();
      CompletableFuture<Throwable> failure = new CompletableFuture<>();
      Thread caller = Thread.ofVirtual().start(() -> {
        try {
          link.call(GatewayScene.call(), OutputSink.none());
        } catch (LinkLostException | InterruptedException e) {
          failure.complete(e);
        }
      });
      GatewayScene.await("the agent is asked", () -> asked.get() == 1);
      caller.interrupt();

      assertThat(failure.get(60, TimeUnit.SECONDS)).isInstanceOf(InterruptedException.class);
      assertThat(link.call(GatewayScene.call(), OutputSink.none()).outcome()).isEqualTo(Outcome.DONE);
      assertThat(agent.hasEnded()).isFalse();
    }
  }

  @Test
  void aSinkThatFailsEndsItsCallAlone() throws Exception {
    try (FakeAgent agent = scene.connect(scene.knownMachine(), (id, operation) -> Answer.printed(new byte[200_000]))
        .awaitLinked()) {
      AgentLink link = scene.listener().awaitUp();

      assertThatThrownBy(() -> link.call(GatewayScene.call(), (channel, bytes, position) -> {
        throw new IllegalStateException("the disk is full");
      })).isInstanceOf(IllegalStateException.class).hasMessage("the disk is full");

      assertThat(link.call(GatewayScene.call(), OutputSink.none()).outcome()).isEqualTo(Outcome.DONE);
      assertThat(agent.hasEnded()).isFalse();
    }
  }

  @Test
  void aSlowSinkHoldsTheAgentBackAndLosesNothing() throws Exception {
    byte[] text = new byte[8 << 20];
    new Random(2).nextBytes(text);
    try (FakeAgent agent = scene.connect(scene.knownMachine(), (id, operation) -> Answer.printed(text)).awaitLinked()) {
      AgentLink link = scene.listener().awaitUp();
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      CountDownLatch goOn = new CountDownLatch(1);
      CompletableFuture<OperationResult> result = new CompletableFuture<>();
      Thread.ofVirtual().start(() -> {
        try {
          result.complete(link.call(GatewayScene.call(), (channel, bytes, position) -> {
            awaitQuietly(goOn);
            out.writeBytes(bytes);
          }));
        } catch (LinkLostException | InterruptedException e) {
          result.completeExceptionally(e);
        }
      });
      goOn.countDown();

      assertThat(result.get(60, TimeUnit.SECONDS).outputBytes()).isEqualTo(text.length);
      assertThat(out.toByteArray()).isEqualTo(text);
      assertThat(agent.hasEnded()).isFalse();
    }
  }

  @Test
  void theAgentHearsPolicySettlementsAndCancellations() throws Exception {
    OperationId stored = new OperationId(UUID.randomUUID() + "/1");
    OperationId unknown = new OperationId(UUID.randomUUID() + "/2");
    scene.listener().stored(List.of(stored));
    try (FakeAgent agent = scene.linked(scene.knownMachine())) {
      AgentLink link = scene.listener().awaitUp();

      assertThat(agent.control().holds(List.of(stored, unknown))).isTrue();
      assertThat(agent.control().heard().poll(60, TimeUnit.SECONDS))
          .isEqualTo(new ServerMessage.Settled(List.of(stored)));
      link.cancel(unknown);
      assertThat(agent.control().heard().poll(60, TimeUnit.SECONDS)).isEqualTo(new ServerMessage.Cancel(unknown));
      AgentPolicy policy = new AgentPolicy(Duration.ofSeconds(10), Duration.ofSeconds(2), Duration.ofSeconds(60));
      link.policy(policy);
      assertThat(agent.control().heard().poll(60, TimeUnit.SECONDS)).isEqualTo(new ServerMessage.Policy(policy));
      link.servers(List.of("wss://10.0.0.5/agent"));
      assertThat(agent.control().heard().poll(60, TimeUnit.SECONDS))
          .isEqualTo(new ServerMessage.Servers(List.of("wss://10.0.0.5/agent")));
      List<OperationId> many = new ArrayList<>();
      for (int i = 0; i < 501; i++) {
        many.add(new OperationId(UUID.randomUUID() + "/" + i));
      }
      link.settle(many);
      assertThat(agent.control().heard().poll(60, TimeUnit.SECONDS))
          .isEqualTo(new ServerMessage.Settled(many.subList(0, 500)));
      assertThat(agent.control().heard().poll(60, TimeUnit.SECONDS))
          .isEqualTo(new ServerMessage.Settled(many.subList(500, 501)));
    }
  }

  @Test
  void aNewLinkOfTheSameAgentTakesThePlaceOfTheOld() throws Exception {
    AgentIdentity machine = scene.knownMachine();
    try (FakeAgent old = scene.linked(machine)) {
      AgentLink first = scene.listener().awaitUp();
      try (FakeAgent young = scene.linked(machine)) {
        AgentLink second = scene.listener().awaitUp();

        assertThat(old.control().goneAways().poll(60, TimeUnit.SECONDS)).isEqualTo(GoAwayCode.SUPERSEDED);
        assertThat(scene.listener().awaitDown().link()).isSameAs(first);
        assertThat(second.agentId()).isEqualTo(first.agentId());
        assertThat(second.linkId()).isNotEqualTo(first.linkId());
        assertThat(scene.gateway().links()).hasSize(1);
        assertThat(young.hasEnded()).isFalse();
      }
    }
  }

  @Test
  void theSecretRollsWithEverySession() throws Exception {
    AgentIdentity machine = scene.knownMachine();
    for (int session = 1; session <= 6; session++) {
      assertThat(scene.visit(machine)).isEqualTo(session);
    }
    assertThat(scene.directory().epoch(machine.publicKey())).isEqualTo(6);
    assertThat(scene.directory().reports()).isEmpty();
  }

  @Test
  void keysAndSecretAreRenewedInsideALivingSession() throws Exception {
    AgentIdentity machine = scene.knownMachine();
    try (FakeAgent agent = scene.connect(machine, (id, operation) -> Answer.printed("still here")).awaitLinked()) {
      AgentLink link = scene.listener().awaitUp();

      agent.renewKeys();
      GatewayScene.await("the secret has rolled", () -> link.facts().epoch() == 2);

      assertThat(scene.directory().epoch(machine.publicKey())).isEqualTo(2);
      assertThat(link.call(GatewayScene.call(), OutputSink.none()).outcome()).isEqualTo(Outcome.DONE);
      assertThat(agent.hasEnded()).isFalse();
    }
  }

  @Test
  void theServerMayEndALink() throws Exception {
    try (FakeAgent agent = scene.linked(scene.knownMachine())) {
      scene.listener().awaitUp().close(GoAwayCode.POLICY);

      assertThat(agent.control().goneAways().poll(60, TimeUnit.SECONDS)).isEqualTo(GoAwayCode.POLICY);
      agent.awaitEnd();
      scene.listener().awaitDown();
    }
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
