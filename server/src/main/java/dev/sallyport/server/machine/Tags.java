package dev.sallyport.server.machine;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

import dev.sallyport.server.access.Place;
import dev.sallyport.server.access.Places;
import dev.sallyport.server.store.Store;
import org.jspecify.annotations.Nullable;

/**
 * What operators call machines, and where machines therefore stand. All tags are in memory, because rights are judged by them at every
 * answer; this process is the only one that changes them.
 */
public final class Tags implements Places {
  /** Tags of one machine. */
  public static final int MAX_PER_MACHINE = 32;

  private final Store store;
  private final ReentrantLock changing = new ReentrantLock();
  /** A machine never changes its site. */
  private final Map<String, String> sites = new ConcurrentHashMap<>();
  /** Null while nobody knows: at first, and when a change may have been stored but could not be read back. */
  private volatile @Nullable Map<String, Set<String>> known;

  public Tags(Store store) {
    this.store = store;
  }

  /** The machine's tags, in order. */
  public Set<String> of(Machine machine) {
    return known().getOrDefault(machine.id(), Set.of());
  }

  @Override
  public Optional<Place> of(String machine) {
    return site(machine).map(site -> new Place(machine, site, known().getOrDefault(machine, Set.of())));
  }

  /** Gives the machine these tags in place of those it had; rights follow before this returns. */
  void set(String machine, Set<String> tags) {
    changing.lock();
    try {
      known = null;
      store.write(sql -> {
        sql.sql("DELETE FROM machine_tag WHERE machine = ?").param(machine).update();
        tags.forEach(
            tag -> sql.sql("INSERT INTO machine_tag (machine, tag) VALUES (?, ?)").params(machine, tag).update());
        return null;
      });
      known = read();
    } finally {
      changing.unlock();
    }
  }

  private Optional<String> site(String machine) {
    String site = sites.get(machine);
    if (site == null) {
      site = store.read(sql -> new MachineTable(sql).find(machine)).map(Machine::site).orElse(null);
      if (site != null) {
        sites.put(machine, site);
      }
    }
    return Optional.ofNullable(site);
  }

  private Map<String, Set<String>> known() {
    Map<String, Set<String>> now = known;
    if (now != null) {
      return now;
    }
    changing.lock();
    try {
      now = known;
      if (now == null) {
        now = read();
        known = now;
      }
      return now;
    } finally {
      changing.unlock();
    }
  }

  private Map<String, Set<String>> read() {
    record Tagged(String machine, String tag) {}
    var all = new HashMap<String, Set<String>>();
    store.read(sql -> sql.sql("SELECT machine, tag FROM machine_tag")
        .query((row, _) -> new Tagged(row.getString("machine"), row.getString("tag"))).list())
        .forEach(each -> all.computeIfAbsent(each.machine(), _ -> new TreeSet<>()).add(each.tag()));
    return all;
  }
}
