package dev.sallyport.session.rolling;

import module java.base;

/**
 * Walks breadth-first through every world that a scene allows, and asks a law about each. Worlds are recognised by their
 * {@link Print}; the shortest way to a breach is found first and can be told move by move.
 */
final class Explorer {
  private final Moves moves;
  private final World first;
  private final PrintSet seen = new PrintSet();
  private final Deque<World> frontier = new ArrayDeque<>();
  private int[] parents = new int[1 << 16];
  private short[] ways = new short[1 << 16];

  private Explorer(Moves moves, World first) {
    this.moves = moves;
    this.first = first;
  }

  /** Says what is wrong with a world, or nothing: the empty text. */
  @FunctionalInterface
  interface Law {
    String breach(Moves moves, World world);
  }

  /**
   * The end of a walk.
   *
   * @param states how many different worlds were seen
   * @param breach what was wrong with the first bad one, or empty
   * @param path the worlds that lead to it
   */
  record Walk(int states, String breach, List<World> path) {
    boolean clean() {
      return breach.isEmpty();
    }

    @Override
    public String toString() {
      StringBuilder text = new StringBuilder(breach);
      for (World world : path) {
        text.append("\n  ").append(world);
      }
      return text.toString();
    }
  }

  static Walk walk(Rules rules, Scene scene, Law law) {
    return new Explorer(Moves.of(rules, scene), World.first(scene)).walk(law);
  }

  private Walk walk(Law law) {
    seen.add(first.print());
    frontier.add(first);
    int parent = 0;
    while (!frontier.isEmpty()) {
      World world = frontier.remove();
      List<World> next = next(world);
      for (int way = 0; way < next.size(); way++) {
        World reached = next.get(way);
        if (seen.add(reached.print())) {
          remember(parent, way);
          String breach = law.breach(moves, reached);
          if (!breach.isEmpty()) {
            return new Walk(seen.size(), breach, path(seen.size() - 1));
          }
          frontier.add(reached);
        }
      }
      parent++;
    }
    return new Walk(seen.size(), "", List.of());
  }

  private List<World> next(World world) {
    List<World> next = moves.from(world);
    if (moves.scene().pruned()) {
      next.replaceAll(Prune::of);
    }
    return next;
  }

  private void remember(int parent, int way) {
    int index = seen.size() - 1;
    if (index >= parents.length) {
      parents = Arrays.copyOf(parents, 2 * parents.length);
      ways = Arrays.copyOf(ways, 2 * ways.length);
    }
    parents[index] = parent;
    ways[index] = (short) way;
  }

  private List<World> path(int last) {
    Deque<Short> steps = new ArrayDeque<>();
    for (int index = last; index != 0; index = parents[index]) {
      steps.push(ways[index]);
    }
    List<World> path = new ArrayList<>(List.of(first));
    for (short step : steps) {
      path.add(next(path.getLast()).get(step));
    }
    return path;
  }
}
