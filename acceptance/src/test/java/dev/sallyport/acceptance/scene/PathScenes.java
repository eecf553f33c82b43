package dev.sallyport.acceptance.scene;

import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** Ways that lose, delay, forget and swallow. */
final class PathScenes {
  static final List<Scene> ALL = List.of(
      Scene.of("nat-rebinding", "the router gives the connection another port in its middle", PathScenes::natRebinding),
      Scene.of("loss-and-delay", "300 ms there and back, and 5 of 100 packets lost each way", PathScenes::lossAndDelay),
      Scene.of("forgetful-firewall", "the server is restarted behind a firewall that forgot the connection",
          PathScenes::forgetfulFirewall),
      Scene.of("mtu-black-hole", "big packets vanish on the way, and nobody says so", PathScenes::mtuBlackHole));

  /** Longest packet that passes, in bytes; every computer believes in 1,500. */
  private static final int LARGEST = 1_300;

  /** Packets of that length in a row, of which one would be enough. */
  private static final int MANY = 20;

  private PathScenes() {
  }

  private static void natRebinding(Ground ground) throws IOException {
    Lan office = ground.lan();
    office.hide("meta l4proto tcp masquerade to :20000-20999");
    Machine machine = ground.machine(ground.computerIn(office));
    machine.obeys("websocket", "");

    office.hide("meta l4proto tcp masquerade to :30000-30999");
    office.router().run("conntrack", "-F");

    machine.awaitAnotherLink();
    machine.obeys("websocket", "");
  }

  private static void lossAndDelay(Ground ground) throws IOException {
    Lan office = ground.lan();
    SlowPath.between(office.router(), ground.internet(), Duration.ofMillis(150), 5);
    ground.machine(ground.computerIn(office)).obeys("websocket", "");
  }

  private static void mtuBlackHole(Ground ground) throws IOException {
    Lan office = ground.lan();
    Place computer = ground.computerIn(office);
    Place server = ground.server();
    office.router().nft("""
        table inet hole {
          chain forward {
            type filter hook forward priority filter
            meta length > %d drop
          }
        }
        """.formatted(LARGEST));
    computer.ip("link set eth0 gso_max_segs 1"); // the rule sees packets as they are on a wire
    server.ip("link set eth0 gso_max_segs 1");
    Machine machine = ground.machine(computer);
    machine.obeys("websocket", "");
    machine.echoes("x".repeat(MANY * LARGEST));
  }

  /** The server's FIN, and later its resets, never reach the machine: only silence tells that the link is dead. */
  private static void forgetfulFirewall(Ground ground) throws IOException {
    Lan office = ground.lan();
    Machine machine = ground.machine(ground.computerIn(office));
    machine.obeys("websocket", "");

    office.router().sysctl("net.netfilter.nf_conntrack_tcp_loose", "0");
    office.onlyOut("ct state invalid drop\ntcp flags & (syn | ack) == syn accept");
    office.router().run("conntrack", "-F");
    ground.installation().restartServer();

    machine.awaitAnotherLink();
    machine.obeys("websocket", "");
  }
}
