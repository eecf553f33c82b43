package dev.sallyport.transport.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import dev.sallyport.transport.Binding;
import dev.sallyport.transport.ServerAddress;
import dev.sallyport.transport.Wire;
import dev.sallyport.transport.memory.MemoryWire;
import dev.sallyport.transport.socket.Connection;
import dev.sallyport.transport.socket.Deadline;
import dev.sallyport.transport.socket.PlainHttp;
import dev.sallyport.transport.socket.Route;
import org.junit.jupiter.api.Test;

final class RoutedDialerTest {
  private static final ServerAddress SERVER = ServerAddress.of("wss://server.example/agent");
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Route PROXY = new Route() {
    @Override
    public Connection open(String host, int port, Deadline deadline) throws IOException {
      throw new IOException("not asked in this test");
    }

    @Override
    public PlainHttp plainHttp(String host, int port) {
      return PlainHttp.asToTheServer(this, host, port);
    }

    @Override
    public String describe() {
      return "http proxy p:1";
    }
  };

  private final List<String> tried = new ArrayList<>();

  /** Reaches the server by these routes alone. */
  private Binding passing(Route... open) {
    return new Binding() {
      @Override
      public String transport() {
        return "memory";
      }

      @Override
      public Set<ServerAddress.Scheme> schemes() {
        return Set.of(ServerAddress.Scheme.WSS);
      }

      @Override
      public Wire dial(ServerAddress address, Route route, Duration timeout) throws IOException {
        tried.add(route.describe());
        if (List.of(open).contains(route)) {
          return MemoryWire.pair().first();
        }
        throw new IOException(route.describe() + " is blocked");
      }
    };
  }

  @Test
  void takesTheFirstRouteThatPasses() throws IOException {
    new RoutedDialer(passing(PROXY, Route.DIRECT), (_, _) -> List.of(PROXY, Route.DIRECT)).dial(SERVER, PATIENCE)
        .close();

    assertThat(tried).containsExactly("http proxy p:1");
  }

  @Test
  void goesStraightWhenTheProxyIsGone() throws IOException {
    new RoutedDialer(passing(Route.DIRECT), (_, _) -> List.of(PROXY, Route.DIRECT)).dial(SERVER, PATIENCE).close();

    assertThat(tried).containsExactly("http proxy p:1", "direct");
  }

  @Test
  void tellsOfEachRouteWhyItFailed() {
    assertThatThrownBy(
        () -> new RoutedDialer(passing(), (_, _) -> List.of(PROXY, Route.DIRECT)).dial(SERVER, PATIENCE))
        .isInstanceOf(IOException.class)
        .hasMessage("http proxy p:1: http proxy p:1 is blocked; direct: direct is blocked");
  }
}
