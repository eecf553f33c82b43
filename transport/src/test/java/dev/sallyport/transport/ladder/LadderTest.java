package dev.sallyport.transport.ladder;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

import dev.sallyport.transport.ServerAddress;
import dev.sallyport.transport.poll.PollBinding;
import dev.sallyport.transport.proxy.Routes;
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
  void aDoorIsAPortOfAHost() {
    List<Rung> rungs = ladder.to(DOORS, List.of());

    assertThat(rungs.get(0).sameDoor(rungs.get(2))).isTrue();
    assertThat(rungs.get(0).sameDoor(rungs.get(1))).isFalse();
    assertThat(rungs.get(6).sameDoor(rungs.get(7))).isTrue();
  }
}
