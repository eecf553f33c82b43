package dev.sallyport.transport.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Arrays;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

final class DirectRouteTest {
  private static final InetAddress HERE = InetAddress.ofLiteral("127.0.0.1");
  private static final InetAddress NOBODY = InetAddress.ofLiteral("127.0.0.2");
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private static Connection open(ServerSocket listener, InetAddress... addresses) throws IOException {
    return new DirectRoute(_ -> addresses).open("server.example", listener.getLocalPort(), Deadline.in(PATIENCE));
  }

  private static ServerSocket listening() throws IOException {
    return new ServerSocket(0, 1, HERE);
  }

  @Test
  @DisplayName("K3 a server with several addresses is reached at that which this network leads to")
  void goesOnToTheNextAddress() throws IOException {
    try (ServerSocket listener = listening()) {
      Connection connection = open(listener, NOBODY, HERE);

      assertThat(connection.bottom().remote()).isEqualTo("127.0.0.1:" + listener.getLocalPort());
      connection.bottom().close();
    }
  }

  @Test
  void tellsWhyItReachedNoAddress() throws IOException {
    try (ServerSocket listener = listening()) {
      assertThatThrownBy(() -> open(listener, NOBODY, InetAddress.ofLiteral("127.0.0.3")))
          .hasMessageContaining("127.0.0.2:" + listener.getLocalPort() + " refused the connection")
          .hasMessageContaining("; 127.0.0.3:" + listener.getLocalPort() + " refused the connection");
    }
  }

  @Test
  void namesTheServerWhereThereIsOneAddress() throws IOException {
    try (ServerSocket listener = listening()) {
      assertThatThrownBy(() -> open(listener, NOBODY))
          .hasMessageStartingWith("server.example:" + listener.getLocalPort() + " refused the connection");
    }
  }

  @Test
  void triesOnlySoManyAddresses() throws IOException {
    try (ServerSocket listener = listening()) {
      var many = new InetAddress[DirectRoute.MAX_ADDRESSES + 1];
      Arrays.fill(many, NOBODY);
      many[DirectRoute.MAX_ADDRESSES] = HERE;

      assertThatThrownBy(() -> open(listener, many)).hasMessageContaining("refused the connection");
    }
  }

  @Test
  void saysThatANameIsNotKnown() {
    Route route = new DirectRoute(host -> {
      throw new UnknownHostException(host);
    });

    assertThatThrownBy(() -> route.open("server.example", 443, Deadline.in(PATIENCE)))
        .hasMessage("the name server.example is not known here; check the spelling and DNS");
  }
}
