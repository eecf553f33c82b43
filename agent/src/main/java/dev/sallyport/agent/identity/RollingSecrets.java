package dev.sallyport.agent.identity;

import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

import dev.sallyport.agent.state.StateException;
import dev.sallyport.agent.state.StateFiles;
import dev.sallyport.agent.state.StateRecord;
import dev.sallyport.session.handshake.Secret;
import dev.sallyport.session.rolling.AgentEffect;
import dev.sallyport.session.rolling.AgentRoll;
import dev.sallyport.session.rolling.AgentSecrets;
import dev.sallyport.session.rolling.AgentState;
import dev.sallyport.session.rolling.Depth;
import dev.sallyport.session.rolling.RollEvent;
import dev.sallyport.session.rolling.Step;

/**
 * The rolling secret of this agent: the rules are {@link AgentRoll}'s, this carries out what they say, in their order. When a method
 * returns, what it had to store is on disk; when it throws, nothing may be sent that was to come after.
 *
 * <p>On disk: {@code pending(1) lastAttempt(8) count(1)} and the secrets, 32 bytes each, newest first.
 */
public final class RollingSecrets {
  private static final String FILE = "secrets";
  private static final int SCHEMA = 1;
  private static final int HEADER_BYTES = 10;

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
   * Begins a handshake; any older one is forgotten.
   *
   * @param nowMs milliseconds since 1970
   */
  public synchronized AgentEffect.SendHello start(long nowMs) {
    Step<AgentState, AgentEffect> step = roll.start(state, nowMs);
    state = step.state();
    return step.effects().stream().filter(AgentEffect.SendHello.class::isInstance)
        .map(AgentEffect.SendHello.class::cast).findFirst()
        .orElseThrow();
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
        case AgentEffect.SendHello _ -> throw new IllegalStateException("a HELLO follows only from a start");
      }
    }
    state = step.state();
    return confirm;
  }

  private void persist(AgentSecrets secrets) throws IOException {
    byte[] body = encode(secrets);
    try {
      stored.write(body);
    } finally {
      Arrays.fill(body, (byte) 0);
    }
  }

  static byte[] encode(AgentSecrets secrets) {
    List<Secret> held = secrets.held();
    ByteBuffer out = ByteBuffer.allocate(HEADER_BYTES + held.size() * Secret.BYTES);
    out.put((byte) (secrets.newestPending() ? 1 : 0)).putLong(secrets.lastAttempt()).put((byte) held.size());
    for (Secret secret : held) {
      byte[] bytes = secret.bytes();
      out.put(bytes);
      Arrays.fill(bytes, (byte) 0);
    }
    return out.array();
  }

  static AgentSecrets decode(byte[] body) throws StateException {
    ByteBuffer in = ByteBuffer.wrap(body);
    try {
      boolean pending = in.get() == 1;
      long lastAttempt = in.getLong();
      int count = in.get();
      if (count < 0 || in.remaining() != count * Secret.BYTES) {
        throw new BufferUnderflowException();
      }
      var held = new ArrayList<Secret>();
      byte[] bytes = new byte[Secret.BYTES];
      for (int i = 0; i < count; i++) {
        in.get(bytes);
        held.add(Secret.of(bytes));
      }
      Arrays.fill(bytes, (byte) 0);
      return new AgentSecrets(held, pending, lastAttempt);
    } catch (BufferUnderflowException | IllegalArgumentException e) {
      throw new StateException(
          "the agent's file \"" + FILE + "\" does not hold a rolling secret: restore the state directory from a"
              + " backup, or remove it and enrol this machine again",
          e);
    }
  }
}
