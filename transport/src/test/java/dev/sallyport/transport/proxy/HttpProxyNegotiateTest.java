package dev.sallyport.transport.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import dev.sallyport.transport.proxy.login.Tickets;
import dev.sallyport.transport.socket.Deadline;
import dev.sallyport.transport.socket.PlainHttp;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("K5 through an HTTP proxy that asks for Kerberos")
final class HttpProxyNegotiateTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String CONNECTED = "HTTP/1.1 200 Connection established\r\n\r\n";
  private static final String ALONE = asking("Negotiate");
  private static final String AMONG_OTHERS = asking("Basic realm=r\r\nProxy-Authenticate: NTLM\r\n"
      + "Proxy-Authenticate: Negotiate");
  private static final String NO_TICKET = "this account has no Kerberos ticket; get one with kinit";

  /** The hosts that were asked for. */
  private final List<String> asked = new ArrayList<>();

  private static String asking(String challenge) {
    return "HTTP/1.1 407 Who\r\nProxy-Authenticate: " + challenge + "\r\nContent-Length: 0\r\n\r\n";
  }

  private String token(String host) {
    asked.add(host);
    return "token" + asked.size();
  }

  private String none(String host) throws IOException {
    asked.add(host);
    throw new IOException(NO_TICKET);
  }

  private static void open(LoopbackPeer proxy, String login, Tickets tickets) throws IOException {
    ProxyAddress.of("http://" + login + "127.0.0.1:" + proxy.port()).route(tickets)
        .open("server.example", 443, Deadline.in(PATIENCE)).bottom().close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "jane:secret@"})
  void showsEachConnectionATokenOfItsOwnAndNothingElse(String login) throws Exception {
    for (String offer : List.of(ALONE, AMONG_OTHERS)) {
      asked.clear();
      try (var proxy = new LoopbackPeer(LoopbackPeer.answering(offer), LoopbackPeer.answering(CONNECTED),
          LoopbackPeer.answering(offer), LoopbackPeer.answering(CONNECTED))) {
        open(proxy, login, this::token);
        open(proxy, login, host -> "another" + token(host));

        assertThat(proxy.head()).doesNotContain("Authorization");
        assertThat(proxy.head()).contains("\r\nProxy-Authorization: Negotiate token1\r\n").doesNotContain("Basic");
        assertThat(proxy.head()).doesNotContain("Authorization");
        assertThat(proxy.head()).contains("\r\nProxy-Authorization: Negotiate anothertoken2\r\n");
        assertThat(asked).containsExactly("127.0.0.1", "127.0.0.1");
      }
    }
  }

  @Test
  void withoutATicketTheNextWayToLogInIsTaken() throws Exception {
    try (var proxy = new LoopbackPeer(LoopbackPeer.answering(AMONG_OTHERS), LoopbackPeer.answering(CONNECTED))) {
      open(proxy, "jane:secret@", this::none);

      assertThat(proxy.head()).doesNotContain("Authorization");
      assertThat(proxy.head()).contains("\r\nProxy-Authorization: NTLM TlRMTVNTUAAB").doesNotContain("Negotiate");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "jane:secret@"})
  void withoutATicketAndAnyOtherWayItSaysWhatToDo(String login) throws Exception {
    try (var proxy = new LoopbackPeer(LoopbackPeer.answering(ALONE))) {
      assertThatThrownBy(() -> open(proxy, login, this::none)).isInstanceOf(UnusableProxyException.class)
          .hasMessage("http proxy 127.0.0.1:" + proxy.port() + " asks for Kerberos, and " + NO_TICKET);
      assertThat(proxy.head()).doesNotContain("Authorization");
      assertThat(proxy.requestsLeft()).isZero();
    }
  }

  @Test
  void withoutATicketItAlsoNamesTheOtherWays() throws Exception {
    try (var proxy = new LoopbackPeer(LoopbackPeer.answering(AMONG_OTHERS))) {
      assertThatThrownBy(() -> open(proxy, "", this::none)).isInstanceOf(UnusableProxyException.class)
          .hasMessageContainingAll(NO_TICKET, "give it user and password");
      assertThatThrownBy(() -> open(proxy, "", Tickets.NONE)).hasMessageContaining("no tickets to show");
    }
  }

  @Test
  @DisplayName("a proxy that asks again and again is shown one token, and nothing weaker")
  void isNotAskedWithoutEnd() throws Exception {
    try (var proxy = new LoopbackPeer(LoopbackPeer.answering(AMONG_OTHERS), (peer, in, out) -> {
      while (true) {
        peer.readHead(in);
        out.write(AMONG_OTHERS.replace("Negotiate", "Negotiate b3V0cnVu").getBytes(StandardCharsets.US_ASCII));
      }
    })) {
      assertThatThrownBy(() -> open(proxy, "jane:secret@", this::token)).isInstanceOf(UnusableProxyException.class)
          .hasMessageContaining("does not accept the Kerberos ticket of this account").hasMessageNotContaining("token");
      assertThat(proxy.head()).doesNotContain("Authorization");
      assertThat(proxy.head()).contains("Negotiate token1");
      assertThat(asked).hasSize(1);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"Negotiate !!!!", "NEGOTIATE a b c", "Negotiate realm=\"",
      "Negotiate, Negotiate"})
  void whatStandsBesideTheSchemeChangesNothing(String challenge) throws Exception {
    try (var proxy = new LoopbackPeer(LoopbackPeer.answering(asking(challenge)), LoopbackPeer.answering(CONNECTED))) {
      open(proxy, "", this::token);

      assertThat(asked).hasSize(1);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ",,,", "=Negotiate", "Negotiate =", "NegotiateX", "Basic realm=\"Negotiate\""})
  void noTokenIsMadeForAProxyThatDoesNotAsk(String challenge) throws IOException {
    try (var proxy = new LoopbackPeer(LoopbackPeer.answering(asking(challenge)))) {
      assertThatThrownBy(() -> open(proxy, "", this::token)).isInstanceOf(IOException.class)
          .hasMessageContaining("demands a log-in");
      assertThat(asked).isEmpty();
    }
  }

  @Test
  void requestsInPlainHttpShowAFreshTokenOnEachConnectionAndWhenItWasForgotten() throws IOException {
    try (var proxy = new LoopbackPeer(LoopbackPeer.answering(ALONE))) {
      PlainHttp http = ProxyAddress.of("http://127.0.0.1:" + proxy.port()).route(this::token)
          .plainHttp("server.example", 80);
      assertThat(http.headers("GET", "/")).isEmpty();
      assertThat(http.again(407, "Negotiate")).isTrue();
      http.open(Deadline.in(PATIENCE)).bottom().close();
      assertThat(http.headers("GET", "/")).isEqualTo("Proxy-Authorization: Negotiate token1\r\n");
      assertThat(http.again(200, "")).isFalse();
      assertThat(http.headers("GET", "/")).isEmpty();
      assertThat(http.again(407, "Negotiate")).isTrue();
      assertThat(http.headers("GET", "/")).contains("token2");
      assertThat(http.again(200, "")).isFalse();
      http.open(Deadline.in(PATIENCE)).bottom().close();
      assertThat(http.headers("GET", "/")).contains("token3");

      assertThatThrownBy(() -> http.again(407, "Negotiate")).isInstanceOf(UnusableProxyException.class);
    }
  }
}
