package dev.sallyport.acceptance;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What {@code ss -lnp} shows of a process, read where it reads it, proc(5): sockets that strangers could send something to. */
final class ListeningSockets {
  private static final String TCP_LISTEN = "0A";
  private static final String UDP_UNCONNECTED = "07";
  private static final int STATE = 3;
  private static final int INODE = 9;
  private static final int UNIX_FLAGS = 3;
  private static final int UNIX_INODE = 6;
  private static final long UNIX_ACCEPTS = 0x10000;

  private ListeningSockets() {
  }

  /** The sockets of a process that is alive, as lines of the kernel's tables. */
  static List<String> of(long pid) throws IOException {
    Path process = Path.of("/proc", Long.toString(pid));
    Set<String> inodes = sockets(process);
    var found = new ArrayList<String>();
    for (String table : List.of("tcp", "tcp6", "udp", "udp6", "raw", "raw6", "unix")) {
      for (List<String> row : rows(process.resolve("net").resolve(table))) {
        if (inodes.contains(inode(table, row)) && listens(table, row)) {
          found.add(table + " " + String.join(" ", row));
        }
      }
    }
    return found;
  }

  private static String inode(String table, List<String> row) {
    return row.get(table.equals("unix") ? UNIX_INODE : INODE);
  }

  private static boolean listens(String table, List<String> row) {
    return switch (table) {
      case "tcp", "tcp6" -> row.get(STATE).equals(TCP_LISTEN);
      case "udp", "udp6" -> row.get(STATE).equals(UDP_UNCONNECTED);
      case "unix" -> (Long.parseLong(row.get(UNIX_FLAGS), 16) & UNIX_ACCEPTS) != 0;
      default -> true;
    };
  }

  private static List<List<String>> rows(Path table) throws IOException {
    if (!Files.exists(table)) {
      return List.of(); // a kernel without IPv6, say
    }
    return Files.readAllLines(table).stream().skip(1).map(line -> List.of(line.strip().split("\\s+"))).toList();
  }

  private static Set<String> sockets(Path process) throws IOException {
    var inodes = new HashSet<String>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(process.resolve("fd"))) {
      for (Path file : files) {
        String target = target(file);
        if (target.startsWith("socket:[")) {
          inodes.add(target.substring("socket:[".length(), target.length() - 1));
        }
      }
    }
    return inodes;
  }

  private static String target(Path file) throws IOException {
    try {
      return Files.readSymbolicLink(file).toString();
    } catch (NoSuchFileException e) {
      return ""; // closed meanwhile
    }
  }
}
