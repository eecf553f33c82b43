package dev.sallyport.agent.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

import dev.sallyport.agent.fake.Await;
import dev.sallyport.agent.fake.FakeClock;
import dev.sallyport.agent.fake.FakeLink;
import dev.sallyport.agent.fake.FakeNetworks;
import dev.sallyport.agent.fake.FakeServer;
import dev.sallyport.agent.fake.Ids;
import dev.sallyport.agent.fake.MemoryNetwork;
import dev.sallyport.agent.fake.TestAgent;
import dev.sallyport.agent.ladder.ClimbReport;
import dev.sallyport.agent.network.NetworkState;
import dev.sallyport.protocol.channel.AgentMessage;
import dev.sallyport.protocol.channel.AgentPolicy;
import dev.sallyport.protocol.channel.Tried;
import dev.sallyport.protocol.operation.HostOperation;
import dev.sallyport.protocol.operation.Outcome;
import dev.sallyport.transport.Dialer;
import dev.sallyport.transport.ladder.Rung;
import dev.sallyport.transport.memory.MemoryWire;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A whole agent that has three ways to a server in the same process, of which a test blocks some. */
@Timeout(240)
final class LadderAtWorkTest {
  private final FakeServer server = new FakeServer();
  private final MemoryNetwork network = new MemoryNetwork(server);
  private final Set<String> blocked = ConcurrentHashMap.newKeySet();
  private final Set<String> strange = ConcurrentHashMap.newKeySet();
  private final List<String> dialled = new CopyOnWriteArrayList<>();
  private final FakeNetworks networks = new FakeNetworks(new FakeClock(), FakeNetworks.named("office"));
  private TestAgent agent = TestAgent.climbing((addresses, order) -> {
    var rungs = new ArrayList<Rung>();
    for (String word : List.of("websocket", "https-poll", "tcp")) {
      rungs.add(new Rung(word, addresses.getFirst(), way(word)));
    }
    rungs.sort(Comparator.comparingInt(
        rung -> order.contains(rung.transport()) ? order.indexOf(rung.transport()) : order.size()));
    return rungs;
  }).in(networks);

  private Dialer way(String word) {
    return (address, timeout) -> {
      dialled.add(word);
      if (blocked.contains(word)) {
        throw new IOException(word + " is blocked here");
      }
      if (strange.contains(word)) {
        MemoryWire.Pair pair = MemoryWire.pair();
        Thread.ofVirtual().start(() -> answerStrangely(pair.second()));
        return pair.first();
      }
      return network.dial(address, timeout);
    };
  }

