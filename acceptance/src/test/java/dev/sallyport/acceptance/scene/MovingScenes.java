package dev.sallyport.acceptance.scene;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

import dev.sallyport.testing.installation.Program;

/** Servers and machines that move, and networks that come and go. */
final class MovingScenes {
  static final List<Scene> ALL = List.of(
      Scene.of("server-moves", "the server's name leads to another address", MovingScenes::serverMoves),
      Scene.with("dnsmasq", "dns-fails", "names cannot be looked up for a while", MovingScenes::dnsFails),
      Scene.of("three-networks", "a laptop moves from the office to the café and home", MovingScenes::threeNetworks),
      Scene.of("no-network", "without a network nobody dials; with one the agent is back at once (K3)",
          MovingScenes::noNetwork));

  private static final String OTHER_ADDRESS = "203.0.113.99";
  private static final Duration QUIET = Duration.ofSeconds(8);

  /** A second to notice, and what a loaded machine may add; an agent that did not notice would sleep up to 30 s. */
  private static final Duration AT_ONCE = Duration.ofSeconds(20);

  private MovingScenes() {
  }

  private static void serverMoves(Ground ground) throws IOException {
    Place computer = ground.computerIn(ground.lan());
    Machine machine = ground.machine(computer);
    machine.obeys("websocket", "");

    Place server = ground.server();
    server.ip("addr add " + OTHER_ADDRESS + "/24 dev eth0");
    server.nft("table inet scene { chain input { type filter hook input priority filter; ip daddr " + Ground.SERVER
        + " ip saddr != 198.51.100.2 reject with tcp reset; }; }");
    computer.hosts(OTHER_ADDRESS + " " + Ground.SERVER_NAME);
    try {
      machine.awaitAnotherLink();
      machine.obeys("websocket", "");
    } finally {
      server.nft("delete table inet scene");
      server.ip("addr del " + OTHER_ADDRESS + "/24 dev eth0");
    }
  }

  private static void dnsFails(Ground ground) throws IOException {
    Lan office = ground.lan();
    Place computer = ground.computerIn(office);
    computer.hosts("");
    computer.resolver("nameserver " + office.address(1));
    Program dns = Peers.dnsmasq(office.router(), Ground.SERVER_NAME + "," + Ground.SERVER);
    Machine machine = ground.machine(computer);
    machine.obeys("websocket", "");

    dns.kill();
    machine.restart();
    Await.until("the agent says that it cannot look the name up",
        () -> machine.said().contains(Ground.SERVER_NAME + " is not known"), machine::said);
    Peers.dnsmasq(office.router(), Ground.SERVER_NAME + "," + Ground.SERVER);
    machine.obeys("websocket", "");
  }

  private static void threeNetworks(Ground ground) throws IOException {
    Place laptop = ground.computer();
    Lan office = ground.lan();
    Lan cafe = ground.lan("10.20.30");
    Lan home = ground.lan();
    office.plugIn(laptop, 20);
    Machine machine = ground.machine(laptop);
    machine.obeys("websocket", "");

    office.unplug(laptop);
    cafe.plugIn(laptop, 77);
    machine.awaitAnotherLink();
    machine.obeys("websocket", "");

    cafe.unplug(laptop);
    home.plugIn(laptop, 20);
    machine.awaitAnotherLink();
    machine.obeys("websocket", "");
  }

  private static void noNetwork(Ground ground) throws IOException {
    Lan office = ground.lan();
    Place computer = ground.computer();
    computer.nft("""
        table inet scene {
          counter dials {}
          chain output {
            type filter hook output priority filter
            oifname != "lo" tcp flags & (syn | ack) == syn counter name dials
          }
        }
        """);
    office.plugIn(computer, 20);
    Machine machine = ground.machine(computer);
    machine.obeys("websocket", "");

    office.router().ip("link set " + computer.name() + " down");
    Await.until("the agent notices that it is in no network", () -> machine.said().contains("is in no network"),
        machine::said);
    long before = computer.counted("dials");
    Await.whileHolds("nobody dials while the cable is out", QUIET, () -> computer.counted("dials") == before,
        machine::said);
    office.router().ip("link set " + computer.name() + " up");
    back(machine);

    computer.ip("addr flush dev eth0");
    Await.until("the agent gives its dead link up", () -> machine.said().contains("is gone"), machine::said);
    Await.whileHolds("nobody dials without a route", QUIET, () -> !machine.said().contains("goes on trying"),
        machine::said);
    computer.ip("addr add " + office.address(20) + "/24 dev eth0");
    computer.ip("route add default via " + office.address(1));
    back(machine);
  }

  private static void back(Machine machine) throws IOException {
    Instant start = Instant.now();
    machine.awaitAnotherLink();
    Duration took = Duration.between(start, Instant.now());
    if (took.compareTo(AT_ONCE) > 0) {
      throw new IOException("it took " + took + " to come back:\n" + machine.said());
    }
    machine.obeys("websocket", "");
  }
}
