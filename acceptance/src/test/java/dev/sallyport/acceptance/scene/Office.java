package dev.sallyport.acceptance.scene;

import java.io.IOException;
import java.util.Map;

/** A network that lets out its proxy and nothing else. */
record Office(Lan lan, Place proxy) {
  static final int PROXY_HOST = 3;

  static Office in(Ground ground) throws IOException {
    Lan lan = ground.lan();
    Place proxy = ground.computer();
    lan.plugIn(proxy, PROXY_HOST);
    var office = new Office(lan, proxy);
    office.close();
    return office;
  }

  void close() throws IOException {
    lan.onlyOut("ip saddr " + lan.address(PROXY_HOST) + " accept");
  }

  String address(int port) {
    return lan.address(PROXY_HOST) + ":" + port;
  }

  String url(String scheme, int port) {
    return scheme + "://" + Peers.USER + ":" + Peers.PASSWORD + "@" + address(port);
  }

  /** The route through an HTTP proxy, as the agent's log names it. */
  String route() {
    return "http proxy " + address(Peers.HTTP);
  }

  /** An agent whose company's proxy opens TLS and meddles with what it finds. */
  Machine inspected(Ground ground, String meddling, String company) throws IOException {
    Certificates certificates = Certificates.of(proxy, company, Ground.SERVER_NAME);
    Peers.ours(proxy, Peers.HTTP, "Middlebox", meddling, "" + Peers.HTTP, "600", certificates.keyStore());
    Place computer = ground.computerIn(lan);
    certificates.believedBy(computer);
    return ground.machine(computer, Map.of("HTTPS_PROXY", "http://" + address(Peers.HTTP)));
  }
}
