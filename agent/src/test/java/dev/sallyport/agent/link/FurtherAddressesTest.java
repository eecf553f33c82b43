package dev.sallyport.agent.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
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
import dev.sallyport.protocol.ServerAddress;
import dev.sallyport.protocol.operation.HostOperation;
import dev.sallyport.protocol.operation.Outcome;
import dev.sallyport.transport.Wire;
import dev.sallyport.transport.ladder.Rungs;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A whole agent whose server names further addresses, good ones and bad ones. */
@Timeout(240)
final class FurtherAddressesTest {
  private static final String LAN = "wss://10.0.0.5/agent";
  private static final String TYPO = "wss://10.0.0.6/agent";
  private static final String STRANGER = "wss://other.example/agent";

  private final FakeServer server = new FakeServer();
  private final MemoryNetwork network = new MemoryNetwork(server);
  private final MemoryNetwork elsewhere = new MemoryNetwork(new FakeServer());
  private final Set<String> dead = ConcurrentHashMap.newKeySet();
  private final List<String> dialled = new CopyOnWriteArrayList<>();
  private final FakeNetworks networks = new FakeNetworks(new FakeClock(), FakeNetworks.named("office"));
  private TestAgent agent = TestAgent.climbing(Rungs.by("websocket", this::dial)).in(networks);

  private Wire dial(ServerAddress address, Duration timeout) throws IOException {
    dialled.add(address.toString());
    if (dead.contains(address.toString())) {
      throw new IOException(address + " does not answer");
    }
    return (address.toString().equals(STRANGER) ? elsewhere : network).dial(address, timeout);
  }

  @BeforeEach
  void enrol() throws Exception {
    agent.enrol(server.bundle(MemoryNetwork.ADDRESS));
    dialled.clear();
    dead.add(TYPO);
  }

  @AfterEach
  void stop() {
    agent.stop();
  }

  private FakeLink connect() throws Exception {
    agent.start();
    return server.awaitLink();
  }

  private void restart() {
    agent.stop();
    agent = agent.afterKill().in(networks);
    dialled.clear();
  }

  private static void works(FakeLink link) {
    assertThat(link.order(Ids.next(), new HostOperation.Properties()).result().outcome()).isEqualTo(Outcome.DONE);
  }

  @Test
  @DisplayName("K4 an address of the LAN is taken soon, and the old link ends only after the new one is up")
  void anAddressOfTheLanIsTakenSoon() throws Exception {
    FakeLink old = connect();
    old.servers(LAN);
    FakeLink lan = server.awaitLink();
    works(old);
    old.cut();
    works(lan);
    assertThat(dialled).containsExactly(MemoryNetwork.ADDRESS, LAN);

    restart();
    connect();
    assertThat(dialled).containsExactly(LAN);
  }

  @Test
  @DisplayName("K4 a notebook that leaves the LAN comes by the bundle's address")
  void outsideTheLanTheBundleCounts() throws Exception {
    FakeLink old = connect();
    old.servers(LAN);
    server.awaitLink();
    old.cut();
    Await.until("it has noted the way", () -> agent.disk().exists("doors"));
    restart();
    dead.add(LAN);
    networks.become(FakeNetworks.named("home"));

    works(connect());
    assertThat(dialled).containsExactly(LAN, MemoryNetwork.ADDRESS);
  }

  @Test
  @DisplayName("K4 a typing error costs no link, neither now nor after a restart")
  void aTypingErrorCostsNoLink() throws Exception {
    FakeLink link = connect();
    link.servers(TYPO);
    Await.until("it has tried it", () -> dialled.contains(TYPO));
    works(link);

    restart();
    works(connect());
    networks.become(FakeNetworks.named("home"));
    restart();
    works(connect());
    assertThat(dialled).containsExactly(TYPO, MemoryNetwork.ADDRESS);
  }

  @Test
  @DisplayName("K4 an address that has worked is kept when the server names another in its place and the bundle's is dead")
  void whatHasWorkedIsNeverThrownAway() throws Exception {
    FakeLink old = connect();
    old.servers(LAN);
    FakeLink lan = server.awaitLink();
    old.cut();
    dead.add(MemoryNetwork.ADDRESS);
    lan.servers(TYPO);
    Await.until("it has tried it", () -> dialled.contains(TYPO));
    networks.become(FakeNetworks.named("home"));

    restart();
    works(connect());
    assertThat(dialled).containsExactly(TYPO, MemoryNetwork.ADDRESS, LAN);
  }

  @Test
  @DisplayName("T44 an address of another server is not believed, and the agent stays with its own")
  void anotherServerIsNotBelieved() throws Exception {
    FakeLink link = connect();
    link.servers(STRANGER);
    Await.until("it has tried it", () -> dialled.contains(STRANGER));
    works(link);

    networks.become(FakeNetworks.named("home"));
    restart();
    works(connect());
    assertThat(dialled.getLast()).isEqualTo(MemoryNetwork.ADDRESS);
  }

  @Test
  @DisplayName("T32 what no agent can dial, and passwords, are passed over; too many addresses are not heard at all")
  void whatCannotBeDialledIsPassedOver() throws Exception {
    FakeLink link = connect();
    link.servers("quic://10.0.0.5/agent", "no address", "ftp://user:secret@10.0.0.5/", "wss://10.0.0.5", LAN);
    FakeLink lan = server.awaitLink();
    works(lan);

    assertThat(dialled).containsExactly(MemoryNetwork.ADDRESS, LAN);
    assertThat(agent.logged()).contains("of 5 further addresses of the server, this agent can dial 1")
        .doesNotContain("secret");
  }

  @Test
  void aDamagedNoteOfAddressesCostsNothingButTheNote() throws Exception {
    try (var file = agent.disk().create("doors")) {
      file.write(0, new byte[20], 0, 20);
    }
    works(connect());
    assertThat(agent.logged()).contains("further addresses are forgotten");
  }
}
