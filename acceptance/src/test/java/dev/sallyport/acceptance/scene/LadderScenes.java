package dev.sallyport.acceptance.scene;

import java.io.IOException;
import java.util.List;
import java.util.Map;

/** Ways on which a WebSocket does not get through, and something else does. */
final class LadderScenes {
  static final List<Scene> ALL = List.of(
      Scene.of("only-80", "the office lets out nothing but TCP to port 80", LadderScenes::only80),
      Scene.with("squid", "only-forwarding", "only a proxy gets out, and it forwards requests but connects nobody",
          LadderScenes::onlyForwarding),
      Scene.of("only-ftp", "the office lets out nothing but FTP", LadderScenes::onlyFtp),
      Scene.with("vsftpd", "only-ftp-drop", "the office lets out nothing but FTP to a server of somebody else",
          LadderScenes::onlyFtpDrop),
      Scene.of("strips-upgrade", "the proxy opens TLS and knows no WebSocket", ground -> meddled(ground, "strip")),
      Scene.of("buffers-answers", "the proxy opens TLS and hands answers on when they are complete",
          ground -> meddled(ground, "hold")),
      Scene.of("breaks-frames", "a proxy that nobody asked for opens TLS and breaks what follows an upgrade",
          LadderScenes::breaksFrames),
      Scene.of("captive-portal", "a hotel answers everything with its log-in page until one has logged in",
          LadderScenes::captivePortal));

  private static final int TRANSPARENT = 8_443;
  private static final int PLAIN_PORTAL = 8_080;

  private LadderScenes() {
  }

  private static void only80(Ground ground) throws IOException {
    Lan office = ground.lan();
    office.onlyOut("tcp dport 80 accept");
    ground.machine(ground.computerIn(office)).obeys("tcp", "");
  }

  private static void onlyForwarding(Ground ground) throws IOException {
    Office office = Office.in(ground);
    Peers.squidWithoutConnect(office.proxy());
    ground.machine(ground.computerIn(office.lan()), Map.of("HTTPS_PROXY", "http://" + office.address(Peers.HTTP)))
        .obeys("http-poll", office.route());
  }

  private static void onlyFtp(Ground ground) throws IOException {
    Machine machine = behindFtp(ground, Ground.SERVER);
    machine.requireDoor("ftps://" + Ground.SERVER_NAME + ":" + Peers.FTP);
  }

  private static void onlyFtpDrop(Ground ground) throws IOException {
    Machine machine = behindFtp(ground, Ground.DROP);
    machine.requireDoor("ftp://" + Ground.DROP_NAME + "/drop");
  }

  private static Machine behindFtp(Ground ground, String server) throws IOException {
    Lan office = ground.lan();
    office.onlyOut("ip daddr " + server + " tcp dport { " + Peers.FTP + ", " + Peers.FTP_TRANSFERS + " } accept");
    Machine machine = ground.machine(ground.computerIn(office));
    machine.obeys("ftp", "");
    return machine;
  }

  private static void meddled(Ground ground, String meddling) throws IOException {
    Office office = Office.in(ground);
    office.inspected(ground, meddling, "Example Company Proxy").obeys("https-poll", office.route());
  }

  private static void breaksFrames(Ground ground) throws IOException {
    Lan office = ground.lan();
    Place router = office.router();
    Certificates company = Certificates.of(router, "Example Company Filter", Ground.SERVER_NAME);
    Peers.ours(router, TRANSPARENT, "Middlebox", "mangle", "" + TRANSPARENT, "600", company.keyStore(),
        Ground.SERVER_NAME + ":443");
    office.redirect(443, TRANSPARENT);
    Place computer = ground.computerIn(office);
    company.believedBy(computer);
    ground.machine(computer).obeys("https-poll", "");
  }

  private static void captivePortal(Ground ground) throws IOException {
    Place laptop = ground.computer();
    Lan home = ground.lan();
    home.plugIn(laptop, 20);
    Machine machine = ground.machine(laptop);
    machine.obeys("websocket", "");

    Lan hotel = ground.lan("10.99.0");
    Place router = hotel.router();
    Certificates grandHotel = Certificates.of(router, "Grand Hotel", "portal.grandhotel.example");
    Peers.ours(router, TRANSPARENT, "CaptivePortal", "" + PLAIN_PORTAL, "" + TRANSPARENT, grandHotel.keyStore());
    hotel.redirect(443, TRANSPARENT);
    hotel.redirect(80, PLAIN_PORTAL);
    hotel.onlyOut("tcp dport 53 accept");
    home.unplug(laptop);
    hotel.plugIn(laptop, 20);
    Await.until("the agent says that something else answers", () -> machine.said().contains("certificate"),
        machine::said);
    if (machine.hasAnotherLink()) {
      throw new IOException("the agent believes the portal:\n" + machine.said());
    }

    router.nft("delete table ip catch");
    hotel.onlyOut("accept");
    machine.awaitAnotherLink();
    machine.obeys("websocket", "");
  }
}
