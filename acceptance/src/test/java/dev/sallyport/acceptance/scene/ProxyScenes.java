package dev.sallyport.acceptance.scene;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

import dev.sallyport.protocol.json.JsonObject;
import dev.sallyport.testing.installation.Program;

/** Offices whose only way out is a proxy, and proxies with ideas of their own. */
final class ProxyScenes {
  static final List<Scene> ALL = List.of(
      Scene.with("squid", "squid-basic", "only squid gets out, and asks for a Basic log-in",
          ground -> only(ground, place -> Peers.squidWithBasic(place, Peers.PASSWORD), "http", Peers.HTTP)),
      Scene.with("squid", "squid-digest", "only squid gets out, and asks for a Digest log-in",
          ground -> only(ground, Peers::squidWithDigest, "http", Peers.HTTP)),
      Scene.with("ntlm_auth", "squid-ntlm", "only squid gets out, and asks for the log-in of Windows networks",
          ProxyScenes::ntlm),
      Scene.with("tinyproxy", "tinyproxy", "only tinyproxy gets out, and asks for a Basic log-in",
          ground -> only(ground, Peers::tinyproxy, "http", Peers.HTTP)),
      Scene.with("danted", "dante", "only dante gets out, and asks for a SOCKS 5 password",
          ground -> only(ground, Peers::dante, "socks5", Peers.SOCKS)),
      Scene.of("idle-killer", "the proxy kills connections that are idle for 30 s", ProxyScenes::idleKiller),
      Scene.of("tls-inspection", "the proxy opens TLS with a certificate of its company", ProxyScenes::tlsInspection),
      Scene.of("proxy-silent", "the proxy swallows all that it is sent, and the straight way is open",
          ProxyScenes::silent),
      Scene.with("squid", "proxy-comes-and-goes",
          "the proxy disappears while the straight way opens, comes back with another password",
          ProxyScenes::comesAndGoes),
      Scene.with("squid", "proxy-password", "the proxy wants another password, and somebody tells the agent",
          ProxyScenes::newPassword),
      Scene.of("proxy-script", "the proxy's address stands in a script on the office's web server (PAC)",
          ProxyScenes::proxyScript),
      Scene.with("dnsmasq", "wpad-by-name",
          "the script is found by the name that the office's domain has for it (WPAD)",
          ProxyScenes::wpadByName),
      Scene.of("wpad-by-lease", "the script is found in what DHCP told (WPAD)", ProxyScenes::wpadByLease));

  private static final String DOMAIN = "office.example";

  /** Where systemd-networkd writes down what it was told on the second device. */
  private static final Path LEASE = Path.of("/run/systemd/netif/leases/2");

  private static final Duration LONGER_THAN_IDLE = Duration.ofSeconds(33);

  private ProxyScenes() {
  }

  private interface Starter {
    Program in(Place place) throws IOException;
  }

  private static void only(Ground ground, Starter starter, String scheme, int port) throws IOException {
    Office office = Office.in(ground);
    starter.in(office.proxy());
    only(ground, office, office.url(scheme, port), scheme + " proxy " + office.address(port));
  }

  private static void ntlm(Ground ground) throws IOException {
    Office office = Office.in(ground);
    Peers.squidWithNtlm(office.proxy());
    only(ground, office, office.url("http", Peers.HTTP).replace(Peers.USER, "OFFICE%5C" + Peers.USER), office.route());
  }

  private static void only(Ground ground, Office office, String proxy, String route) throws IOException {
    Machine machine = ground.machine(ground.computerIn(office.lan()), Map.of("HTTPS_PROXY", proxy));

    machine.obeys("websocket", route);

    if (machine.said().contains(Peers.PASSWORD)) {
      throw new IOException("the agent's log shows the proxy's password:\n" + machine.said());
    }
  }

  private static void proxyScript(Ground ground) throws IOException {
    Office office = Office.in(ground);
    offerScript(office, "proxy.pac");
    String script = "pac+http://" + office.lan().address(1) + "/proxy.pac";
    ground.machine(ground.computerIn(office.lan()), Map.of("SALLYPORT_PROXY", script)).obeys("websocket",
        office.route());
  }

