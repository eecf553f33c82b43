package dev.sallyport.session.rolling;

/**
 * What may happen in a world, beside loss, reordering, duplication and replay, which always may.
 *
 * @param handshakes most handshakes begun
 * @param crashes most crashes of either side
 * @param agentPast how many earlier contents of the agent's disk may be restored, once; 0 for never
 * @param serverPast how many earlier rows of the server may be restored, once; 0 for never
 * @param cloning whether the agent's disk may be copied to a second machine, once
 * @param nodes how many servers share the row
 * @param clockRuns whether the agent's clock moves at all
 * @param enrolling whether the machine begins with a token and nothing else
 * @param pruned whether worlds are compared without what can never matter again
 */
record Scene(int handshakes, int crashes, int agentPast, int serverPast, boolean cloning, int nodes, boolean clockRuns,
    boolean enrolling, boolean pruned) {
  static final int UNLIMITED = Integer.MAX_VALUE;

  static Scene of(int handshakes) {
    return new Scene(handshakes, UNLIMITED, 0, 0, false, 1, true, false, true);
  }

  Scene withCrashes(int most) {
    return new Scene(handshakes, most, agentPast, serverPast, cloning, nodes, clockRuns, enrolling, pruned);
  }

  Scene restoringAgent(int past) {
    return new Scene(handshakes, crashes, past, serverPast, cloning, nodes, clockRuns, enrolling, pruned);
  }

  Scene restoringServer(int past) {
    return new Scene(handshakes, crashes, agentPast, past, cloning, nodes, clockRuns, enrolling, pruned);
  }

  Scene withClone() {
    return new Scene(handshakes, crashes, agentPast, serverPast, true, nodes, clockRuns, enrolling, pruned);
  }

  Scene withNodes(int count) {
    return new Scene(handshakes, crashes, agentPast, serverPast, cloning, count, clockRuns, enrolling, pruned);
  }

  Scene withClockStopped() {
    return new Scene(handshakes, crashes, agentPast, serverPast, cloning, nodes, false, enrolling, pruned);
  }

  Scene withEnrolment() {
    return new Scene(handshakes, crashes, agentPast, serverPast, cloning, nodes, clockRuns, true, pruned);
  }

  Scene unpruned() {
    return new Scene(handshakes, crashes, agentPast, serverPast, cloning, nodes, clockRuns, enrolling, false);
  }
}
