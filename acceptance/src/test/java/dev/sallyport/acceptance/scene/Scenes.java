package dev.sallyport.acceptance.scene;

import java.util.List;
import java.util.stream.Stream;

/** All scenes, in the order in which they are played. */
final class Scenes {
  /** Played with all other tests: an agent gets through each. */
  static final List<Scene> PROVEN = Stream
      .of(WallScenes.PROVEN, ProxyScenes.PROVEN, PathScenes.PROVEN, MovingScenes.PROVEN).flatMap(List::stream).toList();

  /** Built, and played by hand only: what they need of the agent is not there yet. */
  static final List<Scene> AHEAD = Stream
      .of(ProxyScenes.AHEAD, LadderScenes.AHEAD, PathScenes.AHEAD, MovingScenes.AHEAD).flatMap(List::stream).toList();

  static final List<Scene> ALL = Stream.of(PROVEN, AHEAD).flatMap(List::stream).toList();

  private Scenes() {
  }
}
