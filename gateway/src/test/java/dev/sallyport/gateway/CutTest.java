package dev.sallyport.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

import dev.sallyport.protocol.ServerAddress;
import dev.sallyport.protocol.operation.OperationId;
import dev.sallyport.protocol.operation.Outcome;
import dev.sallyport.testing.agent.AgentIdentity;
import dev.sallyport.testing.agent.Answer;
import dev.sallyport.testing.agent.FakeAgent;
import dev.sallyport.testing.agent.OperationScript;
import dev.sallyport.transport.Wire;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * One connection, cut at every point worth it: inside and around each word of TLS, of the binding, of the handshake and of the session,
 * in either direction. What was ordered happens once, its output comes whole, and the machine is never locked out.
 */
@Timeout(300)
@ParameterizedClass
@EnumSource(value = Transports.class, names = {"WEBSOCKET", "TLS", "TCP"})
class CutTest {
  private static final String OUTPUT = "0123456789".repeat(100);

  private final Transports transport;
  private final Map<OperationId, AtomicInteger> runs = new ConcurrentHashMap<>();
  /** Runs an operation once and then knows its answer, as an agent's journal does. */
  private final Map<OperationId, Answer> journal = new ConcurrentHashMap<>();
  private final OperationScript script = (id, _) -> journal.computeIfAbsent(id, this::perform);

  @TempDir
  private Path folder;
  private GatewayScene scene;
  private AgentIdentity machine;

  CutTest(Transports transport) {
    this.transport = transport;
  }

  @BeforeEach
  void open() throws IOException {
    scene = GatewayScene.open(folder, transport);
    machine = scene.knownMachine();
  }

  @AfterEach
  void close() {
    scene.close();
  }

  private Answer perform(OperationId id) {
    runs.computeIfAbsent(id, _ -> new AtomicInteger()).incrementAndGet();
    return Answer.printed(OUTPUT);
  }

  @Test
  @DisplayName("K4 an order survives a cut at every point: run once, its output whole, the machine back")
  void anOrderSurvivesACutAtEveryPoint() throws Exception {
    ServerAddress straight = scene.address(transport.door());
    try (PointRelay relay = new PointRelay(straight.port())) {
      ServerAddress relayed = ServerAddress
          .of(straight.toString().replace(":" + straight.port(), ":" + relay.port()));
      assertThat(attempt(relayed, newId())).isEqualTo(OUTPUT);
      List<PointRelay.Point> points = relay.points();
      assertThat(points).hasSizeGreaterThan(20);
      var broken = new ArrayList<PointRelay.Point>();

      for (PointRelay.Point point : points) {
        OperationId id = newId();
        relay.cutNext(point);
        String first = attempt(relayed, id);
        if (first.length() < OUTPUT.length()) {
          broken.add(point);
        }
        assertThat(first + attempt(straight, id, first.length())).as("cut at %s", point).isEqualTo(OUTPUT);
        assertThat(runs.get(id)).as("cut at %s", point).hasValue(1);
      }

      assertThat(broken).as("points at which the order was under way or not yet there").hasSizeGreaterThan(20);
      assertThat(scene.directory().refusals()).noneMatch(refusal -> refusal.reason() == RefusalReason.NO_COMMON_SECRET);
    }
  }

  private static OperationId newId() {
    return OperationId.of(UUID.randomUUID(), 0);
  }

  private String attempt(ServerAddress address, OperationId id) throws Exception {
    return attempt(address, id, 0);
  }

  /** Lets the machine come, orders and returns the output that came from a position on: all, some, or none if it was cut before. */
  private String attempt(ServerAddress address, OperationId id, int from) throws Exception {
    var output = new ByteArrayOutputStream();
    try (Wire wire = transport.binding(scene).dial(address, GatewayScene.PATIENCE);
        FakeAgent agent = FakeAgent.connect(wire, machine, scene.server(), script)) {
      GatewayScene.await("it is linked, or cut", () -> agent.hasEnded() || !scene.gateway().links().isEmpty());
      for (AgentLink link : scene.gateway().links()) {
        order(link, id, from, output);
      }
    } catch (IOException e) {
      output.reset(); // cut before there was a session
    }
    GatewayScene.await("the link is gone", () -> scene.gateway().links().isEmpty());
    return output.toString(StandardCharsets.US_ASCII);
  }

  private static void order(AgentLink link, OperationId id, int from, ByteArrayOutputStream output)
      throws IOException, InterruptedException {
    try {
      var result = link.call(GatewayScene.call(id, from),
          (_, bytes, _) -> output.writeBytes(bytes));
      assertThat(result.outcome()).isEqualTo(Outcome.DONE);
    } catch (LinkLostException e) {
      return; // cut, as it was to be; what came until then counts
    }
  }
}
