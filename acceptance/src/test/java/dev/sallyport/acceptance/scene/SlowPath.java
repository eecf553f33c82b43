package dev.sallyport.acceptance.scene;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;

import dev.sallyport.testing.installation.Program;

/** A way that takes time and loses packets, in place of the cable between a router and the internet. */
final class SlowPath {
  private static final String NET = "100.64.0";

  private SlowPath() {
  }

  /** @param delay of each direction */
  static void between(Place router, Place internet, Duration delay, int lostPercent) throws IOException {
    Program cable = Program.start(router.folder().resolve("slow-cable.log"), Map.of(),
        Peers.java("SlowCable", "slow-a", "slow-b", "" + delay.toMillis(), "" + lostPercent));
    router.endsWith(cable);
    cable.awaitLine("ready");
    Command.run("ip", "link", "set", "slow-a", "netns", router.name());
    Command.run("ip", "link", "set", "slow-b", "netns", internet.name());
    router.ip("addr add " + NET + ".2/30 dev slow-a");
    router.ip("link set slow-a up");
    internet.ip("addr add " + NET + ".1/30 dev slow-b");
    internet.ip("link set slow-b up");
    router.ip("route replace default via " + NET + ".1");
    router.nft("table ip hide { chain out { oifname \"slow-a\" masquerade; }; }");
  }
}
