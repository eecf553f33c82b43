package dev.sallyport.agent.ladder;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;

import dev.sallyport.agent.log.Log;
import dev.sallyport.agent.state.StateFiles;
import dev.sallyport.agent.state.StateRecord;
import dev.sallyport.protocol.ProtocolException;
import dev.sallyport.protocol.ServerAddress;
import dev.sallyport.protocol.channel.ServerMessage.Servers;
import dev.sallyport.protocol.json.Json;
import dev.sallyport.protocol.json.JsonLimits;
import dev.sallyport.protocol.json.JsonObject;

/**
 * The doors of the server that this agent knows (K4): first those that the server has told it of, then those of its bundle, then those
 * on which it has met the server before. The first are a wish that a typing error may spoil, so nothing the server says takes any of the
 * others away: whatever was reached once can be reached again. Which server is behind a door is decided by its static key alone.
 */
public final class Doors {
  /** Doors outside the bundle that are kept because the server was met there, the last ones. */
  static final int MAX_PROVEN = 8;

  private static final String FILE = "doors";
  private static final int SCHEMA = 1;
  private static final JsonLimits LIMITS = new JsonLimits(16 << 10, 3);

  private final List<ServerAddress> bundle;
  private final StateRecord stored;
  private final Log log;
  private List<ServerAddress> told = List.of();
  private List<ServerAddress> proven = List.of(); // the last one first

  private Doors(List<ServerAddress> bundle, StateRecord stored, Log log) {
    this.bundle = List.copyOf(bundle);
    this.stored = stored;
    this.log = log;
  }

  /**
   * What is stored, and the bundle's.
   *
   * @param bundle at least one
   */
  public static Doors load(StateFiles files, List<ServerAddress> bundle, Log log) {
    var doors = new Doors(bundle, new StateRecord(files, FILE, SCHEMA), log);
    try {
      doors.read();
    } catch (IOException | ProtocolException e) {
      log.event("the server's further addresses are forgotten (" + e.getMessage()
          + "); going on with those of the bundle until the server tells them again");
    }
    return doors;
  }

  private void read() throws IOException {
    if (stored.exists()) {
      JsonObject json = Json.parseObject(stored.read(), LIMITS).onlyFields("told", "proven");
      told = usable(json.strings("told", Servers.MAX_ADDRESSES, Servers.MAX_ADDRESS_LENGTH));
      proven = usable(json.strings("proven", MAX_PROVEN, Servers.MAX_ADDRESS_LENGTH));
    }
  }

  /** All of them, best first; never empty. */
  public synchronized List<ServerAddress> all() {
    var all = new LinkedHashSet<>(told);
    all.addAll(bundle);
    all.addAll(proven);
    return List.copyOf(all);
  }

  /**
   * The server names further doors, in the place of those it named before; counts at once, and after a restart if the disk takes it.
   * What this agent cannot dial, and what would need a password, is passed over.
   *
   * @return whether there are others to try now, or in another order
   */
  public synchronized boolean told(List<String> addresses) {
    List<ServerAddress> newer = usable(addresses);
    if (newer.size() < addresses.size()) {
      log.event("of " + addresses.size() + " further addresses of the server, this agent can dial " + newer.size());
    }
    if (newer.equals(told)) {
      return false;
    }
    told = newer;
    store();
    return true;
  }

  /** The server itself was met at this door; on disk only if that is news. */
  public synchronized void works(ServerAddress door) {
    if (bundle.contains(door) || (!proven.isEmpty() && proven.getFirst().equals(door))) {
      return;
    }
    var newer = new ArrayList<ServerAddress>(List.of(door));
    for (ServerAddress other : proven) {
      if (!other.equals(door) && newer.size() < MAX_PROVEN) {
        newer.add(other);
      }
    }
    proven = List.copyOf(newer);
    store();
  }

  private static List<ServerAddress> usable(List<String> addresses) {
    var usable = new LinkedHashSet<ServerAddress>();
    for (String address : addresses) {
      try {
        ServerAddress door = ServerAddress.of(address);
        if (!door.scheme().isFiles()) {
          usable.add(door);
        }
      } catch (ProtocolException _) {
        // a door of a newer server, or a typing error; the others are there for that
      }
    }
    return List.copyOf(usable);
  }

  private void store() {
    try {
      stored.write(JsonObject.builder().putStrings("told", texts(told)).putStrings("proven", texts(proven)).build()
          .bytes());
    } catch (IOException e) {
      log.trouble("doors", "could not note the server's addresses: " + e.getMessage() + "; free some space");
    }
  }

  private static List<String> texts(List<ServerAddress> doors) {
    var texts = new ArrayList<String>();
    for (ServerAddress door : doors) {
      texts.add(door.uri().toString());
    }
    return texts;
  }
}
