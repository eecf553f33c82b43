package dev.sallyport.acceptance.scene;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

import dev.sallyport.testing.installation.Installation;
import dev.sallyport.testing.installation.Program;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Plays all scenes of the proving ground, in several runs of {@code acceptance/scene} side by side: each has a world of its own, and most of
 * a scene is waiting.
 */
@EnabledOnOs(OS.LINUX)
@DisplayName("K4 the proving ground")
final class ScenesTest {
  private static final Duration PATIENCE = Duration.ofMinutes(10);
  private static final Duration LOOK_AGAIN = Duration.ofMillis(50);
  private static final int RUNS = 2;
  private static final Path SCRIPT = Path.of("scene").toAbsolutePath();

  @TempDir
  static Path folder;
  private static final List<Program> RUNNING = new ArrayList<>();

  @BeforeAll
  static void start() throws IOException {
    assumeTrue("root".equals(System.getProperty("user.name")), "network namespaces need root");
    for (String tool : List.of("unshare", "ip", "nft", "conntrack")) {
      assumeTrue(ProvingGround.installed(tool), tool + " is not installed");
    }
    var namespaces = new ProcessBuilder("unshare", "--net", "--mount", "--pid", "--fork", "true").inheritIO().start();
    assumeTrue(namespaces.onExit().join().exitValue() == 0, "this system does not let us make network namespaces");
    List<String> names = names().toList();
    for (int run = 0; run < RUNS; run++) {
      var command = new ArrayList<>(List.of(SCRIPT.toString()));
      for (int i = run; i < names.size(); i += RUNS) {
        command.add(names.get(i));
      }
      RUNNING.add(Program.start(folder.resolve("scenes" + run + ".log"),
          Map.of("SCENE_DISTRIBUTION", Installation.distribution().toString()), command));
    }
  }

  @AfterAll
  static void stop() {
    RUNNING.forEach(Program::kill);
  }

  static Stream<String> names() {
    return Scenes.ALL.stream().map(Scene::name);
  }

  @ParameterizedTest
  @MethodSource("names")
  void aDirectiveGetsThrough(String name) throws IOException {
    String result = resultOf(name, RUNNING.get(names().toList().indexOf(name) % RUNS));

    assumeFalse(result.startsWith(ProvingGround.SKIPPED), result);
    assertThat(result).startsWith(ProvingGround.PASSED);
  }

  /** The lines about this scene, once it has been played. */
  private static String resultOf(String name, Program scenes) throws IOException {
    Instant end = Instant.now().plus(PATIENCE);
    Optional<String> result = find(name, scenes);
    while (result.isEmpty()) {
      if (!scenes.alive() || Instant.now().isAfter(end)) {
        result = find(name, scenes);
        return result.orElse("was not played: " + scenes.said());
      }
      LockSupport.parkNanos(LOOK_AGAIN.toNanos());
      result = find(name, scenes);
    }
    return result.get();
  }

  private static Optional<String> find(String name, Program scenes) throws IOException {
    String said = scenes.said();
    for (String how : List.of(ProvingGround.PASSED, ProvingGround.FAILED, ProvingGround.SKIPPED)) {
      int start = said.startsWith(how + " " + name + ": ") ? 0 : said.indexOf("\n" + how + " " + name + ": ") + 1;
      if (start > 0 || said.startsWith(how + " " + name + ": ")) {
        int next = said.indexOf("\n", start);
        while (next > 0 && said.startsWith("\n    ", next)) {
          next = said.indexOf("\n", next + 1);
        }
        return next < 0 ? Optional.empty() : Optional.of(said.substring(start, next));
      }
    }
    return Optional.empty();
  }
}
