package dev.sallyport.transport.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

import dev.sallyport.protocol.ServerAddress;
import dev.sallyport.transport.Binding;
import dev.sallyport.transport.UnopenedException;
import dev.sallyport.transport.Wire;
import dev.sallyport.transport.memory.MemoryWire;
import dev.sallyport.transport.socket.Connection;
import dev.sallyport.transport.socket.Deadline;
import dev.sallyport.transport.socket.PlainHttp;
import dev.sallyport.transport.socket.Route;
import org.junit.jupiter.api.DisplayName;
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
  private final DeadEnds deadEnds = new DeadEnds();

  private RoutedDialer dialer(Binding binding) {
    return new RoutedDialer(binding, (_, _) -> List.of(PROXY, Route.DIRECT), deadEnds);
  }

  /** Reaches the server by these routes alone; on others it gets a connection that leads nowhere. */
  private Binding passing(Route... open) {
    return binding(false, open);
  }

  /** Reaches the server by these routes alone; on others not even a connection comes about. */
  private Binding connecting(Route... open) {
    return binding(true, open);
  }

  private Binding binding(boolean closed, Route... open) {
    return binding(route -> {
      String failure = route.describe() + " is blocked";
      return closed ? new UnopenedException(failure, new IOException("timed out")) : new IOException(failure);
    }, open);
  }

  /** Fails on every route but the straight one in this way. */
  private Binding failing(IOException failure) {
    return binding(_ -> failure, Route.DIRECT);
  }

  private Binding binding(Function<Route, IOException> failure, Route... open) {
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
        throw failure.apply(route);
      }
    };
  }

  @Test
  void takesTheFirstRouteThatPasses() throws IOException {
    dialer(passing(PROXY, Route.DIRECT)).dial(SERVER, PATIENCE).close();

    assertThat(tried).containsExactly("http proxy p:1");
  }

  @Test
  void goesStraightWhenTheProxyIsGone() throws IOException {
    dialer(passing(Route.DIRECT)).dial(SERVER, PATIENCE).close();

    assertThat(tried).containsExactly("http proxy p:1", "direct");
  }

  @Test
  void tellsOfEachRouteWhyItFailed() {
    assertThatThrownBy(() -> dialer(passing()).dial(SERVER, PATIENCE))
        .isInstanceOf(IOException.class)
        .hasMessage("http proxy p:1: http proxy p:1 is blocked; direct: direct is blocked");
  }

  @Test
  @DisplayName("K4 nobody waits twice for a route on which no connection to a door comes about")
  void aClosedRouteIsTriedOnce() throws IOException {
    assertThatThrownBy(() -> dialer(connecting()).dial(SERVER, PATIENCE)).isInstanceOf(IOException.class);

    assertThatThrownBy(() -> dialer(connecting(PROXY)).dial(SERVER, PATIENCE))
        .hasMessage("http proxy p:1: http proxy p:1 is blocked; direct: direct is blocked");
    assertThat(tried).containsExactly("http proxy p:1", "direct");
    dialer(connecting(PROXY)).dial(ServerAddress.of("tcp://server.example:80"), PATIENCE).close();
    dialer(connecting(PROXY)).dial(ServerAddress.of("wss://other.example/agent"), PATIENCE).close();
  }

  @Test
  @DisplayName("K4 a connection that leads nowhere for one binding may do for another")
  void anOpenRouteIsTriedByAll() throws IOException {
    assertThatThrownBy(() -> dialer(passing()).dial(SERVER, PATIENCE)).isInstanceOf(IOException.class);

    dialer(passing(Route.DIRECT)).dial(SERVER, PATIENCE).close();

    assertThat(tried).containsExactly("http proxy p:1", "direct", "http proxy p:1", "direct");
  }

  @Test
  @DisplayName("K6 a proxy that connects nobody to port 80 may still forward requests there")
  void aProxyThatConnectsNobodyMayForward() throws IOException {
    assertThatThrownBy(() -> dialer(connecting()).dial(ServerAddress.of("tcp://server.example:80"), PATIENCE))
        .isInstanceOf(IOException.class);

    dialer(connecting(PROXY)).dial(ServerAddress.of("http://server.example"), PATIENCE).close();
  }

  @Test
  @DisplayName("K6 a proxy that refused a log-in is not shown it again, whatever the door")
  void anUnusableProxyIsAskedOnce() throws IOException {
    IOException refused = new UnusableProxyException("http proxy p:1 does not accept the user name or password");
    Binding stranger = failing(new UnopenedException("wss://server.example/agent: " + refused.getMessage(), refused));
    dialer(stranger).dial(SERVER, PATIENCE).close();
    tried.clear();

    assertThatThrownBy(() -> dialer(passing()).dial(ServerAddress.of("http://other.example"), PATIENCE))
        .hasMessageContaining("does not accept the user name or password");
    assertThat(tried).containsExactly("direct");
  }
}
