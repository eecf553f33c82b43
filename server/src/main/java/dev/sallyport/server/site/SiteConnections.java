package dev.sallyport.server.site;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

import dev.sallyport.protocol.json.Json;
import dev.sallyport.protocol.json.JsonLimits;
import dev.sallyport.server.store.Store;

/**
 * How the agents of each site keep in touch. Held in memory, because every handshake asks.
 *
 * <p>Whoever tells an agent does so within {@link #tell}: one lock is around every telling and every change, so that no agent hears an older
 * word after a newer.
 */
public final class SiteConnections {
  /** Hears of changes, in order. Holds up further changes and tellings. */
  @FunctionalInterface
  public interface Listener {
    /** The settings of this site are others now. */
    void changed(String site, ConnectionSettings settings);
  }

  private final Store store;
  private final Map<String, ConnectionSettings> bySite = new ConcurrentHashMap<>();
  private final List<Listener> listeners = new CopyOnWriteArrayList<>();
  private final ReentrantLock lock = new ReentrantLock();

  /** Reads what is stored. */
  public SiteConnections(Store store) {
    this.store = store;
    bySite.putAll(store.read(sql -> {
      var stored = new ConcurrentHashMap<String, ConnectionSettings>();
      sql.sql("SELECT site, settings FROM site_connection")
          .query(row -> {
            stored.put(row.getString("site"), settings(row.getString("settings")));
          });
      return stored;
    }));
  }

  private static ConnectionSettings settings(String text) {
    return ConnectionSettings
        .fromJson(Json.parseObject(text.getBytes(StandardCharsets.UTF_8), JsonLimits.DEFAULT));
  }

  /** What counts in this site now. */
  public ConnectionSettings of(String site) {
    return bySite.getOrDefault(site, ConnectionSettings.USUAL);
  }

  /** Hands over what counts in this site; no change comes in between. */
  public void tell(String site, Consumer<ConnectionSettings> told) {
    lock.lock();
    try {
      told.accept(of(site));
    } finally {
      lock.unlock();
    }
  }

  /** Tells this listener of every change from now on. */
  public void listen(Listener listener) {
    listeners.add(listener);
  }

  /** Changes the settings of a site that there is. Nobody hears of a change that changes nothing. */
  void change(String site, ConnectionSettings wanted) {
    lock.lock();
    try {
      if (wanted.equals(of(site))) {
        return;
      }
      store.write(sql -> {
        sql.sql("DELETE FROM site_connection WHERE site = ?").param(site).update();
        return sql.sql("INSERT INTO site_connection (site, settings) VALUES (?, ?)")
            .params(site, wanted.toJson().text()).update();
      });
      bySite.put(site, wanted);
      listeners.forEach(listener -> listener.changed(site, wanted));
    } finally {
      lock.unlock();
    }
  }
}
