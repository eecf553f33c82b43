package dev.sallyport.agent.link;

import java.io.IOException;

import dev.sallyport.agent.log.Log;
import dev.sallyport.agent.state.StateException;
import dev.sallyport.agent.state.StateFiles;
import dev.sallyport.agent.state.StateRecord;
import dev.sallyport.protocol.ProtocolException;
import dev.sallyport.protocol.channel.AgentPolicy;
import dev.sallyport.protocol.json.Json;
import dev.sallyport.protocol.json.JsonLimits;

/**
 * The policy the server last sent, which outlives the agent's process. Losing it costs nothing: the server sends it with each session.
 */
public final class PolicyFile {
  private static final String FILE = "policy";
  private static final int SCHEMA = 1;
  private static final int MAX_BYTES = 4096;

  private final StateRecord stored;
  private final Log log;
  private volatile AgentPolicy current;

  private PolicyFile(StateRecord stored, AgentPolicy current, Log log) {
    this.stored = stored;
    this.current = current;
    this.log = log;
  }

  /** What is stored, or {@link AgentPolicy#DEFAULT}. */
  public static PolicyFile load(StateFiles files, Log log) throws IOException {
    var stored = new StateRecord(files, FILE, SCHEMA);
    if (!stored.exists()) {
      return new PolicyFile(stored, AgentPolicy.DEFAULT, log);
    }
    try {
      return new PolicyFile(stored, AgentPolicy.fromJson(Json.parseObject(stored.read(), new JsonLimits(MAX_BYTES, 2))),
          log);
    } catch (StateException | ProtocolException e) {
      log.event(e.getMessage() + "; going on with the usual check-in until the server sends its policy again");
      return new PolicyFile(stored, AgentPolicy.DEFAULT, log);
    }
  }

  /** What counts now. */
  public AgentPolicy current() {
    return current;
  }

  /**
   * Counts at once, and after a restart if the disk takes it.
   *
   * @return whether transports are to be tried in another order now
   */
  public synchronized boolean replace(AgentPolicy policy) {
    if (policy.equals(current)) {
      return false;
    }
    boolean reordered = !policy.transports().equals(current.transports());
    current = policy;
    try {
      stored.write(policy.toJson().bytes());
    } catch (IOException e) {
      log.repeated("disk", "the server's policy could not be stored: " + e.getMessage() + "; free some space");
    }
    return reordered;
  }
}
