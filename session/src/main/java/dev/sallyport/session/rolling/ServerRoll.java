package dev.sallyport.session.rolling;

import module java.base;

import dev.sallyport.session.handshake.Match;
import dev.sallyport.session.handshake.Secret;
import dev.sallyport.session.handshake.Status;
import dev.sallyport.session.rolling.ServerEffect.Accept;
import dev.sallyport.session.rolling.ServerEffect.Commit;
import dev.sallyport.session.rolling.ServerEffect.RaiseFloor;
import dev.sallyport.session.rolling.ServerEffect.Refuse;
import dev.sallyport.session.rolling.ServerEffect.Report;
import dev.sallyport.session.rolling.ServerEffect.SendRolled;

/**
 * The server's rules of the rolling secret, as pure functions; for one agent, called under a lock of that agent.
 *
 * <p>The server's part of the invariant: it commits only on CONFIRM, whose sender has stored the candidate, and only for
 * the newest HELLO it accepted. The floor, raised before the answer leaves, is what makes every older handshake void, on
 * this node and on any other.
 *
 * @param depth how many secrets are kept
 */
public record ServerRoll(Depth depth) {
  /**
   * How far an attempt number, which is a clock's time unless the clock went back, may run ahead of the server's own. A
   * thief of a static key could otherwise raise the floor to the end of all numbers and lock the agent out.
   */
  public static final Duration MOST_AHEAD = Duration.ofDays(3653);
  /** How far it may go beyond the floor even so: an agent that was led there, or whose server's clock went back, goes on. */
  public static final Duration MOST_ABOVE_FLOOR = Duration.ofDays(1);

  /**
   * Judges a HELLO that has been opened (R2). An attempt that is not above the floor touches nothing. Any other voids the
   * handshake that was pending, whether it finds a common secret or not. Interruptions leave the server's newest secret
   * with the agent, so that meeting at an older one is reported; the agent judges its own list.
   *
   * @param attempt of the HELLO
   * @param matcher finds the common secret; asked only if the attempt counts
   * @param nowMs the server's clock, milliseconds since 1970
   */
  public Step<ServerState, ServerEffect> onHello(ServerState state, long attempt, SecretMatcher matcher, long nowMs) {
    ServerSecrets before = state.secrets();
    if (attempt <= before.attemptFloor()) {
      return new Step<>(state, List.of(new Refuse(Status.ATTEMPT_STALE, before.attemptFloor())));
    }
    if (attempt > Math.max(nowMs + MOST_AHEAD.toMillis(), before.attemptFloor() + MOST_ABOVE_FLOOR.toMillis())) {
      return new Step<>(state, List.of(new Refuse(Status.CLOCK, before.attemptFloor())));
    }
    List<ServerEffect> effects = new ArrayList<>();
    effects.add(new RaiseFloor(before, attempt));
    ServerSecrets after = before.withFloor(attempt);
    Optional<Match> match = matcher.match(before.secrets());
    if (match.isEmpty()) {
      effects.add(new Report(new RollEvent.NoCommonSecret()));
      effects.add(new Refuse(Status.NO_COMMON_SECRET, attempt));
      return new Step<>(ServerState.restored(after), effects);
    }
    int own = match.get().ownIndex();
    if (own > 0) {
      effects.add(new Report(new RollEvent.Resync(own)));
    }
    effects.add(new Accept(attempt, before.list().get(own), match.get(), own > 0));
    List<EpochSecret> kept = before.list().subList(own, before.list().size());
    return new Step<>(new ServerState(after, new PendingRoll(attempt, kept)), effects);
  }

  /**
   * The agent confirmed (R4): only the pending handshake counts, and only now is anything committed.
   *
   * @param attempt of the session in which CONFIRM came
   * @param candidate of that session
   */
  public Step<ServerState, ServerEffect> onConfirm(ServerState state, long attempt, Secret candidate) {
    if (state.pending().attempt() != attempt) {
      return Step.nothing(state);
    }
    List<EpochSecret> kept = state.pending().kept();
    long epoch = state.secrets().list().getFirst().epoch() + 1;
    List<EpochSecret> list = new ArrayList<>();
    list.add(new EpochSecret(epoch, candidate));
    list.addAll(kept.subList(0, Math.min(kept.size(), depth.secrets() - 1)));
    ServerSecrets next = new ServerSecrets(list, attempt);
    return new Step<>(ServerState.restored(next), List.of(new Commit(attempt, next), new SendRolled(epoch)));
  }
}
