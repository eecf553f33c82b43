package dev.sallyport.acceptance.scene;

import java.io.IOException;

/**
 * An office, a home, a café: computers at one switch, and a router that leads to the internet and gives them all its own address (IPv4), or
 * leads them there as they are (IPv6).
 */
final class Lan {
  private final Place router;
  private final int number;
  private final String prefix;

  /**
   * @param number tells its router's outer address from others'
   * @param prefix the first three numbers of its addresses; two LANs may have the same, as homes and offices do
   */
  Lan(Place router, Place internet, int number, String prefix) throws IOException {
    this.router = router;
    this.number = number;
    this.prefix = prefix;
    router.cable("out", internet, "to-lan" + number);
    internet.ip("addr add " + outside(1) + "/24 dev to-lan" + number);
    internet.ip("addr add " + outside6(1) + "/64 dev to-lan" + number + " nodad");
    internet.ip("route add " + inside6(0) + "/64 via " + outside6(10));
    router.ip("addr add " + outside(10) + "/24 dev out");
    router.ip("addr add " + outside6(10) + "/64 dev out nodad");
    router.ip("route add default via " + outside(1));
    router.ip("route add default via " + outside6(1));
    router.ip("link add lan type bridge");
    router.ip("link set lan up");
    router.ip("addr add " + address(1) + "/24 dev lan");
    router.ip("addr add " + inside6(1) + "/64 dev lan nodad");
    router.sysctl("net.ipv4.ip_forward", "1");
    router.sysctl("net.ipv6.conf.all.forwarding", "1");
    hide("masquerade");
  }

  Place router() {
    return router;
  }

  /** How the router changes the sources of what leaves, a statement of nft. */
  void hide(String statement) throws IOException {
    router.nft("""
        table ip hide
        delete table ip hide
        table ip hide {
          chain out {
            type nat hook postrouting priority srcnat
            oifname "out" %s
          }
        }
        """.formatted(statement));
  }

  /** Lets out only what these rules accept, and what belongs to it; the switch's own traffic, which some kernels show here too, passes. */
  void onlyOut(String accepted) throws IOException {
    router.nft("""
        table inet scene
        delete table inet scene
        table inet scene {
          chain forward {
            type filter hook forward priority filter; policy drop
            oifname != "out" accept
            ct state established,related accept
            %s
          }
        }
        """.formatted(accepted));
  }

  /** Answers in the place of every server that is asked at this port. */
  void redirect(int port, int to) throws IOException {
    router.nft("""
        table ip catch {
          chain in {
            type nat hook prerouting priority dstnat
            iifname "lan" tcp dport %d redirect to :%d
          }
        }
        """.formatted(port, to));
  }

  /** Plugs a computer in, with this last number of its address. */
  void plugIn(Place place, int host) throws IOException {
    place.cable("eth0", router, place.name());
    router.ip("link set " + place.name() + " master lan");
    place.ip("addr add " + address(host) + "/24 dev eth0");
    place.ip("route add default via " + address(1));
  }

  /** The same with IPv6 alone. */
  void plugIn6(Place place, int host) throws IOException {
    place.cable("eth0", router, place.name());
    router.ip("link set " + place.name() + " master lan");
    place.ip("addr add " + inside6(host) + "/64 dev eth0 nodad");
    place.ip("route add default via " + inside6(1));
  }

  /** Pulls the cable: the computer's device goes, and with it its addresses and routes. */
  void unplug(Place place) throws IOException {
    place.ip("link delete eth0");
  }

  String address(int host) {
    return prefix + "." + host;
  }

  private String outside(int host) {
    return "192.0." + number + "." + host;
  }

  private String outside6(int host) {
    return "2001:db8:" + number + "::" + host;
  }

  private String inside6(int host) {
    return "2001:db8:1" + number + "::" + (host == 0 ? "" : host);
  }
}
