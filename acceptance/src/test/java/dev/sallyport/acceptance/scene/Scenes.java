package dev.sallyport.acceptance.scene;

import java.util.List;
import java.util.stream.Stream;

/** All scenes, in the order in which they are played. */
final class Scenes {
  static final List<Scene> ALL = Stream
      .of(WallScenes.ALL, ProxyScenes.ALL, LadderScenes.ALL, PathScenes.ALL, MovingScenes.ALL).flatMap(List::stream)
      .toList();

  private Scenes() {
  }
}
