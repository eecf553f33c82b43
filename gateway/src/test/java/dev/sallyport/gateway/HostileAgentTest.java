package dev.sallyport.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import dev.sallyport.protocol.channel.AgentMessage;
import dev.sallyport.protocol.channel.OutputChannel;
import dev.sallyport.protocol.channel.ResetCode;
import dev.sallyport.protocol.channel.ServerMessage;
import dev.sallyport.protocol.channel.StreamKind;
import dev.sallyport.protocol.frame.GoAwayCode;
import dev.sallyport.protocol.operation.OperationId;
import dev.sallyport.protocol.operation.OperationResult;
import dev.sallyport.session.stream.Session;
import dev.sallyport.session.stream.SessionStream;
import dev.sallyport.session.stream.StreamResetException;
import dev.sallyport.testing.agent.AgentIdentity;
import dev.sallyport.testing.agent.FakeAgent;
import dev.sallyport.transport.Wire;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An agent with a right identity and wrong intentions. */
@DisplayName("T32 T13 an agent can say what the protocol has words for, and nothing else")
@Timeout(240)
class HostileAgentTest {
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
  void dataWithoutAChannelEndsTheLink() throws Exception {
    assertCallEndsTheLink(stream -> stream.write(new byte[0], false), "begins with its channel");
  }

  @Test
  void anUnknownChannelEndsTheLink() throws Exception {
    assertCallEndsTheLink(stream -> stream.write(new byte[]{3, 1}, false), "output channel");
  }

  @Test
  void outputAfterTheResultEndsTheLink() throws Exception {
    assertCallEndsTheLink(stream -> {
      stream.write(new byte[]{OutputChannel.RESULT.code(), '{'}, false);
      stream.write(new byte[]{OutputChannel.STDOUT.code(), 'x'}, false);
    }, "no output follows the result");
  }

  @Test
  void aResultThatIsNoneEndsTheLink() throws Exception {
    for (String result : new String[]{"", "{}", "{\"outcome\":\"great\"}", "[]",
        "{\"outcome\":\"done\",\"outcome\":\"done\"}"}) {
      assertCallEndsTheLink(stream -> stream.write(("\0" + result).getBytes(StandardCharsets.UTF_8), true),
          "broke the protocol");
    }
  }

  @Test
  void aResultWithoutEndEndsTheLink() throws Exception {
    assertCallEndsTheLink(stream -> {
      for (int i = 0; i <= OperationResult.MAX_BYTES / 16_000; i++) {
        stream.write(new byte[16_001], false);
      }
    }, "at most " + OperationResult.MAX_BYTES);
  }

  @Test
  void outputWithoutEndEndsTheLink() throws Exception {
    byte[] piece = new byte[60_000];
    piece[0] = OutputChannel.STDERR.code();
    assertCallEndsTheLink(stream -> {
      for (int i = 0; i < 1_200; i++) {
        stream.write(piece.clone(), false);
      }
    }, "bytes of output");
  }

  @Test
  void aStreamThatTheAgentBreaksOffFailsItsCallAlone() throws Exception {
    try (Rogue rogue = new Rogue(stream -> stream.reset(ResetCode.GONE.code()))) {
      assertThatThrownBy(() -> rogue.link.call(GatewayScene.call(), OutputSink.none()))
          .isInstanceOf(LinkLostException.class)
          .hasMessageContaining("broke off").hasMessageContaining("code 4");
      assertThat(scene.gateway().links()).hasSize(1);
    }
  }

  private void assertCallEndsTheLink(Talk talk, String why) throws Exception {
    try (Rogue rogue = new Rogue(talk)) {
      assertThatThrownBy(() -> rogue.link.call(GatewayScene.call(), OutputSink.none()))
          .isInstanceOf(LinkLostException.class)
          .hasMessageContaining(why);
      assertThat(scene.listener().awaitDown().link()).isSameAs(rogue.link);
    }
  }

  @Test
  void aSecondControlStreamAndStreamsOfOtherKindsAreReset() throws Exception {
    try (FakeAgent agent = scene.linked(scene.knownMachine())) {
      AgentLink link = scene.listener().awaitUp();
      for (int kind : new int[]{StreamKind.CONTROL.code(), StreamKind.OPERATION.code(), 0, 3, 65_535}) {
        SessionStream stream = agent.session().open(kind, new byte[0]);
        assertThatThrownBy(stream::read).isInstanceOfSatisfying(StreamResetException.class,
            reset -> assertThat(reset.code()).isEqualTo(ResetCode.REFUSED.code()));
      }
      link.cancel(new OperationId(UUID.randomUUID() + "/0"));
      assertThat(agent.control().heard().poll(60, TimeUnit.SECONDS)).isInstanceOf(ServerMessage.Cancel.class);
    }
  }

