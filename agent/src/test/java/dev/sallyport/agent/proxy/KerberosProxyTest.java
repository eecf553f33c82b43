package dev.sallyport.agent.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Map;

import dev.sallyport.transport.proxy.ProxyAddress;
import dev.sallyport.transport.socket.Connection;
import dev.sallyport.transport.socket.Deadline;
import dev.sallyport.transport.socket.Route;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs(OS.LINUX)
@DisplayName("K5 squid that asks for a ticket of MIT Kerberos")
final class KerberosProxyTest {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  @TempDir
  static java.nio.file.Path empty;
  private static KerberosRealm realm;

  @BeforeAll
  static void start() throws IOException, InterruptedException {
    realm = new KerberosRealm();
  }

  @AfterAll
  static void stop() throws IOException {
    if (realm != null) {
      realm.close();
    }
  }

  private static TicketProcess tickets(Map<String, String> environment) {
    return new TicketProcess(System.getProperty("java.class.path"), () -> environment, PATIENCE);
  }

  private static Route route(Map<String, String> environment) {
    return ProxyAddress.of("http://localhost:" + realm.proxyPort()).route(tickets(environment));
  }

  @Test
  void connectsWhoeverHasATicketAndAgainWithAFreshToken() throws IOException {
    try (var server = new ServerSocket(0, 2, InetAddress.getLoopbackAddress())) {
      for (int i = 0; i < 2; i++) {
        Connection connection = route(realm.environment()).open("127.0.0.1", server.getLocalPort(),
            Deadline.in(PATIENCE));
        try (var arrived = server.accept()) {
          connection.top().getOutputStream().write('!');
          assertThat(arrived.getInputStream().read()).isEqualTo('!');
        } finally {
          connection.bottom().close();
        }
      }
    }
  }

  @Test
  void tellsWhoHasNoneWhatToDo() {
    var environment = Map.of("KRB5_CONFIG", realm.environment().getOrDefault("KRB5_CONFIG", ""), "KRB5CCNAME",
        "FILE:" + empty.resolve("none"));

    assertThatThrownBy(() -> route(environment).open("127.0.0.1", 9, Deadline.in(PATIENCE)))
        .hasMessageStartingWith("http proxy localhost:" + realm.proxyPort()
            + " asks for Kerberos, and this account has no Kerberos ticket; get one with kinit");
  }

  @Test
  void saysWhichProxyTheRealmDoesNotKnow() {
    assertThatThrownBy(() -> tickets(realm.environment()).token("stranger.example")).isInstanceOf(IOException.class)
        .hasMessageStartingWith("the realm gives no ticket for HTTP/stranger.example (");
  }
}
