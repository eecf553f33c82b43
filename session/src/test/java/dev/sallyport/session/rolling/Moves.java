package dev.sallyport.session.rolling;

import module java.base;

/** Everything that may happen next in a world. */
record Moves(Scene scene, AgentMoves agents, ServerMoves servers) {

  static Moves of(Rules rules, Scene scene) {
    return new Moves(scene, new AgentMoves(rules, scene), new ServerMoves(rules, scene));
  }

  /** Always in the same order, so that a path can be walked again by the numbers of its moves. */
  List<World> from(World before) {
    World world = before.quiet();
    List<World> next = new ArrayList<>();
    for (int i = 0; i < world.agents().size(); i++) {
      agent(world, i, next);
    }
    for (int i = 0; i < world.nodes().size(); i++) {
      server(world, i, next);
    }
    restores(world, next);
    if (scene.cloning() && world.clonedAt() < 0) {
      next.add(world.cloned());
    }
    return next;
  }

  private void agent(World world, int index, List<World> next) {
    AgentHost host = world.agent(index);
    if (world.hellos() < scene.handshakes()) {
      boolean unfinished = scene.enrolling() && (host.disk().pending() > 0 || host.disk().held().isEmpty());
      if (unfinished) {
        next.addAll(agents.start(world, index, true));
      }
      if (!host.disk().held().isEmpty()) {
        next.addAll(agents.start(world, index, false));
      }
    }
    for (Letter letter : world.network()) {
      switch (letter) {
        case Letter.Accepted reply when reply.hello() == host.awaiting() ->
          next.addAll(agents.accepted(world, index, reply));
        case Letter.Refused reply when reply.hello() == host.awaiting() ->
          next.addAll(agents.refused(world, index, reply));
        case Letter.Rolled rolled when hasKeys(host.sessions(), rolled) ->
          next.addAll(agents.rolled(world, index, rolled));
        case Letter.Hello _,Letter.Accepted _,Letter.Refused _,Letter.Confirm _,Letter.Rolled _ -> {
          // Not for this agent, or it lacks the keys to open it.
        }
      }
    }
    if (world.crashes() > 0) {
      next.add(world.crashUsed().with(index, host.crashed()));
    }
  }

  private static boolean hasKeys(List<Session> sessions, Letter.Rolled rolled) {
    for (Session session : sessions) {
      if (session.candidate().equals(rolled.candidate())) {
        return true;
      }
    }
    return false;
  }

  private void server(World world, int index, List<World> next) {
    if (world.crashes() > 0) {
      next.add(world.crashUsed().with(index, ServerNode.started(world.row())));
    }
    if (world.node(index).reading() >= 0) {
      next.addAll(servers.judge(world, index));
      return;
    }
    for (Letter letter : world.network()) {
      switch (letter) {
        case Letter.Hello hello -> {
          World reading = servers.read(world, index, hello.id());
          if (scene.nodes() > 1) {
            next.add(reading);
          } else {
            next.addAll(servers.judge(reading, index));
          }
        }
        case Letter.Confirm confirm -> next.addAll(servers.confirm(world, index, confirm));
        case Letter.Accepted _,Letter.Refused _,Letter.Rolled _ -> {
          // Not for a server.
        }
      }
    }
  }

  private static void restores(World world, List<World> next) {
    if (world.restored()) {
      return;
    }
    for (AgentSecrets old : world.agents().getFirst().past()) {
      next.add(world.markedRestored().with(0, AgentHost.started(old, List.of())));
    }
    for (ServerSecrets old : world.rowPast()) {
      World back = world.withRow(old, List.of()).markedRestored();
      for (int i = 0; i < back.nodes().size(); i++) {
        back = back.with(i, ServerNode.started(old));
      }
      next.add(back);
    }
  }
}
