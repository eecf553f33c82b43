package dev.sallyport.transport.ladder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

import dev.sallyport.protocol.ServerAddress;
import dev.sallyport.transport.Binding;
import dev.sallyport.transport.UnopenedException;
import dev.sallyport.transport.Wire;
import dev.sallyport.transport.poll.PollBinding;
import dev.sallyport.transport.proxy.Routes;
import dev.sallyport.transport.socket.Route;
import dev.sallyport.transport.tcp.TcpBinding;
import dev.sallyport.transport.tls.TlsTrust;
import dev.sallyport.transport.websocket.WebSocketDialer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("K4 the ladder")
class LadderTest {
  private static final List<ServerAddress> DOORS = List.of(ServerAddress.of("wss://lan/agent"),
      ServerAddress.of("wss://wan/agent"),
      ServerAddress.of("http://wan"), ServerAddress.of("tcp://wan:80"));

  private final TlsTrust trust = TlsTrust.pinned(List.of(new byte[32]));
  private final Ladder ladder = new Ladder(
      List.of(new WebSocketDialer(trust), TcpBinding.secured(trust), PollBinding.secured(trust),
          TcpBinding.plain(), PollBinding.plain()),
      Routes.STRAIGHT);

  private List<String> rungs(List<String> order) {
    return ladder.to(DOORS, order).stream().map(Rung::name).toList();
  }

  @Test
  void triesTheBestBindingAtAllDoorsBeforeTheNext() {
    assertThat(rungs(List.of())).containsExactly("websocket wss://lan/agent", "websocket wss://wan/agent",
        "tls wss://lan/agent",
        "tls wss://wan/agent", "https-poll wss://lan/agent", "https-poll wss://wan/agent", "tcp tcp://wan:80",
        "http-poll http://wan");
  }

  @Test
  void anOrderPutsTransportsFirstAndTakesNoneAway() {
    assertThat(rungs(List.of("http-poll", "pigeon", "https-poll", "http-poll"))).startsWith("http-poll http://wan",
        "https-poll wss://lan/agent", "https-poll wss://wan/agent", "websocket wss://lan/agent").hasSize(8);
  }

  @Test
  void everySearchBeginsAnew() {
    var tries = new AtomicInteger();
    var blocked = new Ladder(List.of(closed("websocket", tries), closed("https-poll", tries)), Routes.STRAIGHT);

    for (int search = 1; search <= 2; search++) {
      for (Rung rung : blocked.to(DOORS.subList(0, 1), List.of())) {
        assertThatThrownBy(rung::dial).isInstanceOf(UnopenedException.class).hasMessage("no answer");
      }
      assertThat(tries).hasValue(search);
    }
  }

  private static Binding closed(String transport, AtomicInteger tries) {
    return new Binding() {
      @Override
      public String transport() {
        return transport;
      }

      @Override
      public Set<ServerAddress.Scheme> schemes() {
        return Set.of(ServerAddress.Scheme.WSS);
      }

      @Override
      public Wire dial(ServerAddress address, Route route, Duration timeout) throws IOException {
        tries.incrementAndGet();
        throw new UnopenedException("no answer", new IOException("timed out"));
      }
    };
  }
}
