package dev.sallyport.session.rolling;

import module java.base;

import dev.sallyport.session.handshake.Match;
import dev.sallyport.session.handshake.Secret;
import dev.sallyport.session.handshake.Status;
import org.jspecify.annotations.Nullable;

/** Drives the real server rules inside a world. Every move also comes crashed, once behind each of its effects. */
record ServerMoves(Rules rules, Scene scene) {

  /** Opens a HELLO and reads the row; several nodes may do so before one of them writes. */
  World read(World world, int index, int hello) {
    ServerNode node = world.node(index);
    return world.with(index, ServerNode.of(node.state(), node.sessions(), hello, world.row()));
  }

  /** Judges the HELLO that was opened. */
  List<World> judge(World world, int index) {
    ServerNode node = world.node(index);
    Letter.Hello hello = hello(world, node.reading());
    ServerState state = new ServerState(node.snapshot(), node.state().pending());
    if (hello.enrol()) {
      return new Run(world, index, hello, null, greetEnrolment(state, hello)).all();
    }
    if (state.secrets().list().isEmpty()) {
      return new Run(world, index, hello, null, Step.nothing(state)).all();
    }
    return new Run(world, index, hello, null,
        rules.server().onHello(state, hello.attempt(), own -> match(own, hello.offered()), world.hellos() + 1)).all();
  }

  /** As a gateway does it: one handshake of a machine is pending, whichever its kind; the row is not looked at. */
  private static Step<ServerState, ServerEffect> greetEnrolment(ServerState state, Letter.Hello hello) {
    if (hello.attempt() <= state.pending().attempt()) {
      return new Step<>(state,
          List.of(new ServerEffect.Refuse(Status.ATTEMPT_STALE, state.pending().attempt())));
    }
    return new Step<>(new ServerState(state.secrets(), new PendingRoll(hello.attempt(), List.of())),
        List.of(new ServerEffect.Accept(hello.attempt(), new EpochSecret(0, Symbols.TOKEN), new Match(0, 0), false)));
  }

  /** As a directory does it: a machine is made, or begun again if the attempt is newer than all it has seen. */
  private static Step<ServerState, ServerEffect> enrol(World world, ServerState state, Session session) {
    boolean stale = !world.row().list().isEmpty() && world.row().attemptFloor() >= session.attempt();
    if (stale || state.pending().attempt() != session.attempt()) {
      return Step.nothing(state);
    }
    ServerSecrets row = ServerSecrets.enrolled(session.attempt(), session.candidate());
    return new Step<>(ServerState.restored(row),
        List.of(new ServerEffect.Commit(session.attempt(), row), new ServerEffect.SendRolled(0)));
  }

  List<World> confirm(World world, int index, Letter.Confirm letter) {
    ServerNode node = world.node(index);
    for (Session session : node.sessions()) {
      if (session.candidate().equals(letter.candidate())) {
        Step<ServerState, ServerEffect> step = session.enrol()
            ? enrol(world, node.state(), session)
            : rules.onConfirm(node.state(), session);
        return new Run(world, index, null, session, step).all();
      }
    }
    return List.of();
  }

  private static Optional<Match> match(List<Secret> own, List<Secret> offered) {
    for (int i = 0; i < own.size(); i++) {
      int proof = offered.indexOf(own.get(i));
      if (proof >= 0) {
        return Optional.of(new Match(i, proof));
      }
    }
    return Optional.empty();
  }

  private static Letter.Hello hello(World world, int id) {
    for (Letter letter : world.network()) {
      if (letter instanceof Letter.Hello hello && hello.id() == id) {
        return hello;
      }
    }
    throw new IllegalStateException("nobody sent HELLO " + id);
  }

  /** One step, effect by effect. */
  private final class Run {
    private final int index;
    private final Letter.@Nullable Hello hello;
    private final Deque<ServerEffect> left;
    private final List<World> worlds = new ArrayList<>();
    private World world;
    private ServerState state;
    private List<Session> sessions;
    private @Nullable Session session;

    Run(World world, int index, Letter.@Nullable Hello hello, @Nullable Session session,
        Step<ServerState, ServerEffect> step) {
      this.session = session;
      this.world = world;
      this.index = index;
      this.hello = hello;
      this.left = new ArrayDeque<>(step.effects());
      this.state = step.state();
      this.sessions = world.node(index).sessions();
    }

    List<World> all() {
      while (!left.isEmpty() && perform(left.remove())) {
        if (!left.isEmpty() && world.crashes() > 0) {
          worlds.add(world.crashUsed().with(index, ServerNode.started(world.row())));
        }
      }
      worlds.add(world.with(index, ServerNode.of(state, sessions, -1, state.secrets())));
      return worlds;
    }

    /** Whether the step goes on: a lost compare-and-set ends it. */
    private boolean perform(ServerEffect effect) {
      switch (effect) {
        case ServerEffect.RaiseFloor raise -> {
          if (!rules.raises(world.row(), raise)) {
            state = ServerState.restored(world.row());
            return false;
          }
          store(new ServerSecrets(world.row().list(), raise.attempt()));
        }
        case ServerEffect.Commit commit -> {
          if (!isEnrolment() && !rules.commits(world.row(), commit)) {
            state = ServerState.restored(world.row());
            return false;
          }
          store(commit.next());
        }
        case ServerEffect.Accept accept -> accept(accept);
        case ServerEffect.Refuse refuse ->
          world = world.sent(Letter.Refused.of(hello().id(), refuse.status(), refuse.attempt()));
        case ServerEffect.SendRolled _ -> {
          Session confirmed = Objects.requireNonNull(session);
          world = world.sent(Letter.Rolled.of(confirmed.candidate(), confirmed.attempt()));
        }
        case ServerEffect.Report(RollEvent event) -> world = world.alarmed(event);
      }
      return true;
    }

    private void accept(ServerEffect.Accept accept) {
      int nth = 0;
      while (world.knows(Symbols.candidate(hello().id(), nth))) {
        nth++;
      }
      Secret candidate = Symbols.candidate(hello().id(), nth);
      world = world.sent(Letter.Accepted.of(hello().id(), hello().enrol(), accept.match(), candidate));
      Session made = new Session(candidate, accept.attempt(), hello().enrol(), state.pending());
      session = made;
      sessions = new ArrayList<>(sessions);
      sessions.add(made);
      Step<ServerState, ServerEffect> more = rules.onAccepted(state, made);
      state = more.state();
      left.addAll(more.effects());
    }

    private Letter.Hello hello() {
      return Objects.requireNonNull(hello);
    }

    private boolean isEnrolment() {
      return session != null && session.enrol();
    }

    private void store(ServerSecrets next) {
      List<ServerSecrets> past = List.of();
      if (scene.serverPast() > 0 && !world.restored()) {
        past = new ArrayList<>();
        past.add(world.row());
        past.addAll(world.rowPast().subList(0, Math.min(world.rowPast().size(), scene.serverPast() - 1)));
      }
      world = world.withRow(next, past);
    }
  }
}
