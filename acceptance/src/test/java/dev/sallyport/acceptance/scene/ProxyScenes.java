package dev.sallyport.acceptance.scene;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import dev.sallyport.protocol.json.JsonObject;
import dev.sallyport.testing.installation.Program;

/** Offices whose only way out is a proxy, and proxies with ideas of their own. */
final class ProxyScenes {
  static final List<Scene> PROVEN = List.of(
      Scene.with("squid", "squid-basic", "only squid gets out, and asks for a Basic log-in",
          ground -> only(ground, place -> Peers.squidWithBasic(place, Peers.PASSWORD), "http", Peers.HTTP)),
      Scene.with("squid", "squid-digest", "only squid gets out, and asks for a Digest log-in",
          ground -> only(ground, Peers::squidWithDigest, "http", Peers.HTTP)),
      Scene.with("tinyproxy", "tinyproxy", "only tinyproxy gets out, and asks for a Basic log-in",
          ground -> only(ground, Peers::tinyproxy, "http", Peers.HTTP)),
      Scene.with("danted", "dante", "only dante gets out, and asks for a SOCKS 5 password",
          ground -> only(ground, Peers::dante, "socks5", Peers.SOCKS)),
      Scene.of("idle-killer", "the proxy kills connections that are idle for 30 s", ProxyScenes::idleKiller),
      Scene.of("tls-inspection", "the proxy opens TLS with a certificate of its company", ProxyScenes::tlsInspection),
      Scene.with("squid", "proxy-comes-and-goes",
          "the proxy disappears while the straight way opens, comes back with another password",
          ProxyScenes::comesAndGoes));

  static final List<Scene> AHEAD = List.of(
      Scene.of("proxy-script", "the proxy's address stands in a script on the office's web server (PAC)",
          ProxyScenes::proxyScript));

  private static final Duration LONGER_THAN_IDLE = Duration.ofSeconds(33);

  private ProxyScenes() {
  }

  private interface Starter {
    Program in(Place place) throws IOException;
  }

  private static void only(Ground ground, Starter starter, String scheme, int port) throws IOException {
    Office office = Office.in(ground);
    starter.in(office.proxy());
    Machine machine = ground.machine(ground.computerIn(office.lan()), Map.of("HTTPS_PROXY", office.url(scheme, port)));

    machine.obeys("websocket", scheme + " proxy " + office.address(port));

    if (machine.said().contains(Peers.PASSWORD)) {
      throw new IOException("the agent's log shows the proxy's password:\n" + machine.said());
    }
  }

  private static void proxyScript(Ground ground) throws IOException {
    Office office = Office.in(ground);
    Peers.ours(office.proxy(), Peers.HTTP, "Middlebox", "pass", "" + Peers.HTTP, "600");
    Peers.webServer(office.lan().router(), "proxy.pac",
        "function FindProxyForURL(url, host) { return \"PROXY " + office.address(Peers.HTTP) + "\"; }");
    String script = "pac+http://" + office.lan().address(1) + ":" + Peers.WEB + "/proxy.pac";
    ground.machine(ground.computerIn(office.lan()), Map.of("SALLYPORT_PROXY", script)).obeys("websocket",
        office.route());
  }

  private static void idleKiller(Ground ground) throws IOException {
    Office office = Office.in(ground);
    Peers.ours(office.proxy(), Peers.HTTP, "Middlebox", "pass", "" + Peers.HTTP, "30");
    Machine machine = ground.machine(ground.computerIn(office.lan()),
        Map.of("HTTPS_PROXY", "http://" + office.address(Peers.HTTP)));
    machine.obeys("websocket", office.route());

    Await.whileHolds("the link stays", LONGER_THAN_IDLE,
        () -> machine.links() == 1 && !machine.said().contains("ended"),
        machine::said);

    machine.obeys("websocket", office.route());
  }

  private static void tlsInspection(Ground ground) throws IOException {
    String company = "Example Company Inspection";
    Office office = Office.in(ground);

    JsonObject shown = office.inspected(ground, "inspect", company).obeys("websocket", office.route());

    if (!shown.string("inspectedBy").contains(company)) {
      throw new IOException("the API does not say who inspects: " + shown);
    }
  }

  private static void comesAndGoes(Ground ground) throws IOException {
    Office office = Office.in(ground);
    Program first = Peers.squidWithBasic(office.proxy(), Peers.PASSWORD);
    Machine machine = ground.machine(ground.computerIn(office.lan()),
        Map.of("HTTPS_PROXY", office.url("http", Peers.HTTP)));
    machine.obeys("websocket", office.route());

    first.kill();
    office.lan().onlyOut("accept");
    machine.awaitLink(2);
    machine.obeys("websocket", "");

    office.close();
    office.lan().router().run("conntrack", "-F");
    Program second = Peers.squidWithBasic(office.proxy(), "another");
    office.lan().onlyOut("ip saddr " + office.lan().address(Office.PROXY_HOST) + " accept\nreject with tcp reset");
    Await.until("the agent says that the proxy wants another password",
        () -> machine.said().contains("does not accept the user name or password"),
        machine::said);
    second.kill();
    Peers.squidWithBasic(office.proxy(), Peers.PASSWORD);
    machine.awaitLink(3);
    machine.obeys("websocket", office.route());
  }
}
