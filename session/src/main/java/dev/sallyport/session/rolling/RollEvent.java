package dev.sallyport.session.rolling;

/** What an operator should hear about a secret. */
public sealed interface RollEvent {

  /**
   * The secrets met at a place that no interruption can lead to: one side's storage was restored to an earlier state, or
   * the agent was cloned. The session goes on with a fresh secret.
   *
   * @param distance how many rolls were lost at least, from 1
   */
  record Resync(int distance) implements RollEvent {}

  /** The identity is proven, but no secret is shared: restored too far, or a clone went on with the roll. */
  record NoCommonSecret() implements RollEvent {}

  /**
   * The server has seen a higher attempt of this agent: its clock went back, its storage was restored, or a clone calls.
   *
   * @param attempt that was refused
   * @param floor the highest that the server has seen
   */
  record AttemptRollback(long attempt, long floor) implements RollEvent {}
}
