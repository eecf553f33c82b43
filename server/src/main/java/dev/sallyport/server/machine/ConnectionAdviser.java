package dev.sallyport.server.machine;

import java.util.Optional;

import dev.sallyport.gateway.LinkFacts;
import dev.sallyport.server.site.ConnectionSettings;
import dev.sallyport.server.site.SiteConnections;
import dev.sallyport.server.store.Store;
import dev.sallyport.server.store.StoreUnavailableException;
import dev.sallyport.server.switchboard.Switchboard;
import dev.sallyport.server.switchboard.SwitchboardListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells machines how their site wants them to keep in touch: each when it comes, and all that are there when that changes (K2, K4). */
public final class ConnectionAdviser implements SwitchboardListener, SiteConnections.Listener {
  private static final Logger LOG = LoggerFactory.getLogger(ConnectionAdviser.class);

  private final Store store;
  private final SiteConnections connections;
  private final Switchboard switchboard;

  public ConnectionAdviser(Store store, SiteConnections connections, Switchboard switchboard) {
    this.store = store;
    this.connections = connections;
    this.switchboard = switchboard;
  }

  /** On a thread of its own: the link must not wait for the database, and the machine has the word of its last link until then. */
  @Override
  public void arrived(String machine, LinkFacts facts) {
    Thread.ofVirtual().name("advise-" + machine).start(() -> advise(machine));
  }

  private void advise(String machine) {
    Optional<String> site;
    try {
      site = store.read(sql -> new MachineTable(sql).find(machine)).map(Machine::site);
    } catch (StoreUnavailableException e) {
      LOG.warn("machine {} could not be told how to keep in touch: {}", machine, e.getMessage());
      return;
    }
    site.ifPresent(id -> connections.tell(id, settings -> advise(machine, settings)));
  }

  @Override
  public void changed(String site, ConnectionSettings settings) {
    store.read(sql -> new MachineTable(sql).idsOf(site)).forEach(machine -> advise(machine, settings));
  }

  private void advise(String machine, ConnectionSettings settings) {
    switchboard.advise(machine, settings.policy(), settings.addresses());
  }

  @Override
  public void left(String machine) {
    // it keeps what it was told
  }
}
