package dev.sallyport.session.rolling;

import module java.base;

import dev.sallyport.session.handshake.Secret;
import dev.sallyport.session.handshake.Status;

/**
 * One undisturbed handshake out of any world: the newest HELLO, its reply, CONFIRM and ROLLED pass at once.
 *
 * @param after how the world looks then
 * @param hellos how many HELLOs it took, each one round trip; at most 2
 */
record Probe(World after, int hellos) {
  private static final int MOST_HELLOS = 2;

  static Probe of(Moves moves, World from, int agent, int node) {
    World world = from.silent();
    for (int tried = 1; tried <= MOST_HELLOS; tried++) {
      int hello = world.hellos();
      world = moves.agents().start(world, agent, world.row().list().isEmpty()).getLast();
      world = moves.servers().judge(moves.servers().read(world, node, hello), node).getLast();
      switch (answer(world, hello)) {
        case Letter.Accepted accepted -> {
          world = moves.agents().accepted(world, agent, accepted).getLast();
          return new Probe(finish(moves, world, agent, node, accepted.candidate()), tried);
        }
        case Letter.Refused refused -> {
          world = moves.agents().refused(world, agent, refused).getLast();
          if (refused.status() != Status.ATTEMPT_STALE) {
            return new Probe(world, tried);
          }
        }
        case Letter other -> throw new IllegalStateException("no answer: " + other);
      }
    }
    return new Probe(world, MOST_HELLOS);
  }

  /** Whether the server committed, and the agent heard of it. */
  boolean synchronised() {
    return after.network().getLast() instanceof Letter.Rolled rolled
        && rolled.candidate().equals(after.row().secrets().getFirst());
  }

  /** Raised on the way. */
  List<RollEvent> alarms() {
    return after.alarms();
  }

  private static World finish(Moves moves, World from, int agent, int node, Secret candidate) {
    World world = from;
    for (Letter letter : from.network()) {
      if (letter instanceof Letter.Confirm confirm && confirm.candidate().equals(candidate)) {
        world = moves.servers().confirm(world, node, confirm).getLast();
      }
    }
    for (Letter letter : world.network()) {
      if (letter instanceof Letter.Rolled rolled && rolled.candidate().equals(candidate)) {
        return moves.agents().rolled(world, agent, rolled).getLast();
      }
    }
    return world;
  }

  private static Letter answer(World world, int hello) {
    for (Letter letter : world.network()) {
      if ((letter instanceof Letter.Accepted reply && reply.hello() == hello)
          || (letter instanceof Letter.Refused refusal && refusal.hello() == hello)) {
        return letter;
      }
    }
    throw new IllegalStateException("HELLO " + hello + " was not answered");
  }
}
