package dev.sallyport.session.rolling;

import module java.base;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.session.handshake.Secret;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The test of the test: rules with one mistake each, which the same explorer must find. */
class RollingMutantsTest {
  private static final String LOCKED_OUT = "the server's newest secret is not on the agent's disk";

  private final AgentRoll agent = new AgentRoll(Depth.DEFAULT);
  private final ServerRoll server = new ServerRoll(Depth.DEFAULT);

  /** The real rules, to be changed in one place. */
  private abstract class Mutant implements Rules {
    @Override
    public AgentRoll agent() {
      return agent;
    }

    @Override
    public ServerRoll server() {
      return server;
    }
  }

  @Test
  @DisplayName("K14 found: the agent sends CONFIRM before the candidate is on disk")
  void findsAnAgentThatDoesNotPersistBeforeConfirm() {
    assertFound("agent does not persist before CONFIRM", Scene.of(6), new Mutant() {
      @Override
      public Step<AgentState, AgentEffect> onReplyOk(AgentState state, long attempt, int matched, Secret candidate) {
        Step<AgentState, AgentEffect> step = agent.onReplyOk(state, attempt, matched, candidate);
        return new Step<>(step.state(),
            step.effects().stream().filter(effect -> !(effect instanceof AgentEffect.Persist)).toList());
      }
    });
  }

  @Test
  @DisplayName("K14 found: the server commits at HELLO")
  void findsAServerThatCommitsAtHello() {
    assertFound("server commits at HELLO", Scene.of(6), new Mutant() {
      @Override
      public Step<ServerState, ServerEffect> onAccepted(ServerState state, Session session) {
        Step<ServerState, ServerEffect> step = server.onConfirm(state, session.attempt(), session.candidate());
        return new Step<>(new ServerState(step.state().secrets(), state.pending()), step.effects().subList(0, 1));
      }

      @Override
      public Step<ServerState, ServerEffect> onConfirm(ServerState state, Session session) {
        boolean known = state.pending().attempt() == session.attempt();
        return new Step<>(state, known ? List.of(new ServerEffect.SendRolled(0)) : List.of());
      }
    });
  }

  @Test
  @DisplayName("K14 found: the agent keeps only the candidate")
  void findsAnAgentThatKeepsOnlyTheCandidate() {
    assertFound("agent keeps only the candidate", Scene.of(6), new Mutant() {
      @Override
      public Step<AgentState, AgentEffect> onReplyOk(AgentState state, long attempt, int matched, Secret candidate) {
        AgentSecrets alone = new AgentSecrets(List.of(candidate), 1, attempt);
        return new Step<>(new AgentState(alone, attempt),
            List.of(new AgentEffect.Persist(alone), new AgentEffect.SendConfirm(attempt)));
      }
    });
  }

  @Test
  @DisplayName("K14 found: the server keeps several handshakes pending")
  void findsAServerThatKeepsSeveralHandshakesPending() {
    assertFound("server keeps several handshakes pending", Scene.of(6), new Mutant() {
      @Override
      public Step<ServerState, ServerEffect> onConfirm(ServerState state, Session session) {
        return server.onConfirm(new ServerState(state.secrets(), session.roll()), session.attempt(),
            session.candidate());
      }

      @Override
      public boolean commits(ServerSecrets stored, ServerEffect.Commit write) {
        return true;
      }
    });
  }

  @Test
  @DisplayName("K14 found: a second server raises the floor over a row that it read before another committed")
  void findsAStoreThatRaisesTheFloorOfARowReadTooEarly() {
    assertFound("floor raised over a row read too early", Scene.of(3).withNodes(2), new Mutant() {
      @Override
      public boolean raises(ServerSecrets stored, ServerEffect.RaiseFloor write) {
        return stored.attemptFloor() < write.attempt();
      }
    });
  }

  @Test
  @DisplayName("K14 found: the attempt number is not on disk before HELLO, and the clock is set back")
  void findsAnAgentThatForgetsItsAttempts() {
    Scene scene = Scene.of(6).withClockStopped();
    Explorer.Walk walk = Explorer.walk(new Mutant() {
      @Override
      public Step<AgentState, AgentEffect> start(AgentState state, long nowMs) {
        Step<AgentState, AgentEffect> step = agent.start(state, nowMs);
        return new Step<>(step.state(), List.of(step.effects().getLast()));
      }
    }, scene, (_, world) -> world.alarms().contains(new RollEvent.Resync(1)) ? "false alarm" : "");
    report("attempt not persisted before HELLO", walk);
    assertThat(walk.breach()).isEqualTo("false alarm");
  }

  private static void assertFound(String name, Scene scene, Rules mutant) {
    Explorer.Walk walk = Explorer.walk(mutant, scene, new Laws()::uninterrupted);
    report(name, walk);
    assertThat(walk.breach()).isEqualTo(LOCKED_OUT);
  }

  private static void report(String name, Explorer.Walk walk) {
    System.out.printf("mutant: %-45s found after %,7d states, %d moves: %s%n", name, walk.states(),
        walk.path().size() - 1, walk.breach());
  }
}
