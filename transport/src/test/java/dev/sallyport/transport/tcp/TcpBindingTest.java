package dev.sallyport.transport.tcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import dev.sallyport.protocol.ServerAddress;
import dev.sallyport.transport.UnopenedException;
import dev.sallyport.transport.Wire;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class TcpBindingTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final ServerSocket listener = listen();

  private static ServerSocket listen() {
    try {
      return new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @AfterEach
  void close() throws IOException {
    listener.close();
  }

  private interface Server {
    void serve(Socket socket) throws IOException;
  }

  private Wire dial(Server server) throws IOException {
    Thread.ofVirtual().start(() -> {
      try (Socket socket = listener.accept()) {
        server.serve(socket);
      } catch (IOException e) {
        return; // the test has seen enough
      }
    });
    return TcpBinding.plain().dial(ServerAddress.of("tcp://localhost:" + listener.getLocalPort()), PATIENCE);
  }

  private static void greet(Socket socket, String more) throws IOException {
    assertThat(socket.getInputStream().readNBytes(5)).asString(StandardCharsets.US_ASCII).isEqualTo("SLP1\n");
    socket.getOutputStream().write(("SLP1\n" + more).getBytes(StandardCharsets.ISO_8859_1));
  }

  @Test
  void messagesStandBehindTheirLengths() throws Exception {
    var heard = new CompletableFuture<byte[]>();
    try (Wire wire = dial(socket -> {
      greet(socket, "\0\0\0\2hi\0\0\0\1!");
      heard.complete(socket.getInputStream().readNBytes(7));
    })) {
      wire.send(new byte[]{7, 8, 9});

      assertThat(wire.receive()).asString(StandardCharsets.US_ASCII).isEqualTo("hi");
      assertThat(wire.receive()).asString(StandardCharsets.US_ASCII).isEqualTo("!");
      assertThat(heard.get(60, TimeUnit.SECONDS)).containsExactly(0, 0, 0, 3, 7, 8, 9);
      assertThatThrownBy(wire::receive).isInstanceOf(EOFException.class);
      assertThat(wire.facts().transport()).isEqualTo("tcp");
    }
  }

  @Test
  void silenceIsNoEnd() throws Exception {
    try (Wire wire = dial(socket -> {
      greet(socket, "");
      socket.getInputStream().read();
      socket.getOutputStream().write(new byte[]{0, 0, 0, 1, 5});
      socket.getInputStream().read();
    })) {
      wire.readTimeout(Duration.ofMillis(1));
      assertThatThrownBy(wire::receive).isInstanceOf(SocketTimeoutException.class);
      wire.send(new byte[]{1});
      wire.readTimeout(PATIENCE);
      assertThat(wire.receive()).containsExactly(5);
    }
  }

  @Test
  void whoeverSpeaksSomethingElseIsNoServer() {
    assertThatThrownBy(() -> dial(
        socket -> socket.getOutputStream().write("HTTP/1.1 400\r\n\r\n".getBytes(StandardCharsets.US_ASCII))))
        .isInstanceOf(IOException.class).hasMessageContaining("another protocol");
    assertThatThrownBy(() -> dial(Socket::close)).isInstanceOf(IOException.class)
        .hasMessageContaining("did not answer as a Sallyport server");
  }

  @Test
  void aLengthThatNoMessageHasEndsTheConnection() throws Exception {
    for (String length : new String[]{"\0\0\0\0", "\0\1\1\u00d1", "\u00ff\u00ff\u00ff\u00ff"}) {
      try (Wire wire = dial(socket -> {
        greet(socket, length + "x");
        socket.getInputStream().read();
      })) {
        assertThatThrownBy(wire::receive).isInstanceOf(IOException.class)
            .hasMessageContaining("announced a message of");
        assertThatThrownBy(wire::receive).isInstanceOf(EOFException.class);
      }
    }
  }

  @Test
  void aMessageThatIsCutShortIsTold() throws Exception {
    try (Wire wire = dial(socket -> greet(socket, "\0\0\0\11half"))) {
      assertThatThrownBy(wire::receive).isInstanceOf(EOFException.class).hasMessageContaining("middle of a message");
    }
  }

  @Test
  void aDoorThatIsClosedIsToldApart() throws Exception {
    int port = listener.getLocalPort();
    listener.close();

    assertThatThrownBy(() -> TcpBinding.plain().dial(ServerAddress.of("tcp://localhost:" + port), PATIENCE))
        .isInstanceOf(UnopenedException.class).hasMessageContaining("refused the connection");
  }
}
