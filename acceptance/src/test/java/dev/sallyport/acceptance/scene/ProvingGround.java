package dev.sallyport.acceptance.scene;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/** {@code acceptance/scene}: plays scenes one after the other, and says of each how it went. */
public final class ProvingGround {
  /** How the line about a scene begins. */
  static final String PASSED = "passed";
  static final String FAILED = "FAILED";
  static final String SKIPPED = "skipped";

  private static final int USAGE = 2;

  /** Made by the script, and gone with it. */
  private static final Path FOLDER = Path.of("/run/scene");

  private @Nullable Ground ground;
  private int grounds;

  private ProvingGround() {
  }

  public static void main(String[] arguments) throws IOException {
    List<String> names = List.of(arguments);
    if (names.equals(List.of("--list")) || names.equals(List.of("list"))) {
      Scenes.ALL.forEach(scene -> System.out.printf("%-24s %s%n", scene.name(), scene.meaning()));
      return;
    }
    List<Scene> chosen = chosen(names);
    if (chosen.isEmpty()) {
      System.err.println("scene: name scenes of `acceptance/scene --list`, or say --all");
      System.exit(USAGE);
    }
    System.exit(new ProvingGround().play(chosen) ? 0 : 1);
  }

  /** Empty if a name is unknown. */
  private static List<Scene> chosen(List<String> names) {
    if (names.equals(List.of("--all"))) {
      return Scenes.ALL;
    }
    List<Scene> named = Scenes.ALL.stream().filter(scene -> names.contains(scene.name())).toList();
    return named.size() == names.size() ? named : List.of();
  }

  private boolean play(List<Scene> scenes) throws IOException {
    boolean allPassed = true;
    for (Scene scene : scenes) {
      allPassed &= play(scene);
    }
    leave();
    return allPassed;
  }

  private boolean play(Scene scene) throws IOException {
    if (!scene.needs().isEmpty() && !installed(scene.needs())) {
      say(SKIPPED, scene, scene.needs() + " is not installed");
      return true;
    }
    Ground here = ground == null
        ? new Ground(Files.createDirectories(FOLDER.resolve("ground" + ++grounds)))
        : ground; // fails only for reasons that all scenes share
    ground = here;
    Instant start = Instant.now();
    try {
      scene.play().on(here);
      here.clear();
      say(PASSED, scene, Duration.between(start, Instant.now()).toMillis() + " ms");
      return true;
    } catch (IOException | RuntimeException e) {
      say(FAILED, scene, String.valueOf(e.getMessage()));
      leave(); // whatever it left behind does not touch the next one
      return false;
    }
  }

  private void leave() throws IOException {
    Ground last = ground;
    ground = null;
    if (last != null) {
      last.close();
    }
  }

  /** One line for each scene; the lines of what went wrong are indented below it. */
  private static void say(String how, Scene scene, String more) {
    System.out.println(how + " " + scene.name() + ": " + more.strip().replace("\n", "\n    "));
  }

  static boolean installed(String program) {
    var folders = new ArrayList<>(List.of(System.getenv("PATH").split(":", -1)));
    folders.addAll(List.of("/usr/sbin", "/sbin")); // not on everybody's path
    return folders.stream().anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
  }
}
