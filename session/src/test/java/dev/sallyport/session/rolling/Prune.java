package dev.sallyport.session.rolling;

import module java.base;

import dev.sallyport.session.handshake.Secret;

/**
 * Takes out of a world what can never matter again, so that worlds which differ only in that are one. The network keeps
 * every letter for ever, but some nobody can open any more: the ephemeral key, or the session's keys, are forgotten. A HELLO
 * at or below every floor that the store holds or may be restored to is answered with a refusal, which matters only to
 * an agent that waits for one.
 */
final class Prune {
  private final World world;
  private final List<Letter> letters = new ArrayList<>();

  private Prune(World world) {
    this.world = world;
  }

  static World of(World world) {
    return new Prune(world).pruned();
  }

  private World pruned() {
    List<ServerNode> nodes = new ArrayList<>(world.nodes());
    nodes.replaceAll(this::liveSessions);
    List<AgentHost> agents = new ArrayList<>(world.agents());
    agents.replaceAll(agent -> liveSessions(agent, nodes));
    Print print = Print.ZERO;
    for (Letter letter : world.network()) {
      boolean live = switch (letter) {
        case Letter.Hello hello -> awaited(hello.id()) || read(hello.id()) || hello.enrol()
            || hello.attempt() > lowestFloor();
        case Letter.Accepted reply -> awaited(reply.hello());
        case Letter.Refused reply -> awaited(reply.hello());
        case Letter.Confirm confirm -> heldByNode(nodes, confirm.candidate());
        case Letter.Rolled rolled -> heldByAgent(agents, rolled.candidate());
      };
      if (live) {
        letters.add(letter);
        print = print.plus(letter.print());
      }
    }
    return new World(agents, world.row(), world.rowPast(), nodes, letters, world.hellos(), world.crashes(),
        world.restored(), world.clonedAt(), world.alarms(), print);
  }

  private long lowestFloor() {
    long lowest = world.row().attemptFloor();
    for (ServerSecrets past : world.rowPast()) {
      lowest = Math.min(lowest, past.attemptFloor());
    }
    return lowest;
  }

  private boolean awaited(int hello) {
    for (AgentHost agent : world.agents()) {
      if (agent.awaiting() == hello) {
        return true;
      }
    }
    return false;
  }

  private boolean read(int hello) {
    for (ServerNode node : world.nodes()) {
      if (node.reading() == hello) {
        return true;
      }
    }
    return false;
  }

  /** A session matters to the server while its CONFIRM is under way or may still be sent. */
  private ServerNode liveSessions(ServerNode node) {
    List<Session> live = new ArrayList<>(node.sessions());
    live.removeIf(session -> !confirmable(session.candidate()));
    return live.size() == node.sessions().size()
        ? node
        : ServerNode.of(node.state(), live, node.reading(), node.snapshot());
  }

  private boolean confirmable(Secret candidate) {
    for (Letter letter : world.network()) {
      if ((letter instanceof Letter.Confirm confirm && confirm.candidate().equals(candidate))
          || (letter instanceof Letter.Accepted reply && reply.candidate().equals(candidate)
              && awaited(reply.hello()))) {
        return true;
      }
    }
    return false;
  }

  /** A session matters to the agent while its ROLLED is under way or may still be sent. */
  private AgentHost liveSessions(AgentHost agent, List<ServerNode> nodes) {
    List<Session> live = new ArrayList<>(agent.sessions());
    live.removeIf(session -> !rollable(nodes, session.candidate()));
    return live.size() == agent.sessions().size()
        ? agent
        : AgentHost.of(agent.state(), agent.disk(), agent.awaiting(), live, agent.past());
  }

  private boolean rollable(List<ServerNode> nodes, Secret candidate) {
    for (Letter letter : world.network()) {
      if (letter instanceof Letter.Rolled rolled && rolled.candidate().equals(candidate)) {
        return true;
      }
    }
    return heldByNode(nodes, candidate);
  }

  private static boolean heldByNode(List<ServerNode> nodes, Secret candidate) {
    for (ServerNode node : nodes) {
      for (Session session : node.sessions()) {
        if (session.candidate().equals(candidate)) {
          return true;
        }
      }
    }
    return false;
  }

  private static boolean heldByAgent(List<AgentHost> agents, Secret candidate) {
    for (AgentHost agent : agents) {
      for (Session session : agent.sessions()) {
        if (session.candidate().equals(candidate)) {
          return true;
        }
      }
    }
    return false;
  }
}
