package dev.sallyport.transport.websocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import dev.sallyport.protocol.ServerAddress;
import dev.sallyport.transport.Wire;
import dev.sallyport.transport.tls.TestAuthority;
import dev.sallyport.transport.tls.TestIdentity;
import dev.sallyport.transport.tls.TlsTrust;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WebSocketDialerTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration IMPATIENCE = Duration.ofMillis(300);
  private static final Duration LONGEST_PATIENCE = Duration.ofMinutes(2);
  private static final TestIdentity IDENTITY = TestAuthority.selfSigned("localhost");
  private static final WebSocketDialer DIALER = new WebSocketDialer(TlsTrust.pinned(List.of(IDENTITY.keyPin())));

  @Test
  void asksForTheAgentsPathAndSubprotocolWithoutAnOrigin() throws Exception {
    CompletableFuture<String> request = new CompletableFuture<>();
    try (ScriptedServer server = ScriptedServer.tls(IDENTITY, connection -> {
      String head = ScriptedServer.readHead(connection.getInputStream());
      request.complete(head);
      connection.getOutputStream().write(ScriptedServer.rightAnswer(head).getBytes(StandardCharsets.ISO_8859_1));
    }); Wire wire = DIALER.dial(server.address("localhost"), PATIENCE)) {
      assertThat(request.get(60, TimeUnit.SECONDS)).startsWith("GET /agent HTTP/1.1\r\n")
          .contains("\r\nHost: localhost:" + server.port() + "\r\n", "\r\nUpgrade: websocket\r\n",
              "\r\nSec-WebSocket-Version: 13\r\n", "\r\nSec-WebSocket-Protocol: slp1\r\n")
          .doesNotContainIgnoringCase("origin").doesNotContainIgnoringCase("extensions");
      assertThat(wire.facts().transport()).isEqualTo("websocket");
      assertThat(wire.facts().remoteAddress()).endsWith(":" + server.port());
    }
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      301 | it sends callers on to "https://evil.example/�[31m"
      400 | something between may have changed it
      403 | a firewall between, forbids the connection
      404 | not a Sallyport server
      407 | a proxy between demands a log-in
      426 | let the Upgrade header pass
      429 | trying again later
      502 | cannot reach it; see whether the server runs
      503 | trying again later
      200 | check host and port
      """)
  void explainsEveryOtherStatus(int status, String meaning) throws IOException {
    String answer = "HTTP/1.1 " + status
        + " Whatever\r\nLocation: https://evil.example/\u001b[31m\r\nContent-Length: 0\r\n\r\n";

    assertThat(failureAfter(answer)).hasMessageContaining("answered HTTP " + status).hasMessageContaining(meaning);
  }

  @ParameterizedTest
  @ValueSource(strings = {"SSH-2.0-OpenSSH_9.2\r\n", "HTTP/1.0 101 Old\r\n\r\n", "HTTP/1.1 1O1 Typo\r\n\r\n",
      "HTTP/1.1 099 Low\r\n\r\n", "HTTP/1.1 600 High\r\n\r\n", "HTTP/1.1 1011\r\n\r\n", "\r\n\r\n",
      "HTTP/1.1 101 Ok\r\n folded: header\r\n\r\n", "HTTP/1.1 101 Ok\r\nno colon\r\n\r\n", "HTTP/1.1 101 cut off"})
  void refusesWhatIsNotHttp(String answer) throws IOException {
    assertThat(failureAfter(answer)).hasMessageContaining("does not speak HTTP/1.1")
        .hasMessageContaining("check host and port");
  }

  @Test
  void refusesAHeadWithoutEnd() throws IOException {
    assertThat(failureAfter("HTTP/1.1 101 Ok\r\n" + "X: y\r\n".repeat(2_000)))
        .hasMessageContaining("does not speak HTTP");
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      Upgrade: websocket         | Upgrade: h2c
      Connection: Upgrade        | Connection: close
      Sec-WebSocket-Protocol: slp1 | Sec-WebSocket-Protocol: chat
      Sec-WebSocket-Protocol: slp1 | X: no protocol
      Upgrade: websocket         | Upgrade: websocket~Sec-WebSocket-Extensions: permessage-deflate
      Upgrade: websocket         | Upgrade: websocket~Sec-WebSocket-Protocol: slp1
      """)
  void refusesAnAgreementWithAWrongHeader(String right, String wrong) throws IOException {
    try (ScriptedServer server = ScriptedServer.tls(IDENTITY, connection -> {
      String answer = ScriptedServer.rightAnswer(ScriptedServer.readHead(connection.getInputStream()));
      write(connection, answer.replace(right, wrong.replace("~", "\r\n")));
    })) {
      assertThatThrownBy(() -> DIALER.dial(server.address("localhost"), PATIENCE)).isInstanceOf(IOException.class)
          .hasMessageContaining("agreed to a WebSocket but with a wrong");
    }
  }

  @Test
  void refusesAnAnswerToAnotherRequest() throws IOException {
    String other = ScriptedServer.rightAnswer("\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n");

    assertThat(failureAfter(other)).hasMessageContaining("wrong Sec-WebSocket-Accept");
  }

  @Test
  void saysSoWhenTheServerHangsUpInsteadOfAnswering() throws IOException {
    assertThat(failureAfter("")).hasMessageContaining("closed the connection instead of answering");
  }

  @Test
  void saysSoWhenThePortSpeaksNoTls() throws IOException {
    try (ScriptedServer server = ScriptedServer.plain(connection -> {
      write(connection, "HTTP/1.1 400 Bad Request\r\n\r\n");
      connection.getInputStream().readAllBytes();
    })) {
      assertThatThrownBy(() -> DIALER.dial(server.address("localhost"), PATIENCE)).isInstanceOf(IOException.class)
          .hasMessageContaining("check that the port speaks TLS");
    }
  }

  @Test
  void saysSoWhenNobodyListens() throws IOException {
    try (Socket silent = new Socket()) { // has the port, so that nobody else can get it and listen
      silent.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      ServerAddress nobody = ServerAddress.of("wss://localhost:" + silent.getLocalPort() + "/agent");

      assertThatThrownBy(() -> DIALER.dial(nobody, PATIENCE)).isInstanceOf(IOException.class)
          .hasMessageContaining("refused the connection").hasMessageContaining("see whether the server runs");
    }
  }

  @Test
  void givesUpOnAServerThatIsSilentBelowTls() throws IOException {
    try (ScriptedServer server = ScriptedServer.plain(connection -> connection.getInputStream().readAllBytes())) {
      assertThat(endOfPatience(server, "did not finish the TLS handshake in time")).isInstanceOf(IOException.class);
    }
  }

  @Test
  void givesUpOnAServerThatIsSilentAfterTls() throws IOException {
    try (ScriptedServer server = ScriptedServer.tls(IDENTITY,
        connection -> connection.getInputStream().readAllBytes())) {
      assertThat(endOfPatience(server, "did not answer the request for a WebSocket in time"))
          .isInstanceOf(IOException.class);
    }
  }

  @Test
  void givesUpOnAServerThatAnswersAByteNowAndThen() throws IOException {
    try (ScriptedServer server = ScriptedServer.tls(IDENTITY, connection -> {
      ScriptedServer.readHead(connection.getInputStream());
      connection.setSoTimeout(20);
      do {
        write(connection, "x"); // every 20 ms: a time-out per read would wait for 8,192 of them
      } while (stillThere(connection));
    })) {
      assertThat(endOfPatience(server, "did not answer the request for a WebSocket in time"))
          .isInstanceOf(IOException.class);
    }
  }

  /** Dials with ever more patience until it ends at the step that is meant: on a loaded machine the steps before take their time. */
  private static Throwable endOfPatience(ScriptedServer server, String message) {
    Throwable failure = new AssertionError("not yet tried");
    for (Duration patience = IMPATIENCE; patience.compareTo(LONGEST_PATIENCE) < 0; patience = patience
        .multipliedBy(3)) {
      Duration most = patience;
      failure = catchThrowable(() -> DIALER.dial(server.address("localhost"), most));
      if (String.valueOf(failure.getMessage()).contains(message)) {
        return failure;
      }
    }
    throw new AssertionError("expected: " + message, failure);
  }

  private static boolean stillThere(Socket connection) throws IOException {
    try {
      return connection.getInputStream().read() >= 0;
    } catch (SocketTimeoutException e) {
      return true;
    }
  }

  private static Throwable failureAfter(String answer) throws IOException {
    try (ScriptedServer server = ScriptedServer.tls(IDENTITY, connection -> {
      ScriptedServer.readHead(connection.getInputStream());
      write(connection, answer);
    })) {
      return catchThrowable(() -> DIALER.dial(server.address("localhost"), PATIENCE));
    }
  }

  private static void write(Socket connection, String text) throws IOException {
    OutputStream out = connection.getOutputStream();
    out.write(text.getBytes(StandardCharsets.ISO_8859_1));
    out.flush();
  }
}
