package dev.sallyport.agent.ladder;

import java.io.IOException;
import java.time.Instant;
import java.util.List;

import dev.sallyport.agent.state.StateFiles;
import dev.sallyport.agent.state.StateRecord;
import dev.sallyport.protocol.ProtocolException;
import dev.sallyport.protocol.channel.AgentMessage;
import dev.sallyport.protocol.channel.Tried;
import dev.sallyport.protocol.json.Json;
import dev.sallyport.protocol.json.JsonArray;
import dev.sallyport.protocol.json.JsonLimits;
import dev.sallyport.protocol.json.JsonObject;

/**
 * What was tried when this agent last looked for its server, and why each way failed: for {@code diagnose} on the machine, and for the
 * server once there is a way.
 *
 * @param at when, by the machine's clock
 * @param tried in this order, at most {@link #MAX_TRIED}
 */
public record ClimbReport(Instant at, List<Tried> tried) {
  /** Ways that are told of. */
  public static final int MAX_TRIED = AgentMessage.Way.MAX_TRIED;

  private static final String FILE = "climb";
  private static final int SCHEMA = 1;
  private static final JsonLimits LIMITS = new JsonLimits(64 << 10, 4);

  /** Keeps the last ones if there are too many: what worked is among them. */
  public ClimbReport {
    tried = List.copyOf(tried.size() > MAX_TRIED ? tried.subList(tried.size() - MAX_TRIED, tried.size()) : tried);
  }

  /** Nothing was tried yet. */
  public static ClimbReport none() {
    return new ClimbReport(Instant.EPOCH, List.of());
  }

  /** Whether a way was found. */
  public boolean arrived() {
    return !tried.isEmpty() && tried.getLast().worked();
  }

  /** What the last agent that ran has stored. */
  public static ClimbReport read(StateFiles files) throws IOException {
    var stored = new StateRecord(files, FILE, SCHEMA);
    if (!stored.exists()) {
      return none();
    }
    try {
      JsonObject json = Json.parseObject(stored.read(), LIMITS);
      return new ClimbReport(json.instant("at"),
          json.objects("tried", MAX_TRIED).stream().map(Tried::fromJson).toList());
    } catch (ProtocolException e) {
      throw new IOException("the agent's note of its last attempts cannot be understood: " + e.getMessage(), e);
    }
  }

  /** Stores it. */
  public void write(StateFiles files) throws IOException {
    new StateRecord(files, FILE, SCHEMA).write(JsonObject.builder().put("at", at)
        .put("tried", JsonArray.of(tried.stream().<Json>map(Tried::toJson).toList())).build().bytes());
  }
}