  @Test
  void wordsThatAreNoAgentsEndTheLink() throws Exception {
    for (String words : new String[]{"{\"t\":\"policy\",\"checkInSeconds\":1,\"firstRetryMs\":100,\"lastRetryMs\":100}",
        "{\"t\":\"exec\"}", "{\"t\":\"held\",\"ids\":[\"../../etc\"],\"more\":false}", "", "{", "{\"t\":\"held\"}",
        "{\"t\":\"clock\",\"clockMs\":0,\"class\":\"java.lang.Runtime\"}"}) {
      AgentIdentity machine = scene.knownMachine();
      try (Stranger agent = new Stranger(scene, machine)) {
        agent.say(agent.hello()).listen().speak().listen().speak();
        scene.listener().awaitUp();
        Session session = agent.core().opened();
        SessionStream control = agent.core().control().stream();
        control.write(words.getBytes(StandardCharsets.UTF_8), false);
        assertThat(session.closed()).isFalse();
        agent.speak().awaitClosed();
        scene.listener().awaitDown();
      }
    }
  }

  @Test
  void anAgentDescribesItselfOnceAndFirst() throws Exception {
    try (FakeAgent agent = scene.linked(scene.knownMachine())) {
      scene.listener().awaitUp();
      agent.control().say(new AgentMessage.Describe("9", "other", "other", "", "x", "", Instant.EPOCH, List.of()));
      assertThat(agent.control().goneAways().poll(60, TimeUnit.SECONDS)).isEqualTo(GoAwayCode.PROTOCOL);
      scene.listener().awaitDown();
    }
  }

  @Test
  void aHeldListBeforeTheDescriptionEndsTheLink() throws Exception {
    try (Stranger agent = new Stranger(scene, scene.knownMachine())) {
      agent.say(agent.hello()).listen().speak();
      agent.core().beTaciturn();
      agent.listen();
      SessionStream control = agent.core().opened().open(StreamKind.CONTROL.code(), new byte[0]);
      control.write(new AgentMessage.Held(List.of(), false).encode(), false);
      agent.speak().awaitClosed();
      assertThat(scene.listener().upCount()).isZero();
    }
  }

  @Test
  void aRecordThatIsNotAuthenticEndsTheLinkAndHarmsNoSecret() throws Exception {
    AgentIdentity machine = scene.knownMachine();
    try (FakeAgent agent = scene.linked(machine)) {
      scene.listener().awaitUp();
      byte[] forged = new byte[100];
      forged[0] = 0x10;
      agent.wire().send(forged);
      assertThat(scene.listener().awaitDown().reason()).contains("not authentic");
    }
    assertThat(scene.visit(machine)).isEqualTo(2);
  }

  @Test
  void textAndOversizedFramesEndTheConnection() throws Exception {
    byte[] text = {(byte) 0x81, (byte) 0x82, 0, 0, 0, 0, 'h', 'i'};
    byte[] unmasked = {(byte) 0x82, 0x01, 0x01};
    byte[] oversized = {(byte) 0x82, (byte) 0xFF, 0, 0, 0, 0, 0, 1, 1, (byte) 0xD1, 0, 0, 0, 0};
    byte[] reserved = {(byte) 0xC2, (byte) 0x81, 0, 0, 0, 0, 1};
    for (byte[] frame : new byte[][]{text, unmasked, oversized, reserved}) {
      try (TlsClient client = TlsClient.connect(scene)) {
        client.write(Requests.UPGRADE);
        assertThat(client.read(12)).isEqualTo("HTTP/1.1 101");
        client.write(frame);
        client.awaitEnd();
      }
    }
    GatewayScene.await("nothing is left open", () -> scene.gateway().connections() == 0);
  }

  @Test
  void manySmallFragmentsAreOneMessageAndNoMoreMemory() throws Exception {
    try (TlsClient client = TlsClient.connect(scene)) {
      client.write(Requests.UPGRADE);
      assertThat(client.read(12)).isEqualTo("HTTP/1.1 101");
      byte[] begin = {0x02, (byte) 0x81, 0, 0, 0, 0, 1};
      byte[] more = new byte[6 + 125];
      more[1] = (byte) (0x80 | 125);
      client.write(begin);
      writeUntilEnd(client, more, 10_000);
      client.awaitEnd();
    }
    GatewayScene.await("nothing is left open", () -> scene.gateway().connections() == 0);
  }

  /** Writes a piece so many times, or until the gateway has ended the connection. */
  private static void writeUntilEnd(TlsClient client, byte[] piece, int times) {
    try {
      for (int i = 0; i < times; i++) {
        client.write(piece);
      }
    } catch (IOException e) {
      assertThat(e).isNotInstanceOf(SocketTimeoutException.class); // whoever does not read is heard of by an end
    }
  }

  /** What a rogue does with an operation's stream. */
  private interface Talk {
    void with(SessionStream stream) throws Exception;
  }

  /** An agent whose next operation is answered by hand. */
  private final class Rogue implements AutoCloseable {
    private final Wire wire = scene.dial();
    private final FakeAgent agent;
    private final AgentLink link;

    Rogue(Talk talk) throws IOException, InterruptedException {
      CompletableFuture<SessionStream> opened = new CompletableFuture<>();
      agent = FakeAgent.connectRaw(wire, scene.knownMachine(), scene.server(),
          (stream, metadata) -> opened.complete(stream)).awaitLinked();
      link = scene.listener().awaitUp();
      Thread.ofVirtual().start(() -> {
        try {
          talk.with(opened.get());
        } catch (Exception e) {
          assertThat(e).isNotNull(); // the gateway ends what it does not like
        }
      });
    }

    @Override
    public void close() {
      agent.close();
    }
  }
}
