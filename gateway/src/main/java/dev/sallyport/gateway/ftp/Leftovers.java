package dev.sallyport.gateway.ftp;

import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

import dev.sallyport.transport.ftp.exchange.Depot;
import dev.sallyport.transport.ftp.exchange.LinkPlace;

/**
 * Clears away directories of links that nobody carries: of agents that went before they were answered, and of an earlier life of this
 * server. What is not called as this exchange calls its files is never touched.
 */
public final class Leftovers {
  /** How long a directory may lie in a place that both sides look at now and then: longer than any agent waits for an answer. */
  public static final Duration AGE = Duration.ofMinutes(2);

  private final Duration age;
  private final Map<String, Long> firstSeen = new HashMap<>();

  /** @param age how long a directory may lie there before it is taken for left over */
  public Leftovers(Duration age) {
    this.age = age;
  }

  /**
   * Looks over what there is.
   *
   * @param names of all directories there
   * @param carried whether a link of that name lives
   * @param nanoTime now
   */
  public void sweep(Depot depot, List<String> names, Predicate<String> carried, long nanoTime) throws IOException {
    firstSeen.keySet().retainAll(names);
    for (String name : names) {
      if (!LinkPlace.isLink(name) || carried.test(name)) {
        firstSeen.remove(name);
      } else if (nanoTime - firstSeen.computeIfAbsent(name, _ -> nanoTime) > age.toNanos()) {
        remove(depot, name);
        firstSeen.remove(name);
      }
    }
  }

  /** Removes all links' files: what an earlier life of this server left in a place that is its own. */
  public static void removeAll(Depot depot, List<String> names) throws IOException {
    for (String name : names) {
      if (LinkPlace.isLink(name)) {
        remove(depot, name);
      }
    }
  }

  /** Removes a link's files and directories, as far as they are there. */
  static void remove(Depot depot, String link) throws IOException {
    LinkPlace place = new LinkPlace(link);
    for (String directory : List.of(place.up(), place.down())) {
      for (String file : depot.list(directory)) {
        if (LinkPlace.isFile(link, file)) {
          depot.delete(directory + "/" + file);
        }
      }
      depot.removeDirectory(directory);
    }
    depot.removeDirectory(link);
  }
}
