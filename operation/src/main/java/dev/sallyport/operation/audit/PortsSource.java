package dev.sallyport.operation.audit;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

import dev.sallyport.operation.OperationContext;
import dev.sallyport.operation.linux.LinuxProcessTable;
import dev.sallyport.operation.process.ProcessFacts;
import org.jspecify.annotations.Nullable;

/**
 * Ports at which something waits: TCP that listens and UDP without a peer (proc_net(5)). A program is told by its name, not its number, which
 * would be another after each start; an account that may not look into others' processes sees no programs.
 */
final class PortsSource implements Source {
  /** Most open files that are looked at to find out whose a port is. */
  private static final int MAX_OPEN_FILES = 500_000;

  private static final String LISTENS = "0A";
  private static final String UNCONNECTED = "07";
  private static final int LOCAL = 1;
  private static final int REMOTE = 2;
  private static final int STATE = 3;
  private static final int INODE = 9;
  private static final HexFormat HEX = HexFormat.of().withUpperCase();

  private final Path proc;
  private int openFiles;

  /** A port, before it is known whose it is. */
  private record Port(String protocol, String address, int number, String inode) {}

  PortsSource(Path root) {
    this.proc = root.resolve("proc");
  }

  @Override
  public void gather(Findings findings, OperationContext context) throws IOException {
    List<Port> ports = new ArrayList<>();
    for (String protocol : List.of("tcp", "tcp6", "udp", "udp6")) {
      Path table = proc.resolve("net").resolve(protocol);
      if (Files.exists(table)) {
        read(table, protocol, ports);
      } else {
        findings.unsupported(protocol);
      }
    }
    Map<String, ProcessFacts> owners = owners(ports);
    for (Port port : ports) {
      var fields = new Fields().text("protocol", port.protocol()).text("address", port.address())
          .number("port", port.number());
      ProcessFacts owner = owners.get(port.inode());
      if (owner != null) {
        fields.text("program", owner.program()).text("user", owner.user());
      }
      findings.add(port.protocol() + " " + port.address() + " " + port.number(), fields);
    }
  }

  private static void read(Path table, String protocol, List<Port> ports) throws IOException {
    String wanted = protocol.startsWith("tcp") ? LISTENS : UNCONNECTED;
    try (var lines = BoundedLines.of(table)) {
      lines.next(); // the heading
      for (@Nullable
      String line = lines.next(); line != null; line = lines.next()) {
        String[] columns = line.strip().split(" +", -1);
        if (columns.length > INODE && columns[STATE].equals(wanted) && columns[REMOTE].endsWith(":0000")) {
          parse(protocol, columns[LOCAL], columns[INODE], ports);
        }
      }
    }
  }

  private static void parse(String protocol, String local, String inode, List<Port> ports) {
    int colon = local.indexOf(':');
    try {
      byte[] address = HEX.parseHex(local.substring(0, Math.max(0, colon)));
      swapWords(address);
      ports.add(new Port(protocol, InetAddress.getByAddress(address).getHostAddress(),
          HexFormat.fromHexDigits(local, colon + 1, local.length()), inode));
    } catch (IllegalArgumentException | IOException e) {
      // A line of another form than any kernel writes: no port.
      return;
    }
  }

  /** The kernel writes each word as a number of this machine, and all machines we run on begin with the lowest byte. */
  private static void swapWords(byte[] address) {
    for (int i = 0; i + 3 < address.length; i += 4) {
      byte first = address[i];
      byte second = address[i + 1];
      address[i] = address[i + 3];
      address[i + 1] = address[i + 2];
      address[i + 2] = second;
      address[i + 3] = first;
    }
  }

  private Map<String, ProcessFacts> owners(List<Port> ports) {
    Map<String, ProcessFacts> owners = new HashMap<>();
    Map<String, String> wanted = new HashMap<>();
    ports.forEach(port -> wanted.put("socket:[" + port.inode() + "]", port.inode()));
    var table = new LinuxProcessTable(proc);
    for (long pid : table.pids(0)) {
      for (String inode : sockets(proc.resolve(Long.toString(pid)).resolve("fd"), wanted)) {
        table.facts(pid).ifPresent(facts -> owners.putIfAbsent(inode, facts));
      }
    }
    return owners;
  }

  private List<String> sockets(Path descriptors, Map<String, String> wanted) {
    var found = new ArrayList<String>();
    try (DirectoryStream<Path> open = Files.newDirectoryStream(descriptors)) {
      for (Path descriptor : open) {
        if (++openFiles > MAX_OPEN_FILES || Thread.currentThread().isInterrupted()) {
          return found;
        }
        String inode = wanted.get(Files.readSymbolicLink(descriptor).toString());
        if (inode != null) {
          found.add(inode);
        }
      }
    } catch (IOException | DirectoryIteratorException e) {
      // Another account's process, or one that ended meanwhile.
      return found;
    }
    return found;
  }
}