  /** The router offers a script that names the proxy. */
  private static void offerScript(Office office, String name) throws IOException {
    Peers.ours(office.proxy(), Peers.HTTP, "Middlebox", "pass", "" + Peers.HTTP, "600");
    Peers.webServer(office.lan().router(), office.lan().address(1), name,
        "function FindProxyForURL(url, host) { return \"PROXY " + office.address(Peers.HTTP) + "\"; }");
  }

  private static void wpadByName(Ground ground) throws IOException {
    Office office = Office.in(ground);
    offerScript(office, "wpad.dat");
    Peers.dnsmasq(office.lan().router(), "wpad." + DOMAIN + "," + office.lan().address(1));
    Place computer = ground.computerIn(office.lan());
    computer.resolver("search " + DOMAIN + "\nnameserver " + office.lan().address(1));
    ground.machine(computer, Map.of("SALLYPORT_PROXY", "wpad")).obeys("websocket", office.route());
  }

  private static void wpadByLease(Ground ground) throws IOException {
    Office office = Office.in(ground);
    offerScript(office, "somewhere.dat");
    String script = "http://" + office.lan().address(1) + "/somewhere.dat";
    Place computer = ground.computerIn(office.lan());
    Files.createDirectories(LEASE.getParent());
    if (!Files.exists(LEASE)) {
      Files.createFile(LEASE); // what the others see; /run is the proving ground's own
    }
    computer.file(LEASE.toString(), "ADDRESS=" + office.lan().address(20) + "\nOPTION_252="
        + HexFormat.of().formatHex(script.getBytes(StandardCharsets.US_ASCII)) + "\n");
    ground.machine(computer, Map.of("SALLYPORT_PROXY", "wpad")).obeys("websocket", office.route());
  }

  private static void newPassword(Ground ground) throws IOException {
    Office office = Office.in(ground);
    Program first = Peers.squidWithBasic(office.proxy(), Peers.PASSWORD);
    Machine machine = ground.machine(ground.computerIn(office.lan()),
        Map.of("HTTPS_PROXY", office.url("http", Peers.HTTP)));
    machine.obeys("websocket", office.route());

    first.kill();
    Peers.squidWithBasic(office.proxy(), "another");
    Await.until("the agent says that the proxy wants another password",
        () -> machine.said().contains("does not accept the user name or password"),
        machine::said);
    machine.proxy(office.url("http", Peers.HTTP).replace(Peers.PASSWORD, "another"));
    machine.awaitAnotherLink();
    machine.obeys("websocket", office.route());
  }

  private static void idleKiller(Ground ground) throws IOException {
    Office office = Office.in(ground);
    Peers.ours(office.proxy(), Peers.HTTP, "Middlebox", "pass", "" + Peers.HTTP, "30");
    Machine machine = ground.machine(ground.computerIn(office.lan()),
        Map.of("HTTPS_PROXY", "http://" + office.address(Peers.HTTP)));
    machine.obeys("websocket", office.route());

    Await.whileHolds("the link stays", LONGER_THAN_IDLE,
        () -> !machine.hasAnotherLink() && !machine.said().contains("ended"),
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

  private static void silent(Ground ground) throws IOException {
    Lan office = ground.lan();
    office.onlyOut("tcp dport 443 accept");
    ground.machine(ground.computerIn(office), Map.of("HTTPS_PROXY", "http://" + Ground.SERVER + ":" + Peers.HTTP))
        .obeys("websocket", "");
  }

  private static void comesAndGoes(Ground ground) throws IOException {
    Office office = Office.in(ground);
    Program first = Peers.squidWithBasic(office.proxy(), Peers.PASSWORD);
    Machine machine = ground.machine(ground.computerIn(office.lan()),
        Map.of("HTTPS_PROXY", office.url("http", Peers.HTTP)));
    machine.obeys("websocket", office.route());

    first.kill();
    office.lan().onlyOut("accept");
    machine.awaitAnotherLink();
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
    machine.awaitAnotherLink();
    machine.obeys("websocket", office.route());
  }
}
