package dev.sallyport.transport.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;

import dev.sallyport.transport.socket.PlainHttp;
import dev.sallyport.transport.socket.Route;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("K6 plain HTTP that a proxy forwards")
final class ForwardedHttpTest {
  private static final int LOGIN_WANTED = 407;

  private static PlainHttp through(String login) {
    return ProxyAddress.of("http://" + login + "proxy.example:3128").route().plainHttp("server.example", 80);
  }

  @Test
  void straightAheadAndThroughSocksARequestIsWrittenAsToTheServer() throws IOException {
    for (Route route : new Route[]{Route.DIRECT, ProxyAddress.of("socks5://jane:secret@proxy.example").route()}) {
      PlainHttp http = route.plainHttp("server.example", 80);

      assertThat(http.target("/agent?x=1")).isEqualTo("/agent?x=1");
      assertThat(http.headers("POST", "/agent")).isEmpty();
      assertThat(http.again(LOGIN_WANTED, "Basic realm=r")).isFalse();
    }
  }

  @Test
  void anHttpProxySeesTheWholeAddress() {
    assertThat(through("").target("/agent?x=1")).isEqualTo("http://server.example/agent?x=1");
    assertThat(ProxyAddress.of("proxy.example").route().plainHttp("2001:db8::1", 8080).target("/"))
        .isEqualTo("http://[2001:db8::1]:8080/");
  }

  @Test
  void theLoginIsShownWhenItIsAskedForAndFromThenOn() throws IOException {
    PlainHttp http = through("jane:secret@");
    assertThat(http.headers("POST", "/agent")).isEmpty();
    assertThat(http.again(200, "")).isFalse();
    assertThat(http.headers("POST", "/agent")).isEmpty();

    assertThat(http.again(LOGIN_WANTED, "Basic realm=r")).isTrue();
    for (int i = 0; i < 2; i++) {
      assertThat(http.headers("POST", "/agent")).isEqualTo("Proxy-Authorization: Basic amFuZTpzZWNyZXQ=\r\n");
      assertThat(http.again(200, "")).isFalse();
    }
  }

  @Test
  void aDigestCountsItsRequestsAndTakesANewNonceWhenTheOldIsStale() throws IOException {
    PlainHttp http = through("jane:secret@");
    assertThat(http.again(LOGIN_WANTED, "Digest realm=r, nonce=a, qop=auth")).isTrue();
    assertThat(http.headers("POST", "/agent")).contains("uri=\"http://server.example/agent\"", "nc=00000001");
    assertThat(http.again(200, "")).isFalse();
    assertThat(http.headers("POST", "/agent")).contains("nc=00000002");

    assertThat(http.again(LOGIN_WANTED, "Digest realm=r, nonce=b, qop=auth, stale=true")).isTrue();
    assertThat(http.headers("POST", "/agent")).contains("nonce=\"b\"", "nc=00000001");
    assertThatThrownBy(() -> http.again(LOGIN_WANTED, "Digest realm=r, nonce=c, qop=auth, stale=true"))
        .isInstanceOf(IOException.class).hasMessageContaining("does not accept");
  }

  @Test
  void aMissingLoginIsSaidInWords() {
    assertThatThrownBy(() -> through("").again(LOGIN_WANTED, "Basic realm=r")).isInstanceOf(IOException.class)
        .hasMessageContaining("http proxy proxy.example:3128 demands a log-in");
  }
}
