package dev.sallyport.acceptance.scene;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;

import dev.sallyport.testing.installation.Installation;
import dev.sallyport.testing.installation.Spot;

/**
 * What all scenes have in common: an internet, a server in it with its owner logged in, and the operator's computer, which is where this
 * program runs. A scene adds networks and machines; they go when it ends.
 */
final class Ground implements AutoCloseable {
  static final String SERVER = "203.0.113.10";
  static final String SERVER6 = "2001:db8:cb::10";
  static final String SERVER_NAME = "sallyport.example";

  /** Where somebody else has an FTP server. */
  static final String DROP = "203.0.113.20";
  static final String DROP_NAME = "files.example";

  /** The lines for a machine that knows both by name. */
  static final String HOSTS = SERVER + " " + SERVER_NAME + "\n" + DROP + " " + DROP_NAME;

  private static final int PORT = 443;

  private final Path folder;
  private final Place internet;
  private final Place server;
  private final Place drop;
  private final Installation installation;
  private final Deque<Place> ofThisScene = new ArrayDeque<>();
  private int places;
  private int lans;

  /** @param folder for everything, empty; users without rights can read it */
  Ground(Path folder) throws IOException {
    this.folder = folder;
    internet = new Place(folder, "internet");
    internet.sysctl("net.ipv4.ip_forward", "1");
    internet.sysctl("net.ipv6.conf.all.forwarding", "1");
    internet.ip("link add to-servers type bridge");
    internet.ip("link set to-servers up");
    internet.ip("addr add 203.0.113.1/24 dev to-servers");
    internet.ip("addr add 2001:db8:cb::1/64 dev to-servers nodad");
    server = new Place(folder, "server");
    server.hosts(HOSTS);
    internet.cable("to-server", server, "eth0");
    internet.ip("link set to-server master to-servers");
    server.ip("addr add " + SERVER + "/24 dev eth0");
    server.ip("addr add " + SERVER6 + "/64 dev eth0 nodad");
    server.ip("route add default via 203.0.113.1");
    server.ip("route add default via 2001:db8:cb::1");
    Command.run("ip", "link", "add", "eth0", "type", "veth", "peer", "name", "to-operator", "netns", internet.name());
    internet.ip("addr add 198.51.100.1/24 dev to-operator");
    internet.ip("link set to-operator up");
    Command.run("ip", "addr", "add", "198.51.100.2/24", "dev", "eth0");
    Command.run("ip", "link", "set", "eth0", "up");
    Command.run("ip", "route", "add", "default", "via", "198.51.100.1");
    drop = new Place(folder, "drop");
    internet.cable("to-drop", drop, "eth0");
    internet.ip("link set to-drop master to-servers");
    drop.ip("addr add " + DROP + "/24 dev eth0");
    drop.ip("route add default via 203.0.113.1");
    installation = new Installation(Files.createDirectories(folder.resolve("installation")), "",
        new Spot(server::inside, "::", PORT, SERVER_NAME + ":" + PORT, URI.create("https://" + SERVER),
            doors()));
  }

  /** Beside the TLS port, whatever else a server may open, and the FTP server of somebody else if there is one. */
  private List<String> doors() throws IOException {
    var doors = new ArrayList<>(List.of("--plain-ports=80", "--ftp-port=" + Peers.FTP,
        "--ftp-passive-ports=" + Peers.FTP_TRANSFERS));
    if (ProvingGround.installed("vsftpd")) {
      Peers.vsftpd(drop);
      Path password = Files.writeString(folder.resolve("drop-password"), Peers.PASSWORD + "\n");
      doors.add("--ftp-drop=ftp://" + Peers.FTP_USER + "@" + DROP_NAME + "/drop");
      doors.add("--ftp-drop-password-file=" + password);
    }
    return doors;
  }

  Place internet() {
    return internet;
  }

  Place server() {
    return server;
  }

  Installation installation() {
    return installation;
  }

  /** A computer that is not plugged in anywhere, and knows the server's name. */
  Place computer() throws IOException {
    var place = new Place(folder, "pc" + ++places);
    place.hosts(HOSTS);
    ofThisScene.push(place);
    return place;
  }

  Lan lan() throws IOException {
    return lan("192.168.7");
  }

  Lan lan(String prefix) throws IOException {
    var router = new Place(folder, "router" + ++places);
    router.hosts(HOSTS);
    ofThisScene.push(router);
    return new Lan(router, internet, ++lans, prefix);
  }

  /** A computer in this network, at 192.168.7.20. */
  Place computerIn(Lan lan) throws IOException {
    Place place = computer();
    lan.plugIn(place, 20);
    return place;
  }

  /** The agent on that computer, enrolled and started. */
  Machine machine(Place place) throws IOException {
    return machine(place, Map.of());
  }

  Machine machine(Place place, Map<String, String> environment) throws IOException {
    return Machine.enrol(installation, place, environment);
  }

  /** Takes away what the scene added. */
  void clear() throws IOException {
    installation.stopAgents();
    while (!ofThisScene.isEmpty()) {
      ofThisScene.pop().remove();
    }
  }

  @Override
  public void close() throws IOException {
    clear();
    installation.close();
    Command.run("ip", "link", "delete", "eth0");
    server.remove();
    drop.remove();
    internet.remove();
  }
}
