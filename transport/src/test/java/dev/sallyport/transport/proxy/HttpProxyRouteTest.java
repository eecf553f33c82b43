package dev.sallyport.transport.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.sallyport.transport.socket.Connection;
import dev.sallyport.transport.socket.Deadline;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("K6 through an HTTP proxy")
final class HttpProxyRouteTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration IMPATIENCE = Duration.ofMillis(300);
  private static final String CONNECTED = "HTTP/1.1 200 Connection established\r\n\r\n";
  private static final String ASKS = "HTTP/1.1 407 Who\r\nContent-Length: 0\r\n";

  private static Connection open(LoopbackPeer proxy, String login, Duration patience) throws IOException {
    return ProxyAddress.of("http://" + login + "127.0.0.1:" + proxy.port()).route().open("server.example", 8443,
        Deadline.in(patience));
  }

  @ParameterizedTest
  @ValueSource(strings = {CONNECTED, "HTTP/1.0 200 OK\r\nProxy-agent: tinyproxy\r\n\r\n", "HTTP/1.1 204\r\n\r\n"})
  void asksForTheServerByNameAndHandsTheConnectionOver(String answer) throws Exception {
    try (var proxy = new LoopbackPeer((peer, in, out) -> {
      peer.readHead(in);
      out.write(answer.getBytes(StandardCharsets.US_ASCII));
      out.write(in.read()); // from here on it is the server that speaks
    })) {
      Connection connection = open(proxy, "", PATIENCE);
      try (var bottom = connection.bottom()) {
        assertThat(proxy.head()).startsWith("CONNECT server.example:8443 HTTP/1.1\r\nHost: server.example:8443\r\n")
            .doesNotContain("Authorization");
        connection.top().getOutputStream().write(7);
        assertThat(connection.top().getInputStream().read()).isEqualTo(7);
        assertThat(bottom.remote()).isEqualTo("127.0.0.1:" + proxy.port());
      }
    }
  }

  @Test
  void showsTheLoginOnlyWhenAskedAndOnANewConnection() throws Exception {
    try (var proxy = new LoopbackPeer(
        LoopbackPeer.answering(ASKS + "Proxy-Authenticate: Basic realm=\"office\"\r\n\r\n"),
        LoopbackPeer.answering(CONNECTED))) {
      open(proxy, "jane:p%C3%A4ss@", PATIENCE).bottom().close();

      assertThat(proxy.head()).doesNotContain("Authorization");
      String expected = Base64.getEncoder().encodeToString("jane:päss".getBytes(StandardCharsets.UTF_8));
      assertThat(proxy.head()).contains("\r\nProxy-Authorization: Basic " + expected + "\r\n");
    }
  }

  @Test
  void aProxyThatAsksNothingNeverSeesTheLogin() throws Exception {
    try (var proxy = new LoopbackPeer(LoopbackPeer.answering(CONNECTED))) {
      open(proxy, "jane:secret@", PATIENCE).bottom().close();

      assertThat(proxy.head()).doesNotContain("Authorization");
      assertThat(proxy.requestsLeft()).isZero();
    }
  }

  @ParameterizedTest
  @CsvSource({"MD5, MD5, auth", "SHA-256, SHA-256, auth", "MD5-sess, MD5, auth",
      "SHA-256-sess, SHA-256, 'auth-int, auth'",
      "MD5, MD5, ''", "'', MD5, auth"})
  void answersADigestWithoutShowingThePassword(String algorithm, String hash, String qop) throws Exception {
    String named = algorithm.isEmpty() ? "" : ", algorithm=" + algorithm;
    String offered = "Proxy-Authenticate: Basic realm=\"b\"\r\nProxy-Authenticate: Digest realm=\"the \\\"office\\\"\", nonce=\"n0nce\""
        + named + (qop.isEmpty() ? "" : ", qop=\"" + qop + "\"") + ", opaque=\"o\"\r\n\r\n";
    try (var proxy = new LoopbackPeer(LoopbackPeer.answering(ASKS + offered), LoopbackPeer.answering(CONNECTED))) {
      open(proxy, "jane:secret@", PATIENCE).bottom().close();

      proxy.head();
      String head = proxy.head();
      assertThat(head).contains("Proxy-Authorization: Digest username=\"jane\"").contains("uri=\"server.example:8443\"")
          .contains("realm=\"the \\\"office\\\"\"").contains("opaque=\"o\"").doesNotContain("secret", "Basic");
      assertThat(field(head, "response")).isEqualTo(expected(head, hash, algorithm.endsWith("-sess"), !qop.isEmpty()));
    }
  }

  /** RFC 7616 section 3.4, written a second time. */
  private static String expected(String head, String hash, boolean sess, boolean qop) throws Exception {
    String secret = hex(hash, "jane:the \"office\":secret");
    if (sess) {
      secret = hex(hash, secret + ":n0nce:" + field(head, "cnonce"));
    }
    String request = hex(hash, "CONNECT:server.example:8443");
    return hex(hash, qop
        ? String.join(":", secret, "n0nce", "00000001", field(head, "cnonce"), "auth", request)
        : String.join(":", secret, "n0nce", request));
  }

  private static String hex(String hash, String text) throws Exception {
    return HexFormat.of()
        .formatHex(MessageDigest.getInstance(hash).digest(text.getBytes(StandardCharsets.UTF_8)));
  }

  private static String field(String head, String name) {
    Matcher field = Pattern.compile("[ ,]" + name + "=\"([^\"]*)\"").matcher(head);
    assertThat(field.find()).as(name).isTrue();
    return field.group(1);
  }

  @Test
  void prefersSha256ToMd5() throws Exception {
    try (var proxy = new LoopbackPeer(LoopbackPeer.answering(ASKS
        + "Proxy-Authenticate: Digest realm=r, nonce=a, algorithm=MD5, qop=auth\r\nProxy-Authenticate: Digest realm=r, nonce=b, algorithm=SHA-256, qop=auth\r\n\r\n"),
        LoopbackPeer.answering(CONNECTED))) {
      open(proxy, "jane:secret@", PATIENCE).bottom().close();

      proxy.head();
      assertThat(proxy.head()).contains("algorithm=SHA-256").contains("nonce=\"b\"");
    }
  }

  @Test
  void saysThatALoginIsMissingOrWrongOrOfAKindItDoesNotKnow() throws Exception {
    try (var basic = new LoopbackPeer(LoopbackPeer.answering(ASKS + "Proxy-Authenticate: Basic realm=r\r\n\r\n"));
        var strange = new LoopbackPeer(
            LoopbackPeer.answering(ASKS + "Proxy-Authenticate: Kerberos5\u001b[2J\r\n\r\n"))) {
      assertThatThrownBy(() -> open(basic, "", PATIENCE)).isInstanceOf(IOException.class)
          .hasMessageContaining("demands a log-in (basic)").hasMessageContaining("http://user:password@127.0.0.1");
      assertThatThrownBy(() -> open(basic, "jane:secret@", PATIENCE)).isInstanceOf(IOException.class)
          .hasMessageContaining("does not accept the user name or password").hasMessageNotContaining("secret");
      assertThatThrownBy(() -> open(strange, "jane:secret@", PATIENCE)).isInstanceOf(IOException.class)
          .hasMessageContaining("log-ins that this agent does not know").hasMessageNotContaining("\u001b");
    }
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      HTTP/1.1 403 No~~           | forbids connections to server.example:8443
      HTTP/1.1 405 No~~           | does not carry connections
      HTTP/1.1 502 Bad~~          | cannot reach server.example:8443
      HTTP/1.1 503 Busy~~         | trying again later
      HTTP/1.1 302 Found~~        | answered HTTP 302
      SSH-2.0-OpenSSH~            | does not speak HTTP
      HTTP/2.0 200 OK~~           | does not speak HTTP
      HTTP/1.1 200 OK~~surplus    | said more than that the connection is there
      ''                          | closed the connection
      """)
  void saysWhatIsWrongWithTheProxy(String answer, String words) throws IOException {
    try (var proxy = new LoopbackPeer(LoopbackPeer.answering(answer.replace("~", "\r\n")))) {
      assertThatThrownBy(() -> open(proxy, "", PATIENCE)).isInstanceOf(IOException.class)
          .hasMessageContaining("http proxy 127.0.0.1:" + proxy.port()).hasMessageContaining(words);
    }
  }

  @Test
  void aHeadWithoutEndIsNotReadForEver() throws IOException {
    try (var proxy = new LoopbackPeer((peer, in, out) -> {
      peer.readHead(in);
      byte[] line = "HTTP/1.1 200 OK\r\n".getBytes(StandardCharsets.US_ASCII);
      for (out.write(line); true; out.write("X: y\r\n".repeat(1_000).getBytes(StandardCharsets.US_ASCII))) {
        out.flush();
      }
    })) {
      assertThatThrownBy(() -> open(proxy, "", PATIENCE)).isInstanceOf(IOException.class)
          .hasMessageContaining("does not speak HTTP");
    }
  }

  @Test
  void aProxyThatIsSilentOrDripsIsGivenUpInTime() throws IOException {
    try (var silent = new LoopbackPeer((_, in, _) -> in.readAllBytes());
        var dripping = new LoopbackPeer((peer, in, out) -> {
          peer.readHead(in);
          for (byte next : "HTTP/1.1 200 OK".getBytes(StandardCharsets.US_ASCII)) {
            out.write(next);
          }
          in.readAllBytes();
        })) {
      for (LoopbackPeer proxy : List.of(silent, dripping)) {
        assertThatThrownBy(() -> open(proxy, "", IMPATIENCE)).isInstanceOf(IOException.class)
            .hasMessageContaining("did not say in time");
      }
    }
  }

  @Test
  void saysThatTheProxyItselfCannotBeReached() throws IOException {
    try (var silent = new Socket()) { // has the port, so that nobody else can get it and listen
      silent.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      String place = "127.0.0.1:" + silent.getLocalPort();

      assertThatThrownBy(() -> ProxyAddress.of("http://" + place).route().open("server.example", 443,
          Deadline.in(PATIENCE))).isInstanceOf(IOException.class)
          .hasMessageContaining("http proxy " + place + " cannot be used")
          .hasMessageContaining("refused the connection");
    }
  }
}
