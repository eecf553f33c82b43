package dev.sallyport.transport.websocket;

import static dev.sallyport.transport.websocket.ServerFrames.BINARY;
import static dev.sallyport.transport.websocket.ServerFrames.CLOSE;
import static dev.sallyport.transport.websocket.ServerFrames.PING;
import static dev.sallyport.transport.websocket.ServerFrames.frame;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import dev.sallyport.protocol.message.TransportMessage;
import dev.sallyport.transport.Wire;
import dev.sallyport.transport.tls.TestAuthority;
import dev.sallyport.transport.tls.TestIdentity;
import dev.sallyport.transport.tls.TlsTrust;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(240)
class WebSocketWireTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final TestIdentity IDENTITY = TestAuthority.selfSigned("localhost");
  private static final WebSocketDialer DIALER = new WebSocketDialer(TlsTrust.pinned(List.of(IDENTITY.keyPin())));

  private final BlockingQueue<ServerFrames.ClientFrame> arrived = new LinkedBlockingQueue<>();

  @ParameterizedTest
  @ValueSource(ints = {1, 125, 126, 16_376, 16_377, 65_535, 65_536, TransportMessage.MAX_MESSAGE_BYTES})
  void sendsOneMaskedBinaryFrameForEachMessage(int length) throws Exception {
    byte[] message = new byte[length];
    new java.util.Random(length).nextBytes(message);
    try (ScriptedServer server = ScriptedServer.webSocket(IDENTITY, (in, out) -> collect(new DataInputStream(in)));
        Wire wire = dial(server)) {
      wire.send(message);

      ServerFrames.ClientFrame frame = next();
      assertThat(frame.first()).isEqualTo(BINARY);
      assertThat(frame.payload()).isEqualTo(message);
    }
  }

  @Test
  void neverUsesTheSameMaskTwice() throws Exception {
    Set<Integer> masks = new HashSet<>();
    try (ScriptedServer server = ScriptedServer.webSocket(IDENTITY, (in, out) -> collect(new DataInputStream(in)));
        Wire wire = dial(server)) {
      for (int i = 0; i < 200; i++) {
        wire.send(new byte[]{1});
        masks.add(next().mask());
      }
    }

    assertThat(masks).hasSizeGreaterThan(190); // a collision of 200 random 32-bit numbers is rare, ten are none by chance
  }

  @Test
  void refusesToSendWhatIsNoMessage() throws Exception {
    try (ScriptedServer server = ScriptedServer.webSocket(IDENTITY, (in, out) -> collect(new DataInputStream(in)));
        Wire wire = dial(server)) {
      assertThatThrownBy(() -> wire.send(new byte[0])).isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> wire.send(new byte[TransportMessage.MAX_MESSAGE_BYTES + 1]))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void answersPingsWhileItWaitsForMessages() throws Exception {
    try (ScriptedServer server = ScriptedServer.webSocket(IDENTITY, (in, out) -> {
      out.write(frame(PING, new byte[]{4, 2}));
      arrived.add(ServerFrames.read(new DataInputStream(in)));
      out.write(frame(BINARY, new byte[]{7}));
      collect(new DataInputStream(in));
    }); Wire wire = dial(server)) {
      assertThat(wire.receive()).containsExactly(7);
      assertThat(next().payload()).containsExactly(4, 2);
    }
  }

  @Test
  void endsWithTheServersOwnWordsWhenTheServerCloses() throws Exception {
    byte[] reason = "\u0003\u00F4restart\u001b[2J".getBytes(StandardCharsets.ISO_8859_1);
    try (ScriptedServer server = ScriptedServer.webSocket(IDENTITY, (in, out) -> {
      out.write(frame(CLOSE, reason));
      collect(new DataInputStream(in));
    }); Wire wire = dial(server)) {
      assertThatThrownBy(wire::receive).isInstanceOf(EOFException.class).hasMessageContaining("code 1012: restart�[2J");
      assertThat(next().first()).isEqualTo(CLOSE);
      assertThatThrownBy(wire::receive).isInstanceOf(EOFException.class);
      assertThatThrownBy(() -> wire.send(new byte[]{1})).isInstanceOf(IOException.class);
    }
  }

  @Test
  void endsWhenTheConnectionEnds() throws Exception {
    try (
        ScriptedServer server = ScriptedServer.webSocket(IDENTITY,
            (in, out) -> out.write(frame(BINARY, new byte[]{7})));
        Wire wire = dial(server)) {
      assertThat(wire.receive()).containsExactly(7);
      assertThatThrownBy(wire::receive).isInstanceOf(EOFException.class);
    }
  }

  @Test
  void aForbiddenFrameEndsTheWire() throws Exception {
    try (ScriptedServer server = ScriptedServer.webSocket(IDENTITY, (in, out) -> {
      out.write(frame(0x81, new byte[]{'h', 'i'}));
      out.write(frame(BINARY, new byte[]{7}));
      collect(new DataInputStream(in));
    }); Wire wire = dial(server)) {
      assertThatThrownBy(wire::receive).isInstanceOf(IOException.class).hasMessageContaining("text");
      assertThatThrownBy(wire::receive).isInstanceOf(EOFException.class);
    }
  }

  @Test
  void aReadTimeOutLosesNothing() throws Exception {
    CountDownLatch timedOut = new CountDownLatch(1);
    try (ScriptedServer server = ScriptedServer.webSocket(IDENTITY, (in, out) -> {
      await(timedOut);
      out.write(frame(BINARY, new byte[]{7}));
      collect(new DataInputStream(in));
    }); Wire wire = dial(server)) {
      wire.readTimeout(Duration.ofMillis(50));
      assertThatThrownBy(wire::receive).isInstanceOf(SocketTimeoutException.class);
      assertThatThrownBy(wire::receive).isInstanceOf(SocketTimeoutException.class);
      timedOut.countDown();
      wire.readTimeout(Duration.ZERO);

      assertThat(wire.receive()).containsExactly(7);
    }
  }

  @Test
  void aReadTimeOutInsideATlsRecordLosesNothing() throws Exception {
    CountDownLatch holding = new CountDownLatch(1);
    CountDownLatch timedOut = new CountDownLatch(1);
    try (ScriptedServer server = ScriptedServer.webSocket(IDENTITY, (in, out) -> {
      await(holding);
      out.write(frame(BINARY, new byte[]{7}));
      collect(new DataInputStream(in));
    }); SlowRelay relay = new SlowRelay(server.port(), timedOut); Wire wire = DIALER.dial(relay.address(), PATIENCE)) {
      wire.readTimeout(Duration.ofMillis(50));
      relay.holdBackTheNextHalf();
      holding.countDown();
      assertThatThrownBy(wire::receive).isInstanceOf(SocketTimeoutException.class);
      timedOut.countDown();
      wire.readTimeout(PATIENCE);

      assertThat(wire.receive()).containsExactly(7);
    }
  }

  @Test
  void closingEndsABlockedReceiveAndSaysFarewell() throws Exception {
    CompletableFuture<Throwable> ended = new CompletableFuture<>();
    try (ScriptedServer server = ScriptedServer.webSocket(IDENTITY, (in, out) -> collect(new DataInputStream(in)))) {
      Wire wire = dial(server);
      Thread receiver = Thread.ofVirtual().start(() -> {
        try {
          wire.receive();
        } catch (IOException e) {
          ended.complete(e);
        }
      });
      wire.close();
      wire.close();

      assertThat(ended.get(60, TimeUnit.SECONDS)).isInstanceOf(IOException.class);
      assertThat(next().first()).isEqualTo(CLOSE);
      receiver.join();
    }
  }

  @Test
  void closingEndsASendThatTheServerDoesNotRead() throws Exception {
    CountDownLatch over = new CountDownLatch(1);
    try (ScriptedServer server = ScriptedServer.webSocket(IDENTITY, (in, out) -> await(over))) {
      Wire wire = dial(server);
      CountDownLatch sending = new CountDownLatch(1);
      CompletableFuture<Throwable> ended = new CompletableFuture<>();
      Thread.ofVirtual().start(() -> {
        try {
          while (true) { // until every buffer between is full
            wire.send(new byte[TransportMessage.MAX_MESSAGE_BYTES]);
            sending.countDown();
          }
        } catch (IOException e) {
          ended.complete(e);
        }
      });
      sending.await();
      wire.close();

      assertThat(ended.get(60, TimeUnit.SECONDS)).isInstanceOf(IOException.class);
      over.countDown();
    }
  }

  private static Wire dial(ScriptedServer server) throws IOException {
    return DIALER.dial(server.address("localhost"), PATIENCE);
  }

  private void collect(DataInputStream in) throws IOException {
    while (true) {
      arrived.add(ServerFrames.read(in));
    }
  }

  private ServerFrames.ClientFrame next() throws InterruptedException {
    ServerFrames.ClientFrame frame = arrived.poll(60, TimeUnit.SECONDS);
    if (frame == null) {
      throw new AssertionError("no frame arrived");
    }
    return frame;
  }

  private static void await(CountDownLatch latch) throws IOException {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }
}
