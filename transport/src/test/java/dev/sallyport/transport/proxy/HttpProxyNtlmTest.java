package dev.sallyport.transport.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;

import dev.sallyport.transport.socket.Deadline;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("K6 through an HTTP proxy of a Windows network")
final class HttpProxyNtlmTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String CONNECTED = "HTTP/1.1 200 Connection established\r\n\r\n";
  private static final String CHALLENGE = Base64.getEncoder().encodeToString(HexFormat.of().parseHex(
      "4e544c4d53535000020000000000000038000000058289a20123456789abcdef000000000000000000000000380000000000000000000000"));
  private static final String OFFER = String.join("\r\n", "HTTP/1.1 407 Who", "Proxy-Authenticate: Negotiate",
      "Proxy-Authenticate: NTLM",
      "Proxy-Authenticate: Digest realm=r, nonce=n, qop=auth", "Proxy-Authenticate: Basic realm=r", "Content-Length: 0",
      "", "");

  private static String asking(String challenge, String page) {
    return "HTTP/1.1 407 Who\r\nProxy-Authenticate: NTLM " + challenge + "\r\n" + page;
  }

  private static LoopbackPeer proxy(String... answersOfSecondConnection) throws IOException {
    return new LoopbackPeer(LoopbackPeer.answering(OFFER), (peer, in, out) -> {
      for (String answer : answersOfSecondConnection) {
        peer.readHead(in);
        out.write(answer.getBytes(StandardCharsets.ISO_8859_1));
      }
    });
  }

  private static void open(LoopbackPeer proxy) throws IOException {
    ProxyAddress.of("http://OFFICE%5Cjane:secret@127.0.0.1:" + proxy.port()).route()
        .open("server.example", 443, Deadline.in(PATIENCE)).bottom().close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"Content-Length: 4\r\n\r\npage", "Content-Length: 0\r\n\r\n",
      "Transfer-Encoding: chunked\r\n\r\n4;x=y\r\npage\r\n0\r\nTrailer: t\r\n\r\n"})
  void logsInOnOneConnectionAndShowsNothingWeaker(String page) throws Exception {
    try (var proxy = proxy(asking(CHALLENGE, page), CONNECTED)) {
      open(proxy);

      assertThat(proxy.head()).doesNotContain("Authorization");
      assertThat(proxy.head()).contains("\r\nProxy-Authorization: NTLM TlRMTVNTUAABAAAA").doesNotContain("Basic",
          "Digest");
      assertThat(proxy.head()).contains("\r\nProxy-Authorization: NTLM TlRMTVNTUAADAAAA").doesNotContain("Basic",
          "Digest");
    }
  }

  @Test
  void aRefusedLoginIsNotTriedAgainWithAnythingWeaker() throws Exception {
    try (var proxy = proxy(asking(CHALLENGE, "Content-Length: 0\r\n\r\n"), OFFER)) {
      assertThatThrownBy(() -> open(proxy)).isInstanceOf(IOException.class)
          .hasMessageContaining("does not accept the user name or password").hasMessageNotContaining("secret");
      for (int i = 0; i < 3; i++) {
        assertThat(proxy.head()).doesNotContain("Basic", "Digest");
      }
      assertThat(proxy.requestsLeft()).isZero();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "!!!!", "TlRMTVNT", "TlRMTVNTUAACAAAA"})
  void whatIsNoChallengeIsRefusedInWords(String challenge) throws IOException {
    try (var proxy = proxy(asking(challenge, "Content-Length: 0\r\n\r\n"))) {
      assertThatThrownBy(() -> open(proxy)).isInstanceOf(IOException.class)
          .hasMessageStartingWith("http proxy 127.0.0.1:" + proxy.port());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"\r\nwithout length", "Content-Length: 99999999\r\n\r\n", "Content-Length: -1\r\n\r\n",
      "Content-Length: 262145\r\n\r\n", "Transfer-Encoding: gzip\r\n\r\n", "Transfer-Encoding: chunked\r\n\r\nxyz\r\n",
      "Transfer-Encoding: chunked\r\n\r\n4\r\npages\r\n", "Transfer-Encoding: chunked\r\n\r\n7fffffff\r\n"})
  void aPageWithoutAnEndThatCanBeBelievedEndsTheAttempt(String page) throws IOException {
    try (var proxy = proxy(asking(CHALLENGE, page))) {
      assertThatThrownBy(() -> open(proxy)).isInstanceOf(IOException.class)
          .hasMessageStartingWith("http proxy 127.0.0.1:" + proxy.port());
    }
  }

  @Test
  void aProxyThatFindsEveryNonceStaleIsNotAskedWithoutEnd() throws Exception {
    String stale = "HTTP/1.1 407 Who\r\nContent-Length: 0\r\nProxy-Authenticate: Digest realm=r, stale=true, qop=auth, nonce=";
    try (var proxy = new LoopbackPeer(LoopbackPeer.answering(stale + "0\r\n\r\n"), (peer, in, out) -> {
      for (int i = 1; true; i++) {
        peer.readHead(in);
        out.write((stale + i + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
      }
    })) {
      assertThatThrownBy(() -> open(proxy)).isInstanceOf(IOException.class).hasMessageContaining("does not accept");
      assertThat(proxy.head()).doesNotContain("Authorization");
      assertThat(proxy.head()).contains("nonce=\"0\"");
      assertThat(proxy.head()).contains("nonce=\"1\"");
    }
  }
}
