package dev.sallyport.agent.identity;

import java.io.IOException;
import java.util.Arrays;
import java.util.function.Consumer;

import dev.sallyport.agent.state.StateException;
import dev.sallyport.agent.state.StateFiles;
import dev.sallyport.agent.state.StateRecord;
import dev.sallyport.protocol.ProtocolException;
import dev.sallyport.session.handshake.Secret;
import dev.sallyport.session.rolling.AgentEffect;
import dev.sallyport.session.rolling.AgentRoll;
import dev.sallyport.session.rolling.AgentSecrets;
import dev.sallyport.session.rolling.AgentSecretsCodec;
import dev.sallyport.session.rolling.AgentState;
import dev.sallyport.session.rolling.Depth;
import dev.sallyport.session.rolling.RollEvent;
import dev.sallyport.session.rolling.Step;

/**
 * The rolling secret of this agent: the rules are {@link AgentRoll}'s, this carries out what they say, in their order. When a method
 * returns, what it had to store is on disk; when it throws, nothing may be sent that was to come after.
 */
public final class RollingSecrets {
  private static final String FILE = "secrets";
  private static final int SCHEMA = 1;

  private final StateRecord stored;
  private final Consumer<RollEvent> reports;
  private final AgentRoll roll = new AgentRoll(Depth.DEFAULT);
  private AgentState state;

  private RollingSecrets(StateRecord stored, AgentState state, Consumer<RollEvent> reports) {
    this.stored = stored;
    this.state = state;
    this.reports = reports;
  }

  /** The secrets of an enrolled agent. */
  public static RollingSecrets load(StateFiles files, Consumer<RollEvent> reports) throws IOException {
    var stored = new StateRecord(files, FILE, SCHEMA);
    byte[] body = stored.read();
    try {
      return new RollingSecrets(stored, AgentState.restored(decode(body)), reports);
    } finally {
      Arrays.fill(body, (byte) 0);
    }
  }

  /** As {@link #load}; none if there are none yet. */
  public static RollingSecrets loadOrNone(StateFiles files, Consumer<RollEvent> reports) throws IOException {
    var stored = new StateRecord(files, FILE, SCHEMA);
    return stored.exists()
        ? load(files, reports)
        : new RollingSecrets(stored, AgentState.restored(AgentSecrets.none()), reports);
  }

  /** Whether there is any secret to prove. */
  public synchronized boolean held() {
    return !state.secrets().held().isEmpty();
  }

  /**
   * Begins a handshake; any older one is forgotten. Its attempt number is on disk when this returns.
   *
   * @param nowMs milliseconds since 1970
   */
  public synchronized AgentEffect.SendHello start(long nowMs) throws IOException {
    Step<AgentState, AgentEffect> step = roll.start(state, nowMs);
    carryOut(step);
    return (AgentEffect.SendHello) step.effects().getLast();
  }

  /** The server accepted: returns when CONFIRM may be sent. False if another handshake was begun meanwhile: do not confirm. */
  public synchronized boolean accepted(long attempt, int matchedIndex, Secret candidate) throws IOException {
    return carryOut(roll.onReplyOk(state, attempt, matchedIndex, candidate));
  }

  /** The server accepted an enrolment: as {@link #accepted}. */
  public synchronized boolean enrolAccepted(long attempt, Secret candidate) throws IOException {
    return carryOut(roll.onEnrolReplyOk(state, attempt, candidate));
  }

  /** The server committed. */
  public synchronized void rolled(long attempt) throws IOException {
    carryOut(roll.onRolled(state, attempt));
  }

  /** The server has seen a higher attempt: the next start will be above it. */
  public synchronized void stale(long attempt, long floor) throws IOException {
    carryOut(roll.onStale(state, attempt, floor));
  }

  /** The attempt ran too far ahead of the server's clock: start again by that clock. */
  public synchronized void clockRefused(long attempt, long floor) throws IOException {
    carryOut(roll.onClockRefused(state, attempt, floor));
  }

  /** The server refused, or the handshake came to nothing: no secret changes. */
  public synchronized void refused() {
    state = roll.onRefused(state);
  }

  /** The new state counts only once it is stored: after a failed write the old one goes on. */
  private boolean carryOut(Step<AgentState, AgentEffect> step) throws IOException {
    boolean confirm = false;
    for (AgentEffect effect : step.effects()) {
      switch (effect) {
        case AgentEffect.Persist(AgentSecrets secrets) -> persist(secrets);
        case AgentEffect.Report(RollEvent event) -> reports.accept(event);
        case AgentEffect.SendConfirm _ -> confirm = true;
        case AgentEffect.SendHello _ -> {
          // The last effect of a start, and the caller's to send.
        }
      }
    }
    state = step.state();
    return confirm;
  }

  private void persist(AgentSecrets secrets) throws IOException {
    byte[] body = AgentSecretsCodec.encode(secrets);
    try {
      stored.write(body);
    } finally {
      Arrays.fill(body, (byte) 0);
    }
  }

  private static AgentSecrets decode(byte[] body) throws StateException {
    try {
      return AgentSecretsCodec.decode(body);
    } catch (ProtocolException e) {
      throw new StateException("the agent's file \"" + FILE + "\" does not hold a rolling secret (" + e.getMessage()
          + "): restore the state directory from a backup, or remove it and enrol this machine again", e);
    }
  }
}
