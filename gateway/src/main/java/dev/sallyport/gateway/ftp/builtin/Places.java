package dev.sallyport.gateway.ftp.builtin;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;

import dev.sallyport.gateway.admission.Source;

/**
 * Who made which link's directory. Whoever holds any agent's bundle can make directories, so what has not shown by a handshake that it is
 * an agent may have only a part of the places, and those of one source a smaller part; a link keeps its place whatever strangers do.
 */
final class Places {
  /** Strangers may have one of so many places. */
  static final int STRANGERS_PART = 2;
  /** Strangers of one source may have one of so many places: an office behind one address comes back in good order. */
  static final int SOURCE_PART = 8;
  /** And these many in any case. */
  static final int LEAST = 4;

  private final Path root;
  private final int most;
  private final Predicate<String> linked;
  private final Map<String, Source> makers = new HashMap<>();

  /**
   * @param root which is empty
   * @param most places of links and strangers together
   * @param linked whether this is the place of an agent's link
   */
  Places(Path root, int most, Predicate<String> linked) {
    this.root = root;
    this.most = most;
    this.linked = linked;
  }

  /** Makes a directory for a link, unless it is there or there are too many. */
  synchronized boolean make(String link, InetAddress remote) {
    makers.keySet().removeIf(name -> !Files.isDirectory(root.resolve(name)));
    Source source = Source.of(remote);
    int strangers = 0;
    int same = 0;
    for (Map.Entry<String, Source> each : makers.entrySet()) {
      if (!linked.test(each.getKey())) {
        strangers++;
        same += each.getValue().equals(source) ? 1 : 0;
      }
    }
    if (makers.size() >= most || strangers >= part(STRANGERS_PART) || same >= part(SOURCE_PART)) {
      return false;
    }
    try {
      Files.createDirectory(root.resolve(link));
      makers.put(link, source);
      return true;
    } catch (IOException e) {
      return false; // it is there
    }
  }

  private int part(int parts) {
    return Math.max(LEAST, most / parts);
  }
}
