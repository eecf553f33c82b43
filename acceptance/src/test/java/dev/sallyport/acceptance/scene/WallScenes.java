package dev.sallyport.acceptance.scene;

import java.io.IOException;
import java.util.List;

/** Firewalls. */
final class WallScenes {
  static final List<Scene> ALL = List.of(
      Scene.of("inbound-dropped", "the machine's firewall drops all that comes in unasked", WallScenes::inboundDropped),
      Scene.of("only-443", "the office lets out nothing but TCP to port 443", WallScenes::only443),
      Scene.of("ipv6-only", "a network without IPv4, and a server that has both", WallScenes::ipv6Only));

  private WallScenes() {
  }

  private static void inboundDropped(Ground ground) throws IOException {
    Place computer = ground.computerIn(ground.lan());
    computer.nft("""
        table inet scene {
          counter opened {}
          chain input {
            type filter hook input priority filter; policy drop
            iif lo accept
            ct state established,related accept
            tcp flags syn counter name opened
          }
        }
        """);
    ground.machine(computer).obeys("websocket", "");
    if (computer.counted("opened") > 0) {
      throw new IOException("somebody tried to connect to the machine");
    }
  }

  private static void only443(Ground ground) throws IOException {
    Lan office = ground.lan();
    office.onlyOut("tcp dport 443 accept");
    ground.machine(ground.computerIn(office)).obeys("websocket", "");
  }

  private static void ipv6Only(Ground ground) throws IOException {
    Lan office = ground.lan();
    Place computer = ground.computer();
    computer.hosts(Ground.HOSTS + "\n" + Ground.SERVER6 + " " + Ground.SERVER_NAME);
    office.plugIn6(computer, 20);
    ground.machine(computer).obeys("websocket", "");
  }
}
