package dev.sallyport.transport.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;

import dev.sallyport.transport.proxy.login.Tickets;
import dev.sallyport.transport.socket.Deadline;
import dev.sallyport.transport.socket.PlainHttp;
import dev.sallyport.transport.socket.Route;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("K6 a refused log-in is not shown again and again: that would lock the account")
final class RefusedLoginsTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String CONNECTED = "HTTP/1.1 200 Connection established\r\n\r\n";
  private static final String WHO = "HTTP/1.1 407 Who\r\nContent-Length: 0\r\nProxy-Authenticate: Basic realm=\"office\"\r\n\r\n";

  private long now = Long.MAX_VALUE - 1; // the clock may wrap
  private final RefusedLogins logins = new RefusedLogins(() -> now);

  private static ProxyAddress address(LoopbackPeer proxy, String login) {
    return ProxyAddress.of("http://" + login + "127.0.0.1:" + proxy.port());
  }

  private Route route(LoopbackPeer proxy, String login) {
    return logins.guard(address(proxy, login), Tickets.NONE);
  }

  private static void open(Route route) throws IOException {
    route.open("server.example", 8443, Deadline.in(PATIENCE)).bottom().close();
  }

  private void pass(Duration time) {
    now += time.toNanos();
  }

  private static void refused(Route route, String words) {
    assertThatThrownBy(() -> open(route)).isInstanceOf(UnusableProxyException.class).hasMessageContaining(words)
        .hasMessageNotContaining("secret");
  }

  @Test
  void itIsKeptBackForAMinuteThenForFiveAndAtMostForAnHour() throws Exception {
    try (var proxy = new LoopbackPeer(LoopbackPeer.answering(WHO))) {
      Route route = route(proxy, "jane:secret@");
      for (int minutes : new int[]{1, 5, 10, 20, 40, 60, 60, 60}) {
        refused(route, "does not accept");
        pass(Duration.ofMinutes(minutes).minusSeconds(1));
        refused(route, "not shown to it again for 1 min");
        pass(Duration.ofSeconds(1));
      }
    }
  }

  @Test
  void whileItIsKeptBackTheProxySeesNothing() throws Exception {
    try (var proxy = new LoopbackPeer(LoopbackPeer.answering(WHO))) {
      refused(route(proxy, "jane:secret@"), "does not accept");
      assertThat(proxy.head()).doesNotContain("Authorization");
      assertThat(proxy.head()).contains("Authorization");

      refused(route(proxy, "jane:secret@"), "not shown to it again");
      PlainHttp requests = route(proxy, "jane:secret@").plainHttp("server.example", 80);
      assertThatThrownBy(() -> requests.open(Deadline.in(PATIENCE))).isInstanceOf(UnusableProxyException.class);

      refused(route(proxy, "jane:secret2@"), "does not accept");
      assertThat(proxy.head()).as("the next that the proxy saw is of the other password").doesNotContain(
          "Authorization");
      assertThat(proxy.head()).contains("Authorization");
    }
  }

  @Test
  void anotherPasswordIsShownAtOnceAndSuccessForgetsTheRefusals() throws Exception {
    try (var proxy = new LoopbackPeer(LoopbackPeer.answering(WHO), LoopbackPeer.answering(WHO),
        LoopbackPeer.answering(CONNECTED), LoopbackPeer.answering(CONNECTED), LoopbackPeer.answering(WHO))) {
      refused(route(proxy, "jane:secret@"), "does not accept");
      open(route(proxy, "jane:right@"));

      pass(RefusedLogins.PAUSES.getFirst());
      open(route(proxy, "jane:secret@"));
      refused(route(proxy, "jane:secret@"), "does not accept");
      pass(RefusedLogins.PAUSES.getFirst());
      refused(route(proxy, "jane:secret@"), "does not accept");
    }
  }

  @Test
  void forwardedRequestsCountToo() throws Exception {
    try (var proxy = new LoopbackPeer(LoopbackPeer.answering(WHO))) {
      PlainHttp requests = route(proxy, "jane:secret@").plainHttp("server.example", 80);
      assertThat(requests.again(407, "Basic realm=\"office\"")).isTrue();
      assertThatThrownBy(() -> requests.again(407, "Basic realm=\"office\""))
          .isInstanceOf(UnusableProxyException.class);

      refused(route(proxy, "jane:secret@"), "not shown to it again for 1 min");
    }
  }

  @Test
  void aProxyWithoutLoginIsAlwaysAsked() throws Exception {
    try (var proxy = new LoopbackPeer(LoopbackPeer.answering(WHO))) {
      for (int i = 0; i < 3; i++) {
        assertThatThrownBy(() -> open(route(proxy, ""))).hasMessageContaining("demands a log-in");
      }
    }
  }

  @Test
  void soManyAreRememberedAndNoMore() throws Exception {
    try (var proxy = new LoopbackPeer(LoopbackPeer.answering(WHO))) {
      for (int i = 0; i <= RefusedLogins.MAX_REMEMBERED; i++) {
        logins.refused(address(proxy, "user" + i + ":secret@"));
      }
      logins.check(address(proxy, "user0:secret@"));
      assertThatThrownBy(() -> logins.check(address(proxy, "user1:secret@")))
          .isInstanceOf(UnusableProxyException.class);
    }
  }
}
