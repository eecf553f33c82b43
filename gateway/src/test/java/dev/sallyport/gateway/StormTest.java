package dev.sallyport.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

import dev.sallyport.protocol.message.FailCode;
import dev.sallyport.protocol.operation.Outcome;
import dev.sallyport.testing.agent.AgentEnd;
import dev.sallyport.testing.agent.AgentIdentity;
import dev.sallyport.testing.agent.Answer;
import dev.sallyport.testing.agent.FakeAgent;
import dev.sallyport.testing.agent.OperationScript;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Many agents at once, through real TLS. */
@Timeout(300)
class StormTest {
  private static final int AGENTS = 300;
  private static final int SILENT = 3_000;
  private static final int DIALLING_AT_ONCE = 50;

  @TempDir
  private Path folder;

  @Test
  void hundredsOfAgentsConnectAreCalledAndLeaveNothingBehind() throws Exception {
    try (GatewayScene scene = GatewayScene.open(folder);
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Semaphore dialling = new Semaphore(DIALLING_AT_ONCE);
      List<Future<FakeAgent>> agents = new ArrayList<>();
      for (int i = 0; i < AGENTS; i++) {
        AgentIdentity machine = scene.knownMachine();
        agents.add(threads.submit(() -> {
          dialling.acquire();
          try {
            return scene.connect(machine, (id, operation) -> Answer.printed(machine.hostname())).awaitLinked();
          } finally {
            dialling.release();
          }
        }));
      }
      Set<String> answers = new HashSet<>();
      for (int i = 0; i < AGENTS; i++) {
        AgentLink link = scene.listener().awaitUp();
        StringBuilder name = new StringBuilder();
        assertThat(link.call(GatewayScene.call(), (channel, bytes, position) -> name.append(new String(bytes,
            StandardCharsets.UTF_8))).outcome()).isEqualTo(Outcome.DONE);
        answers.add(name.toString());
      }
      assertThat(answers).hasSize(AGENTS);
      assertThat(scene.gateway().links()).hasSize(AGENTS);

      for (Future<FakeAgent> agent : agents) {
        agent.get(60, TimeUnit.SECONDS).close();
      }
      GatewayScene.await("all connections have ended", () -> scene.gateway().connections() == 0);
      GatewayScene.await("all links have ended", () -> scene.gateway().links().isEmpty());
      assertThat(scene.directory().refusals()).isEmpty();
    }
  }

  @Test
  void aSourceThatSendsTooManyHellosIsAskedToWaitAndHeardOf() throws Exception {
    GatewayLimits limits = GatewayScene.patientLimits();
    GatewayLimits few = limits.with(limits.handshakes().withPerSource(new GatewayLimits.Rate(0.001, 3)));
    try (GatewayScene scene = GatewayScene.open(folder, few)) {
      int busy = 0;
      for (int i = 0; i < 10; i++) {
        try (Stranger stranger = new Stranger(scene)) {
          byte[] hello = new byte[1_577];
          hello[0] = 1;
          busy += stranger.say(hello).hearFail().code() == FailCode.BUSY ? 1 : 0;
        }
      }
      assertThat(busy).isEqualTo(7);
      assertThat(scene.awaitRefusal().reason()).isEqualTo(RefusalReason.MALFORMED);
    }
  }

  @Test
  void oneKeyThatCallsTooOftenIsAskedToWait() throws Exception {
    GatewayLimits limits = GatewayScene.patientLimits();
    GatewayLimits few = limits.with(limits.handshakes().withPerKey(new GatewayLimits.Rate(0.001, 2)));
    try (GatewayScene scene = GatewayScene.open(folder, few)) {
      AgentIdentity machine = scene.knownMachine();
      scene.visit(machine);
      scene.visit(machine);
      try (FakeAgent agent = scene.connect(machine, OperationScript.none())) {
        assertThat(agent.awaitEnd()).isInstanceOfSatisfying(AgentEnd.Failed.class, failed -> {
          assertThat(failed.code()).isEqualTo(FailCode.BUSY);
          assertThat(failed.retryAfter()).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(10));
        });
      }
      assertThat(scene.awaitRefusal().reason()).isEqualTo(RefusalReason.KEY_THROTTLED);
      assertThat(scene.visit(scene.knownMachine())).as("another machine of the same source").isEqualTo(1);
    }
  }

  @Test
  void oneSourceCannotTakeAllConnections() throws Exception {
    GatewayLimits few = GatewayScene.patientLimits().with(new GatewayLimits.Connections(1_000, 500, 5));
    try (GatewayScene scene = GatewayScene.open(folder, few)) {
      List<TlsClient> silent = new ArrayList<>();
      for (int i = 0; i < 5; i++) {
        silent.add(TlsClient.connect(scene));
      }
      assertThat(refused(scene)).isTrue();
      for (TlsClient client : silent) {
        client.close();
      }
      GatewayScene.await("there is room again", () -> scene.gateway().connections() == 0);
      assertThat(scene.visit(scene.knownMachine())).isEqualTo(1);
    }
  }

  @Test
  void thousandsOfConnectionsThatNeverSpeakHarmNoAgent() throws Exception {
    try (GatewayScene scene = GatewayScene.open(folder);
        FakeAgent early = scene.connect(scene.knownMachine(), (_, _) -> Answer.printed("early")).awaitLinked()) {
      AgentLink link = scene.listener().awaitUp();
      List<Socket> silent = new ArrayList<>();
      try {
        for (int i = 0; i < SILENT; i++) {
          int port = i % 2 == 0 ? scene.gateway().port() : scene.gateway().plainPorts().getFirst();
          silent.add(new Socket(InetAddress.getLoopbackAddress(), port));
        }
        GatewayScene.await("all are counted", () -> scene.gateway().connections() > SILENT);

        assertThat(link.call(GatewayScene.call(), OutputSink.none()).outcome()).isEqualTo(Outcome.DONE);
        assertThat(scene.visit(scene.knownMachine())).isEqualTo(1);
      } finally {
        for (Socket socket : silent) {
          socket.close();
        }
      }
      GatewayScene.await("they are forgotten", () -> scene.gateway().connections() == 1);
      assertThat(early.hasEnded()).isFalse();
    }
  }

  private static boolean refused(GatewayScene scene) {
    try (TlsClient client = TlsClient.connect(scene)) {
      return client.in().read() < 0;
    } catch (IOException e) {
      return true;
    }
  }
}
