package dev.sallyport.agent.ladder;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.sallyport.agent.log.Log;
import dev.sallyport.agent.state.StateFiles;
import dev.sallyport.agent.state.StateRecord;
import dev.sallyport.protocol.PlainText;
import dev.sallyport.protocol.ProtocolException;
import dev.sallyport.protocol.json.Json;
import dev.sallyport.protocol.json.JsonArray;
import dev.sallyport.protocol.json.JsonLimits;
import dev.sallyport.protocol.json.JsonObject;
import dev.sallyport.transport.ladder.Rung;

/**
 * Which way worked last in each network this machine has been in, so that it is tried first there. Losing it costs one climb of the
 * ladder.
 */
public final class RememberedWays {
  /** Networks that are remembered, the last ones. */
  static final int MAX_NETWORKS = 32;

  private static final String FILE = "ways";
  private static final int SCHEMA = 1;
  private static final JsonLimits LIMITS = new JsonLimits(32 << 10, 4);
  private static final int MAX_TEXT = 512;

  private final StateRecord stored;
  private final Log log;
  private final Map<String, String> byNetwork = new LinkedHashMap<>();

  private RememberedWays(StateRecord stored, Log log) {
    this.stored = stored;
    this.log = log;
  }

  /** What is stored, or nothing. */
  public static RememberedWays load(StateFiles files, Log log) {
    var ways = new RememberedWays(new StateRecord(files, FILE, SCHEMA), log);
    try {
      ways.read();
    } catch (IOException | ProtocolException e) {
      log.event("the ways that worked before are forgotten (" + e.getMessage() + "); all will be tried");
    }
    return ways;
  }

  private void read() throws IOException {
    if (stored.exists()) {
      for (JsonObject one : Json.parseObject(stored.read(), LIMITS).objects("networks", 2 * MAX_NETWORKS)) {
        byNetwork.put(one.string("network", MAX_TEXT), one.string("way", MAX_TEXT));
      }
    }
  }

  /** The same rungs, that which worked last in this network before all others. */
  public synchronized List<Rung> firstTheKnown(List<Rung> rungs, List<String> network) {
    for (String name : network) {
      String way = byNetwork.get(name);
      for (Rung rung : rungs) {
        if (rung.name().equals(way)) {
          var order = new ArrayList<Rung>(rungs);
          order.remove(rung);
          order.addFirst(rung);
          return order;
        }
      }
    }
    return rungs;
  }

  /** This way works in this network; on disk only if that is news. */
  public synchronized void works(Rung rung, List<String> network) {
    boolean news = false;
    for (String name : network) {
      news |= !rung.name().equals(byNetwork.remove(name));
      byNetwork.put(name, PlainText.clean(rung.name(), MAX_TEXT));
    }
    while (byNetwork.size() > MAX_NETWORKS) {
      byNetwork.remove(byNetwork.keySet().iterator().next());
    }
    if (news) {
      store();
    }
  }

  private void store() {
    var networks = new ArrayList<Json>();
    byNetwork
        .forEach((network, way) -> networks.add(JsonObject.builder().put("network", network).put("way", way).build()));
    try {
      stored.write(JsonObject.builder().put("networks", JsonArray.of(networks)).build().bytes());
    } catch (IOException e) {
      log.trouble("ways", "could not note which way works: " + e.getMessage() + "; free some space");
    }
  }
}
