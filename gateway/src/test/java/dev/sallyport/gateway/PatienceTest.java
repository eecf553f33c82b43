package dev.sallyport.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import dev.sallyport.testing.ManualClock;
import dev.sallyport.testing.agent.AgentIdentity;
import dev.sallyport.testing.agent.FakeAgent;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whoever stops at a step is waited for so long and no longer. Time is virtual: it stands still until the step is reached, however
 * slow the machine, and passes fast from then on.
 */
@Timeout(240)
class PatienceTest {
  private final ManualClock clock = new ManualClock();
  private final ScheduledExecutorService passing = Executors.newSingleThreadScheduledExecutor();
  @TempDir
  private Path folder;
  private GatewayScene scene;

  @BeforeEach
  void open() throws IOException {
    scene = GatewayScene.open(folder, GatewayScene.patientLimits().with(GatewayLimits.Patience.STANDARD), clock);
  }

  private void letTimePass() {
    var _ = passing.scheduleAtFixedRate(() -> clock.advance(Duration.ofSeconds(1)), 0, 5, TimeUnit.MILLISECONDS);
  }

  @AfterEach
  void close() {
    passing.shutdownNow();
    scene.close();
  }

  @Test
  void aConnectionThatSaysNothingIsClosed() throws Exception {
    try (Socket silent = new Socket(InetAddress.getLoopbackAddress(), scene.gateway().port())) {
      letTimePass();
      assertThat(silent.getInputStream().read()).isEqualTo(-1);
    }
    assertThat(scene.awaitRefusal().reason()).isEqualTo(RefusalReason.TOO_SLOW);
  }

  @Test
  void aSlowTlsHandshakeIsClosed() throws Exception {
    try (Socket slow = new Socket(InetAddress.getLoopbackAddress(), scene.gateway().port())) {
      slow.getOutputStream().write(new byte[]{0x16, 0x03, 0x01, 0x02, 0x00, 0x01}); // the beginning of a ClientHello
      letTimePass();
      assertThat(slow.getInputStream().read()).isEqualTo(-1);
    }
  }

  @Test
  void aRequestThatStopsBeforeItTellsWhoseItIsIsClosed() throws Exception {
    try (TlsClient slow = TlsClient.connect(scene)) {
      slow.write("GET /ag");
      letTimePass();
      assertThat(slow.readAll()).isEmpty();
    }
    assertThat(scene.awaitRefusal().reason()).isEqualTo(RefusalReason.TOO_SLOW);
  }

  @Test
  void anAgentsRequestThatStopsInTheMiddleIsClosed() throws Exception {
    try (TlsClient slow = TlsClient.connect(scene)) {
      slow.write("GET /agent HTTP/1.1\r\nHost: loc");
      letTimePass();
      assertThat(slow.readAll()).isEmpty();
    }
  }

  @Test
  void anAgentWithoutHelloIsClosed() throws Exception {
    try (Stranger silent = new Stranger(scene)) {
      letTimePass();
      silent.awaitClosed();
    }
    assertThat(scene.awaitRefusal().reason()).isEqualTo(RefusalReason.TOO_SLOW);
  }

  @Test
  void anAgentWithHalfAHelloIsClosed() throws Exception {
    try (TlsClient slow = TlsClient.connect(scene)) {
      slow.write(Requests.UPGRADE);
      assertThat(slow.read(12)).isEqualTo("HTTP/1.1 101");
      slow.write(new byte[]{(byte) 0x82, (byte) 0xFE, 0x06, 0x29, 0, 0, 0, 0, 1, 'S', 'L', 'P', '1'}); // of 1,577 bytes
      letTimePass();
      slow.readAll();
    }
    assertThat(scene.awaitRefusal().reason()).isEqualTo(RefusalReason.TOO_SLOW);
  }

  @Test
  void anAgentWithoutConfirmIsClosedAndItsHandshakeForgotten() throws Exception {
    AgentIdentity machine = scene.knownMachine();
    try (Stranger silent = new Stranger(scene, machine)) {
      silent.say(silent.hello()).listen();
      letTimePass();
      silent.awaitClosed();
    }
    assertThat(scene.awaitRefusal().reason()).isEqualTo(RefusalReason.TOO_SLOW);
    assertThat(scene.directory().epoch(machine.publicKey())).isZero();
  }

  @Test
  void anAgentThatNeverDescribesItselfIsClosed() throws Exception {
    AgentIdentity machine = scene.knownMachine();
    try (Stranger silent = new Stranger(scene, machine)) {
      silent.say(silent.hello()).listen().speak().listen();
      GatewayScene.await("it is linked", () -> scene.gateway().links().size() == 1);
      letTimePass();
      silent.awaitClosed();
    }
    GatewayScene.await("no link is left", () -> scene.gateway().links().isEmpty());
    assertThat(scene.listener().upCount()).isZero();
    assertThat(scene.directory().epoch(machine.publicKey())).isEqualTo(1);
  }

  @Test
  void aLinkThatIsSilentForLongerThanItsKeepaliveAllowsIsClosed() throws Exception {
    try (FakeAgent agent = scene.linked(scene.knownMachine())) {
      AgentLink link = scene.listener().awaitUp();
      letTimePass();
      assertThat(scene.listener().awaitDown()).satisfies(down -> {
        assertThat(down.link()).isSameAs(link);
        assertThat(down.reason()).contains("not heard for too long");
      });
      agent.awaitEnd();
    }
  }
}
