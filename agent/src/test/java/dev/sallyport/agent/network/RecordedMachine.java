package dev.sallyport.agent.network;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The files in which a Linux machine tells of its networks, as they were recorded on real ones. */
final class RecordedMachine {
  static final String OFFICE_GATEWAY = "00:00:5e:00:53:01";

  private final Path root;

  RecordedMachine(Path root) {
    this.root = root;
    alone();
  }

  Path root() {
    return root;
  }

  /** Loopback and nothing else. */
  RecordedMachine alone() {
    return routes("").routes6("").addresses("").neighbours("");
  }

  /** At a cable: 192.168.7.20 of 192.168.7.0/24, and 192.168.7.1 leads on. */
  RecordedMachine office() {
    return routes("""
        eth0\t00000000\t0107A8C0\t0003\t0\t0\t100\t00000000\t0\t0\t0
        eth0\t0007A8C0\t00000000\t0001\t0\t0\t100\t00FFFFFF\t0\t0\t0
        """).addresses("192.168.7.20").device("eth0", "up").neighbour("192.168.7.1", OFFICE_GATEWAY, "eth0");
  }

  RecordedMachine routes(String lines) {
    return write("proc/net/route",
        "Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT\n"
            + lines);
  }

  RecordedMachine routes6(String lines) {
    return write("proc/net/ipv6_route",
        lines + "00000000000000000000000000000001 80 00000000000000000000000000000000 00 "
            + "00000000000000000000000000000000 00000000 00000004 00000000 80200001       lo\n"
            + "00000000000000000000000000000000 00 00000000000000000000000000000000 00 "
            + "00000000000000000000000000000000 ffffffff 00000001 00000000 00200200       lo\n");
  }

  RecordedMachine addresses(String... own) {
    var text = new StringBuilder(
        "Local:\n  +-- 0.0.0.0/0 3 0 5\n           |-- 127.0.0.1\n              /32 host LOCAL\n");
    for (String each : own) {
      text.append("           |-- ").append(each).append("\n              /32 host LOCAL\n");
    }
    return write("proc/net/fib_trie", text + "        |-- 192.168.7.255\n           /32 link BROADCAST\n");
  }

  RecordedMachine neighbour(String address, String hardware, String device) {
    String known = hardware.equals("00:00:00:00:00:00") ? "0x0" : "0x2";
    return neighbours(
        address + "      0x1         " + known + "         " + hardware + "     *        " + device + "\n");
  }

  RecordedMachine neighbours(String lines) {
    return write("proc/net/arp",
        "IP address       HW type     Flags       HW address            Mask     Device\n" + lines);
  }

  RecordedMachine device(String name, String state) {
    return write("sys/class/net/" + name + "/operstate", state + "\n");
  }

  RecordedMachine carrier(String name, String carrier) {
    return write("sys/class/net/" + name + "/carrier", carrier + "\n");
  }

  RecordedMachine wireless(String name) {
    return write("sys/class/net/" + name + "/wireless", "");
  }

  /** In place, as the kernel does it: whoever has the file open reads the new content from its beginning. */
  private RecordedMachine write(String file, String text) {
    try {
      Path path = root.resolve(file);
      Files.createDirectories(path.getParent());
      Files.writeString(path, text);
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
