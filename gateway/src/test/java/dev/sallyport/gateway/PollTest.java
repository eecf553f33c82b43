package dev.sallyport.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;

import dev.sallyport.protocol.ServerAddress;
import dev.sallyport.protocol.operation.Outcome;
import dev.sallyport.testing.agent.Answer;
import dev.sallyport.testing.agent.FakeAgent;
import dev.sallyport.testing.agent.OperationScript;
import dev.sallyport.transport.Wire;
import dev.sallyport.transport.http.HttpAnswer;
import dev.sallyport.transport.http.HttpBody;
import dev.sallyport.transport.poll.PollBinding;
import dev.sallyport.transport.poll.PollBody;
import dev.sallyport.transport.poll.PollLane;
import dev.sallyport.transport.socket.InputBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What only polls have: requests that are lost, repeated, forged, too large; and links that no connection keeps alive. */
@Timeout(240)
class PollTest {
  private static final String STRANGER = "0123456789abcdef0123456789abcdef";

  @TempDir
  private Path folder;
  private GatewayScene scene;

  @BeforeEach
  void open() throws IOException {
    scene = GatewayScene.open(folder, Transports.HTTP_POLL);
  }

  @AfterEach
  void close() {
    scene.close();
  }

  private HttpAnswer post(String path, byte[] body) throws IOException {
    return ask("POST " + path + " HTTP/1.1\r\nHost: x\r\nContent-Length: " + body.length + "\r\n\r\n", body);
  }

