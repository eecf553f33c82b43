package dev.sallyport.session.rolling;

import module java.base;

import dev.sallyport.session.handshake.HelloPayload;
import dev.sallyport.session.handshake.Secret;
import dev.sallyport.session.rolling.AgentEffect.Persist;
import dev.sallyport.session.rolling.AgentEffect.Report;
import dev.sallyport.session.rolling.AgentEffect.SendConfirm;
import dev.sallyport.session.rolling.AgentEffect.SendHello;

/**
 * The agent's rules of the rolling secret, as pure functions.
 *
 * <p><b>Invariant.</b> At every instant, as long as nobody restores old storage, the server's newest secret is among
 * those the agent holds; so one undisturbed handshake always succeeds, in one round trip. The agent keeps its part by
 * storing the candidate before it sends CONFIRM, for only CONFIRM makes the server commit, and by keeping the secret
 * that the server named beside it, for CONFIRM may be lost.
 *
 * <p>Nothing here is called for a message that does not authenticate: a forged reply, FAIL and silence change no secret.
 *
 * @param depth how many committed secrets are kept
 */
public record AgentRoll(Depth depth) {

  /**
   * Begins a handshake and forgets any older one (R1). The attempt number is stored before the HELLO leaves. Else a clock
   * that is set back could, after a crash, bring out a lower number, and a HELLO that the network held back would look
   * newer than those which the server has answered since: a false alarm.
   *
   * @param nowMs the clock, milliseconds since 1970; after a refusal with status CLOCK, the server's
   */
  public Step<AgentState, AgentEffect> start(AgentState state, long nowMs) {
    AgentSecrets before = state.secrets();
    long attempt = Math.max(before.lastAttempt() + 1, nowMs);
    AgentSecrets after = before.withLastAttempt(attempt);
    List<Secret> offered = before.held().subList(0, Math.min(before.held().size(), HelloPayload.MAX_PROOFS));
    return new Step<>(new AgentState(after, attempt), List.of(new Persist(after), new SendHello(attempt, offered)));
  }

  /**
   * The server accepted (R3): the candidate, the secret the server named and everything older are stored in one write,
   * then CONFIRM goes out.
   *
   * @param attempt that was accepted; anything but the one under way is ignored
   * @param matchedIndex which of the offered secrets the server named
   * @param candidate the next secret
   */
  public Step<AgentState, AgentEffect> onReplyOk(AgentState state, long attempt, int matchedIndex, Secret candidate) {
    if (attempt != state.attempt()) {
      return Step.nothing(state);
    }
    AgentSecrets before = state.secrets();
    List<Secret> known = before.held().subList(matchedIndex, before.held().size());
    return pend(attempt, candidate, known, 1, matchedIndex - before.pending());
  }

  /**
   * The server accepted an enrolment: the candidate becomes the first secret, pending. Those of an earlier enrolment stay, and
   * stay pending, for the server may have committed any of them.
   */
  public Step<AgentState, AgentEffect> onEnrolReplyOk(AgentState state, long attempt, Secret candidate) {
    if (attempt != state.attempt()) {
      return Step.nothing(state);
    }
    AgentSecrets before = state.secrets();
    return pend(attempt, candidate, before.held(), 1 + before.pending(), 0);
  }

  private Step<AgentState, AgentEffect> pend(long attempt, Secret candidate, List<Secret> known, int pending,
      int distance) {
    List<Secret> held = new ArrayList<>();
    held.add(candidate);
    held.addAll(known.subList(0, Math.min(known.size(), depth.secrets())));
    AgentSecrets after = new AgentSecrets(held, Math.min(pending, held.size()), attempt);
    List<AgentEffect> effects = new ArrayList<>();
    effects.add(new Persist(after));
    if (distance > 0) {
      effects.add(new Report(new RollEvent.Resync(distance)));
    }
    effects.add(new SendConfirm(attempt));
    return new Step<>(new AgentState(after, attempt), effects);
  }

  /** The server committed (R5): the candidate is no longer pending. Losing this write is harmless. */
  public Step<AgentState, AgentEffect> onRolled(AgentState state, long attempt) {
    AgentSecrets before = state.secrets();
    if (attempt != state.attempt() || before.pending() == 0) {
      return Step.nothing(state);
    }
    List<Secret> held = before.held().subList(0, Math.min(before.held().size(), depth.secrets()));
    AgentSecrets after = new AgentSecrets(held, 0, before.lastAttempt());
    return new Step<>(new AgentState(after, attempt), List.of(new Persist(after)));
  }

  /**
   * The server has seen as high an attempt before (R6): the next one must be above its floor. The host may start again at
   * once, but only once. A floor that equals the refused attempt means that the HELLO itself arrived twice, which the
   * network may do; a higher one cannot come of an interruption and is reported.
   */
  public Step<AgentState, AgentEffect> onStale(AgentState state, long attempt, long floor) {
    if (attempt != state.attempt()) {
      return Step.nothing(state);
    }
    AgentSecrets after = state.secrets().withLastAttempt(Math.max(state.secrets().lastAttempt(), floor));
    List<AgentEffect> effects = new ArrayList<>();
    effects.add(new Persist(after));
    if (floor > attempt) {
      effects.add(new Report(new RollEvent.AttemptRollback(attempt, floor)));
    }
    return new Step<>(AgentState.restored(after), effects);
  }

  /**
   * The attempt ran too far ahead of the server's clock: the count goes back to the floor that the server has told, and the
   * host starts again by the server's clock.
   */
  public Step<AgentState, AgentEffect> onClockRefused(AgentState state, long attempt, long floor) {
    if (attempt != state.attempt()) {
      return Step.nothing(state);
    }
    AgentSecrets after = state.secrets().withLastAttempt(floor);
    return new Step<>(AgentState.restored(after), List.of(new Persist(after)));
  }

  /** Any other authenticated refusal, or giving up: no change of secrets (R6). */
  public AgentState onRefused(AgentState state) {
    return AgentState.restored(state.secrets());
  }
}
