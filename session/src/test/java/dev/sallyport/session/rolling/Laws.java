package dev.sallyport.session.rolling;

import module java.base;

import dev.sallyport.session.handshake.Secret;

/**
 * What must hold in every world; each law says what is wrong, or nothing. An undisturbed handshake does not look at what
 * is under way, so that worlds which differ only in that are tried once.
 */
final class Laws {
  private static final String GOOD = "";

  private final PrintSet tried = new PrintSet();
  private final AtomicInteger lost = new AtomicInteger();

  /** How many worlds with restored storage cannot synchronise any more. */
  int lost() {
    return lost.get();
  }

  /**
   * Where nothing was restored or cloned: the server's newest secret is on the agent's disk, no alarm was raised, and one
   * undisturbed handshake, at once or after everybody crashed, succeeds in one round trip, without alarm.
   */
  String uninterrupted(Moves moves, World world) {
    if (!world.alarms().isEmpty()) {
      return "false alarm " + world.alarms();
    }
    return invariant(world).isEmpty() ? everyProbe(moves, world) : invariant(world);
  }

  /** The server's newest secret is on the agent's disk. */
  static String invariant(World world) {
    return holdsHead(world, world.agents().getFirst()) ? GOOD : "the server's newest secret is not on the agent's disk";
  }

  private String everyProbe(Moves moves, World world) {
    for (World from : List.of(world.silent(), allCrashed(world).silent())) {
      if (!tried.add(from.print())) {
        continue;
      }
      for (int node = 0; node < world.nodes().size(); node++) {
        Probe probe = Probe.of(moves, from, 0, node);
        if (!probe.synchronised() || probe.hellos() > 1) {
          return "an undisturbed handshake did not synchronise in one round trip";
        }
        if (!probe.alarms().isEmpty()) {
          return "false alarm in an undisturbed handshake " + probe.alarms();
        }
        if (!invariant(probe.after()).isEmpty()) {
          return "after an undisturbed handshake " + invariant(probe.after());
        }
      }
    }
    return GOOD;
  }

  private static World allCrashed(World world) {
    World crashed = world;
    for (int i = 0; i < world.nodes().size(); i++) {
      crashed = crashed.with(i, ServerNode.started(world.row()));
    }
    for (int i = 0; i < world.agents().size(); i++) {
      crashed = crashed.with(i, world.agent(i).crashed());
    }
    return crashed;
  }

  /**
   * After old storage was brought back: an undisturbed handshake either synchronises in at most two round trips, or
   * raises the alarm that no secret is shared; and it alarms whenever the server's newest secret is not the agent's.
   */
  String restored(Moves moves, World world) {
    if (!world.restored()) {
      return uninterrupted(moves, world);
    }
    AgentHost agent = world.agents().getFirst();
    Probe probe = Probe.of(moves, world, 0, 0);
    if (!probe.synchronised()) {
      lost.incrementAndGet();
      return probe.alarms().contains(new RollEvent.NoCommonSecret()) ? GOOD : "out of step without an alarm";
    }
    if (!holdsHead(world, agent) && secretAlarms(probe).isEmpty()) {
      return "the server's newest secret is not the agent's, and nobody was told";
    }
    return invariant(probe.after());
  }

  /**
   * After cloning: once one of the two has rolled to a secret that only he can know, the first contact of the other alarms,
   * whoever he is. Before cloning nothing does.
   */
  String cloned(Moves moves, World world) {
    if (world.clonedAt() < 0) {
      return uninterrupted(moves, world);
    }
    for (int i = 0; i < world.agents().size(); i++) {
      boolean stranger = !holdsHead(world, world.agent(i)) && !hasHeadSession(world, world.agent(i));
      if (stranger && secretAlarms(Probe.of(moves, world, i, 0)).isEmpty()) {
        return "the other twin rolled the secret, and the contact of twin " + i + " alarmed nobody";
      }
    }
    boolean orphaned = world.agents().stream().noneMatch(agent -> holdsHead(world, agent));
    return orphaned ? "the server's newest secret is on neither twin's disk" : GOOD;
  }

  private static boolean hasHeadSession(World world, AgentHost agent) {
    Secret head = world.row().secrets().getFirst();
    return agent.sessions().stream().anyMatch(session -> session.candidate().equals(head));
  }

  private static List<RollEvent> secretAlarms(Probe probe) {
    return probe.alarms().stream().filter(alarm -> !(alarm instanceof RollEvent.AttemptRollback)).toList();
  }

  private static boolean holdsHead(World world, AgentHost agent) {
    return world.row().list().isEmpty() || agent.disk().held().contains(world.row().secrets().getFirst());
  }
}
