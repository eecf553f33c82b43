package dev.sallyport.operation.user;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.awt.image.BufferedImage;
import java.io.BufferedReader;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;

/** A desk with a real X server that shows its picture to nobody, a window manager, and somebody who sits there: a process of an account. */
final class Desk implements AutoCloseable {
  private static final Map<String, String> PACKAGES = Map.of("/usr/bin/Xvfb", "xvfb", "/usr/bin/openbox", "openbox",
      "/usr/bin/xdotool", "xdotool", "/usr/bin/trayer", "trayer");

  private final List<Process> processes = new ArrayList<>();
  private final String display;

  private Desk() throws IOException {
    var server = new ProcessBuilder("/usr/bin/Xvfb", "-displayfd", "1", "-screen", "0", "1280x800x24", "-nolisten",
        "tcp").redirectError(Redirect.DISCARD).start();
    processes.add(server);
    BufferedReader number = server.inputReader(StandardCharsets.UTF_8);
    display = ":" + number.readLine();
    assertThat(display).as("the X server tells its display").matches(":[0-9]+");
    start("/usr/bin/openbox", "--sm-disable");
  }

  /** Sets it up; skips the tests, visibly, where the programs for it are missing. */
  static Desk open() throws IOException {
    PACKAGES.forEach((program, name) -> assumeTrue(Files.isExecutable(Path.of(program)),
        program + " is not installed (Debian: apt-get install " + name + ")"));
    return new Desk();
  }

  String display() {
    return display;
  }

  /** Starts a program at this desk. */
  Process start(String... argv) throws IOException {
    Process process = builder(argv).redirectOutput(Redirect.DISCARD).start();
    processes.add(process);
    return process;
  }

  private ProcessBuilder builder(String... argv) {
    var builder = new ProcessBuilder(argv).redirectError(Redirect.DISCARD);
    builder.environment().put("DISPLAY", display);
    builder.environment().put("HOME", "/nonexistent");
    return builder;
  }

  /** What a program at this desk says; empty if it fails. */
  String ask(String... argv) {
    try {
      Process process = builder(argv).start();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      return process.waitFor() == 0 ? said : "";
    } catch (IOException e) {
      throw new AssertionError(Arrays.toString(argv) + " could not be run", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }

  /** The window of this title, once it is there. */
  String window(String title) {
    Await.until(() -> !find(title).isEmpty(), "the window \"" + title + "\"");
    return find(title);
  }

  boolean shows(String title) {
    return !find(title).isEmpty();
  }

  private String find(String title) {
    return ask("xdotool", "search", "--onlyvisible", "--name", "^" + title + "$").lines().findFirst().orElse("");
  }

  /**
   * Clicks into a window, so far from its right and lower edges.
   *
   * @return false if the window has gone
   */
  boolean click(String title, int fromRight, int fromBottom) {
    String window = find(title);
    String geometry = window.isEmpty() ? "" : ask("xdotool", "getwindowgeometry", "--shell", window);
    if (geometry.isEmpty()) {
      return false;
    }
    int width = number(geometry, "WIDTH=");
    int height = number(geometry, "HEIGHT=");
    return !ask("xdotool", "mousemove", "--window", window, Integer.toString(width - fromRight),
        Integer.toString(height - fromBottom), "click", "1", "getdisplaygeometry").isEmpty();
  }

  private static int number(String geometry, String name) {
    return geometry.lines().filter(line -> line.startsWith(name)).map(line -> line.substring(name.length()))
        .mapToInt(Integer::parseInt).findFirst().orElseThrow();
  }

  /** What is on the screen; kept beside the test's reports, for people to look at. */
  BufferedImage look(String name) throws IOException {
    Path picture = Files.createDirectories(Path.of("target", "screens")).resolve(name + ".png");
    Files.deleteIfExists(picture);
    ask(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Djava.awt.headless=false", "-cp",
        System.getProperty("java.class.path"), Eyes.class.getName(), picture.toString());
    assertThat(picture).as("a picture of the screen").exists();
    return ImageIO.read(picture.toFile());
  }

  @Override
  public void close() {
    processes.reversed().forEach(Process::destroyForcibly);
  }
}
