package dev.sallyport.session.rolling;

import module java.base;

/** Drives the real agent rules inside a world. Every move also comes crashed, once behind each of its effects. */
record AgentMoves(Rules rules, Scene scene) {

  List<World> start(World world, int index, boolean enrol) {
    AgentHost host = world.agent(index);
    long now = scene.clockRuns() ? world.hellos() + 1 : 0;
    Step<AgentState, AgentEffect> step = rules.start(host.state(), now);
    return run(world.begun(), index, enrol ? withToken(step) : step, world.hellos(), host.sessions());
  }

  /** The token stands in the place of the secrets. */
  private static Step<AgentState, AgentEffect> withToken(Step<AgentState, AgentEffect> step) {
    List<AgentEffect> effects = new ArrayList<>(step.effects());
    effects.replaceAll(effect -> effect instanceof AgentEffect.SendHello hello
        ? new AgentEffect.SendHello(hello.attempt(), List.of(Symbols.TOKEN))
        : effect);
    return new Step<>(step.state(), effects);
  }

  List<World> accepted(World world, int index, Letter.Accepted reply) {
    AgentHost host = world.agent(index);
    long attempt = host.state().attempt();
    List<Session> sessions = new ArrayList<>(host.sessions());
    sessions.add(new Session(reply.candidate(), attempt, reply.enrol(), PendingRoll.NONE));
    Step<AgentState, AgentEffect> step = reply.enrol()
        ? rules.agent().onEnrolReplyOk(host.state(), attempt, reply.candidate())
        : rules.onReplyOk(host.state(), attempt, reply.match().proofIndex(), reply.candidate());
    return run(world, index, step, -1, sessions);
  }

  List<World> refused(World world, int index, Letter.Refused reply) {
    AgentHost host = world.agent(index);
    Step<AgentState, AgentEffect> step = switch (reply.status()) {
      case ATTEMPT_STALE -> rules.agent().onStale(host.state(), host.state().attempt(), reply.attempt());
      case OK, NO_COMMON_SECRET, QUARANTINED, REVOKED, TOKEN_EXPIRED, TOKEN_EXHAUSTED, UPGRADE_REQUIRED, OTHER_NODE,
          CLOCK ->
        Step.nothing(rules.agent().onRefused(host.state()));
    };
    return run(world, index, step, -1, host.sessions());
  }

  List<World> rolled(World world, int index, Letter.Rolled letter) {
    AgentHost host = world.agent(index);
    return run(world, index, rules.agent().onRolled(host.state(), letter.attempt()), host.awaiting(), host.sessions());
  }

  private List<World> run(World before, int index, Step<AgentState, AgentEffect> step, int awaiting,
      List<Session> sessions) {
    List<World> worlds = new ArrayList<>();
    World world = before;
    AgentSecrets disk = before.agent(index).disk();
    List<AgentSecrets> past = before.agent(index).past();
    int left = step.effects().size();
    for (AgentEffect effect : step.effects()) {
      switch (effect) {
        case AgentEffect.Persist(AgentSecrets secrets) -> {
          past = remember(disk, past, world);
          disk = secrets;
        }
        case AgentEffect.SendHello(long attempt, var offered) ->
          world = world.sent(Letter.Hello.of(awaiting, index, attempt, offered));
        case AgentEffect.SendConfirm(long attempt) ->
          world = world.sent(Letter.Confirm.of(sessions.getLast().candidate(), attempt));
        case AgentEffect.Report(RollEvent event) -> world = world.alarmed(event);
      }
      left--;
      if (left > 0 && world.crashes() > 0) {
        worlds.add(world.crashUsed().with(index, AgentHost.started(disk, past)));
      }
    }
    worlds.add(world.with(index, AgentHost.of(step.state(), disk, awaiting, sessions, past)));
    return worlds;
  }

  private List<AgentSecrets> remember(AgentSecrets disk, List<AgentSecrets> past, World world) {
    if (scene.agentPast() == 0 || world.restored()) {
      return List.of();
    }
    List<AgentSecrets> longer = new ArrayList<>();
    longer.add(disk);
    longer.addAll(past.subList(0, Math.min(past.size(), scene.agentPast() - 1)));
    return longer;
  }
}