  private static void answerStrangely(MemoryWire stranger) {
    try {
      stranger.receive();
      stranger.send(new byte[]{2, 3, 4});
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @BeforeEach
  void enrol() throws Exception {
    agent.enrol(server.bundle(MemoryNetwork.ADDRESS));
    dialled.clear();
  }

  @AfterEach
  void stop() {
    agent.stop();
  }

  private FakeLink connect() throws Exception {
    agent.start();
    FakeLink link = server.awaitLink();
    link.hear();
    link.hearHeld();
    return link;
  }

  @Test
  @DisplayName("K4 the best way that passes is taken, and why the others did not is told to the server and kept on the machine")
  void theBestWayThatPassesIsTaken() throws Exception {
    blocked.add("websocket");

    AgentMessage said = connect().hear();

    assertThat(dialled).containsExactly("websocket", "https-poll");
    assertThat(said).isInstanceOfSatisfying(AgentMessage.Way.class, way -> {
      assertThat(way.tried()).extracting(Tried::transport).containsExactly("websocket", "https-poll");
      assertThat(way.tried().getFirst().failure()).isEqualTo("websocket is blocked here");
      assertThat(way.tried().getLast().worked()).isTrue();
    });
    assertThat(ClimbReport.read(agent.disk()).arrived()).isTrue();
    Await.until("it says by which way", () -> agent.logged().contains("by https-poll"));
  }

  @Test
  @DisplayName("K4 whoever answers in the server's place is no way")
  void whoeverAnswersInTheServersPlaceIsNoWay() throws Exception {
    strange.add("websocket");

    connect();

    assertThat(dialled).containsExactly("websocket", "https-poll");
  }

  @Test
  @DisplayName("K4 what worked in a network is tried first there, and only there")
  void whatWorkedInANetworkIsTriedFirstThere() throws Exception {
    blocked.addAll(List.of("websocket", "https-poll"));
    connect();
    Await.until("it knows that it is connected", () -> agent.logged().contains("by tcp"));
    agent.stop();
    dialled.clear();

    agent = agent.afterKill().in(networks);
    connect();
    assertThat(dialled).containsExactly("tcp");

    agent.stop();
    dialled.clear();
    networks.become(FakeNetworks.named("home"));
    agent = agent.afterKill().in(networks);
    connect();
    assertThat(dialled).containsExactly("websocket", "https-poll", "tcp");
  }

  @Test
  @DisplayName("K4 a better way is taken when it opens, and the old link ends only after the new one is up")
  void aBetterWayIsTakenWhenItOpens() throws Exception {
    blocked.add("websocket");
    FakeLink old = connect();
    networks.look();
    Await.until("it has looked in vain", () -> dialled.equals(List.of("websocket", "https-poll", "websocket")));
    assertThat(old.order(Ids.next(), new HostOperation.Properties()).result().outcome()).isEqualTo(Outcome.DONE);

    blocked.clear();
    networks.look();
    FakeLink better = server.awaitLink();
    assertThat(old.order(Ids.next(), new HostOperation.Properties()).result().outcome()).isEqualTo(Outcome.DONE);
    old.cut();

    assertThat(better.order(Ids.next(), new HostOperation.Properties()).result().outcome()).isEqualTo(Outcome.DONE);
    Await.until("it says so", () -> agent.logged().contains("connected to " + MemoryNetwork.ADDRESS + " as"));
    better.cut();
    server.awaitLink();
    assertThat(dialled.getLast()).isEqualTo("websocket");
  }

  @Test
  @DisplayName("K4 another order of transports is followed soon, and the old link ends only after the new one is up")
  void anotherOrderIsFollowedSoon() throws Exception {
    FakeLink old = connect();
    old.hear();
    assertThat(dialled).containsExactly("websocket");

    old.policy(preferring("tcp"));
    FakeLink better = server.awaitLink();
    assertThat(old.order(Ids.next(), new HostOperation.Properties()).result().outcome()).isEqualTo(Outcome.DONE);
    old.cut();

    assertThat(better.order(Ids.next(), new HostOperation.Properties()).result().outcome()).isEqualTo(Outcome.DONE);
    assertThat(dialled).containsExactly("websocket", "tcp");
    better.policy(preferring("https-poll"));
    server.awaitLink();
    assertThat(dialled).containsExactly("websocket", "tcp", "https-poll");
  }

  @Test
  @DisplayName("K4 an order whose best way does not pass costs no link, and counts as soon as it passes")
  void anOrderThatDoesNotPassCostsNoLink() throws Exception {
    blocked.add("tcp");
    FakeLink link = connect();
    link.policy(preferring("tcp"));
    Await.until("it has tried the wish", () -> dialled.equals(List.of("websocket", "tcp")));
    link.policy(preferring("tcp", "https-poll"));

    FakeLink second = server.awaitLink();
    link.cut();
    assertThat(second.order(Ids.next(), new HostOperation.Properties()).result().outcome()).isEqualTo(Outcome.DONE);
    assertThat(dialled).containsExactly("websocket", "tcp", "tcp", "https-poll");
    blocked.clear();
    networks.look();
    server.awaitLink();
    assertThat(dialled.getLast()).isEqualTo("tcp");
  }

  @Test
  @DisplayName("K4 an order that says nothing new, or asks for what is there, moves nobody")
  void anOrderThatIsFollowedAlreadyMovesNobody() throws Exception {
    FakeLink link = connect();
    link.policy(preferring("websocket", "tcp"));
    link.policy(preferring("websocket"));
    link.policy(preferring());
    assertThat(link.order(Ids.next(), new HostOperation.Properties()).result().outcome()).isEqualTo(Outcome.DONE);

    link.policy(preferring("https-poll"));
    server.awaitLink();
    assertThat(dialled).containsExactly("websocket", "https-poll");
  }

  private static AgentPolicy preferring(String... transports) {
    AgentPolicy usual = AgentPolicy.DEFAULT;
    return new AgentPolicy(usual.checkIn(), usual.firstRetry(), usual.lastRetry(), List.of(transports));
  }

  @Test
  @DisplayName("K3 nothing is dialled while this machine is in no network, and at once when it is in one")
  void nothingIsDialledWithoutANetwork() throws Exception {
    networks.become(NetworkState.NONE);
    agent.start();
    Await.until("it says why it waits", () -> agent.logged().contains("this machine is in no network"));
    assertThat(dialled).isEmpty();

    networks.become(FakeNetworks.named("office"));
    server.awaitLink();
    assertThat(dialled).containsExactly("websocket");
  }
}
