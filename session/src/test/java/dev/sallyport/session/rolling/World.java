package dev.sallyport.session.rolling;

import module java.base;

import dev.sallyport.session.handshake.Secret;

/**
 * Everything there is: agents, servers, the server's row, the network, and what has been used up of a scene.
 *
 * @param agents the agent, and perhaps its clone
 * @param row of the agent in the server's store; without secrets while there is no such row
 * @param rowPast earlier rows, newest first, as far as a scene may restore them
 * @param nodes servers over that row
 * @param network every letter ever sent, oldest first, each once
 * @param hellos how many handshakes were begun
 * @param crashes how many crashes are left
 * @param restored whether old storage was brought back
 * @param clonedAt how many handshakes had been begun when the agent was cloned, or -1
 * @param alarms raised by the last move
 */
record World(List<AgentHost> agents, ServerSecrets row, List<ServerSecrets> rowPast, List<ServerNode> nodes,
    List<Letter> network, int hellos, int crashes, boolean restored, int clonedAt, List<RollEvent> alarms,
    Print letters) {

  static World first(Scene scene) {
    ServerSecrets row = scene.enrolling() ? new ServerSecrets(List.of(), 0) : ServerSecrets.enrolled(0, Symbols.FIRST);
    AgentSecrets disk = scene.enrolling() ? AgentSecrets.none() : new AgentSecrets(List.of(Symbols.FIRST), 0, 0);
    AgentHost agent = AgentHost.started(disk, List.of());
    return new World(List.of(agent), row, List.of(), Collections.nCopies(scene.nodes(), ServerNode.started(row)),
        List.of(), 0, scene.crashes(), false, -1, List.of(), Print.ZERO);
  }

  Print print() {
    long pasts = 13;
    for (ServerSecrets each : rowPast) {
      pasts = 8191 * pasts + ServerNode.fold(each);
    }
    Print print = Print.of(ServerNode.fold(row), pasts, hellos, crashes, restored ? 1 : 0, clonedAt, alarms.hashCode())
        .plus(letters);
    for (AgentHost agent : agents) {
      print = print.then(agent.print());
    }
    for (ServerNode node : nodes) {
      print = print.then(node.print());
    }
    return print;
  }

  AgentHost agent(int index) {
    return agents.get(index);
  }

  ServerNode node(int index) {
    return nodes.get(index);
  }

  World with(int index, AgentHost agent) {
    List<AgentHost> changed = new ArrayList<>(agents);
    changed.set(index, agent);
    return new World(changed, row, rowPast, nodes, network, hellos, crashes, restored, clonedAt, alarms, letters);
  }

  World with(int index, ServerNode node) {
    List<ServerNode> changed = new ArrayList<>(nodes);
    changed.set(index, node);
    return new World(agents, row, rowPast, changed, network, hellos, crashes, restored, clonedAt, alarms, letters);
  }

  World withRow(ServerSecrets next, List<ServerSecrets> past) {
    return new World(agents, next, past, nodes, network, hellos, crashes, restored, clonedAt, alarms, letters);
  }

  World sent(Letter letter) {
    for (Letter each : network) {
      if (each.print().equals(letter.print())) {
        return this;
      }
    }
    List<Letter> more = new ArrayList<>(network.size() + 1);
    more.addAll(network);
    more.add(letter);
    return new World(agents, row, rowPast, nodes, more, hellos, crashes, restored, clonedAt, alarms,
        letters.plus(letter.print()));
  }

  /** One more handshake is begun, whether or not its HELLO will be sent. */
  World begun() {
    return new World(agents, row, rowPast, nodes, network, hellos + 1, crashes, restored, clonedAt, alarms, letters);
  }

  /** Whether anybody or anything in this world still has a secret, so that a new one must have another name. */
  boolean knows(Secret secret) {
    return row.secrets().contains(secret) || rowPast.stream().anyMatch(past -> past.secrets().contains(secret))
        || agents.stream().anyMatch(agent -> agent.knows(secret)) || nodes.stream().anyMatch(node -> node.knows(secret))
        || network.stream()
            .anyMatch(letter -> letter instanceof Letter.Accepted reply && reply.candidate().equals(secret));
  }

  World crashUsed() {
    int left = crashes == Scene.UNLIMITED ? crashes : crashes - 1;
    return new World(agents, row, rowPast, nodes, network, hellos, left, restored, clonedAt, alarms, letters);
  }

  World markedRestored() {
    return new World(agents, row, rowPast, nodes, network, hellos, crashes, true, clonedAt, alarms, letters);
  }

  World cloned() {
    List<AgentHost> two = List.of(agents.getFirst(), AgentHost.started(agents.getFirst().disk(), List.of()));
    return new World(two, row, rowPast, nodes, network, hellos, crashes, restored, hellos, alarms, letters);
  }

  World alarmed(RollEvent event) {
    List<RollEvent> more = new ArrayList<>(alarms);
    more.add(event);
    return new World(agents, row, rowPast, nodes, network, hellos, crashes, restored, clonedAt, more, letters);
  }

  /** This world with everything lost that is under way: letters, and the sessions they would belong to. */
  World silent() {
    List<AgentHost> idle = new ArrayList<>(agents);
    idle.replaceAll(agent -> AgentHost.of(agent.state(), agent.disk(), -1, List.of(), List.of()));
    List<ServerNode> waiting = new ArrayList<>(nodes);
    waiting.replaceAll(node -> ServerNode.of(node.state(), List.of(), -1, row));
    return new World(idle, row, List.of(), waiting, List.of(), hellos, crashes, restored, clonedAt, List.of(),
        Print.ZERO);
  }

  World quiet() {
    return new World(agents, row, rowPast, nodes, network, hellos, crashes, restored, clonedAt, List.of(), letters);
  }
}