  private HttpAnswer ask(String head, byte[] body) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), scene.gateway().plainPorts().getFirst())) {
      socket.setSoTimeout((int) GatewayScene.PATIENCE.toMillis());
      socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
      socket.getOutputStream().write(body);
      var in = new InputBuffer(socket.getInputStream());
      HttpAnswer answer = HttpAnswer.readOfProxy(in);
      var _ = HttpBody.read(answer, in, PollBody.MAX_BYTES);
      return answer;
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  @DisplayName("K4 connections may be cut in the middle of everything: all arrives once and in order, and the link lives on")
  void connectionsMayBeCutInTheMiddleOfEverything(long seed) throws Exception {
    byte[] text = new byte[3 << 20];
    new Random(seed).nextBytes(text);
    try (var relay = new CuttingRelay(scene.gateway().plainPorts().getFirst(), seed, 2_000, 150_000)) {
      Wire wire = PollBinding.plain().dial(ServerAddress.of("http://localhost:" + relay.port()), GatewayScene.PATIENCE);
      try (FakeAgent agent = FakeAgent
          .connect(wire, scene.knownMachine(), scene.server(), (id, operation) -> Answer.printed(text))
          .awaitLinked()) {
        AgentLink link = scene.listener().awaitUp();
        for (int i = 0; i < 3; i++) {
          var out = new ByteArrayOutputStream();
          assertThat(link.call(GatewayScene.call(), (channel, bytes, position) -> out.writeBytes(bytes)).outcome())
              .isEqualTo(Outcome.DONE);
          assertThat(out.toByteArray()).isEqualTo(text);
        }
        assertThat(relay.cuts()).isPositive();
        assertThat(agent.hasEnded()).isFalse();
      }
    }
  }

  @Test
  void aLinkThatNobodyKnowsIsGone() throws Exception {
    assertThat(post(PollLane.DOWN.path(STRANGER), new PollBody.Ask(0, 0, Duration.ZERO).encode()).status())
        .isEqualTo(410);
    assertThat(post(PollLane.END.path(STRANGER), new PollBody.Taken(0).encode()).status()).isEqualTo(410);
    assertThat(post(PollLane.UP.path(STRANGER), new PollBody.Batch(7, List.of(new byte[]{1})).encode()).status())
        .isEqualTo(410);
  }

  @Test
  void aFirstMessageThatIsNoGreetingEndsTheLinkAndIsTold() throws Exception {
    assertThat(post(PollLane.UP.path(STRANGER), new PollBody.Batch(0, List.of(new byte[]{1, 2, 3})).encode()).status())
        .isEqualTo(200);

    assertThat(scene.awaitRefusal().transport()).isEqualTo("http-poll");
    GatewayScene.await("nothing of it is left", () -> scene.gateway().connections() == 0);
  }

  @Test
  void whatIsNoPollIsRefusedInWords() throws Exception {
    byte[] body = new PollBody.Taken(0).encode();
    assertThat(post("/slp/1/" + STRANGER + "/sideways", body).status()).isEqualTo(404);
    assertThat(post("/slp/1/" + STRANGER.toUpperCase(java.util.Locale.ROOT) + "/up", body).status()).isEqualTo(404);
    assertThat(post("/slp/1/abc/up", body).status()).isEqualTo(404);
    assertThat(post(PollLane.UP.path(STRANGER), "<html>log in</html>".getBytes(StandardCharsets.US_ASCII)).status())
        .isEqualTo(400);
    assertThat(post(PollLane.DOWN.path(STRANGER), new byte[0]).status()).isEqualTo(400);
    assertThat(ask("POST " + PollLane.UP.path(STRANGER)
        + " HTTP/1.1\r\nOrigin: https://evil.example\r\nContent-Length: 12\r\n\r\n", body)
        .status()).isEqualTo(403);
    assertThat(ask("POST " + PollLane.UP.path(STRANGER) + " SPDY\r\n\r\n", new byte[0]).status()).isEqualTo(400);
  }

  @Test
  @DisplayName("T18 a stranger's request is heard no further than a greeting is long")
  void aStrangersRequestIsBounded() throws Exception {
    byte[] much = new byte[20_000];

    assertThat(post(PollLane.UP.path(STRANGER), much).status()).isEqualTo(413);
    assertThat(
        ask("POST " + PollLane.UP.path(STRANGER) + " HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n4e20\r\n", much)
            .status())
        .isEqualTo(413);
  }

  @Test
  void somethingElseOnThePlainPortHearsWhereTheConsoleIs() throws Exception {
    for (String head : List.of("GET / HTTP/1.1\r\nHost: x\r\n\r\n", "GET /agent HTTP/1.1\r\n\r\n",
        "HEAD / HTTP/1.0\r\n\r\n")) {
      assertThat(ask(head, new byte[0]).status()).isEqualTo(404);
    }
  }

  @Test
  @DisplayName("a poll that is sent again by somebody takes nothing away from the link")
  void aRepeatedPollTakesNothingAway() throws Exception {
    var seen = new java.util.concurrent.CopyOnWriteArrayList<byte[]>();
    try (var tap = new RequestTap(scene.gateway().plainPorts().getFirst(), seen)) {
      Wire wire = PollBinding.plain().dial(ServerAddress.of("http://localhost:" + tap.port()), GatewayScene.PATIENCE);
      OperationScript script = (id, operation) -> Answer.printed(new byte[50_000]);
      try (FakeAgent agent = FakeAgent.connect(wire, scene.knownMachine(), scene.server(), script).awaitLinked()) {
        AgentLink link = scene.listener().awaitUp();
        for (int i = 0; i < 20; i++) {
          for (byte[] request : seen) {
            replay(request);
          }
          seen.clear();
          assertThat(link.call(GatewayScene.call(), OutputSink.none()).outcome()).isEqualTo(Outcome.DONE);
        }
        assertThat(agent.hasEnded()).isFalse();
      }
    }
  }

  private void replay(byte[] request) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), scene.gateway().plainPorts().getFirst())) {
      socket.getOutputStream().write(request);
      socket.getOutputStream().flush();
    }
  }

  @Test
  void anAgentThatVanishesIsMissedWhenItsSessionIsSilent() throws Exception {
    FakeAgent agent = scene.linked(scene.knownMachine());
    scene.listener().awaitUp();
    agent.close();
    scene.listener().awaitDown();

    GatewayScene.await("nothing of it is left", () -> scene.gateway().connections() == 0);
  }
}
