package dev.sallyport.benchmark.fleet;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** The handle of a fleet that runs in a process of its own. */
public final class Fleet implements AutoCloseable {
  private final Process process;
  private final BufferedReader answers;
  private final Writer orders;

  /** @param bundle of an enrolment token that works often enough */
  public Fleet(String bundle) throws IOException {
    process = new ProcessBuilder(
        List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx2g", "-XX:+UseSerialGC",
            "-cp", System.getProperty("java.class.path"), FleetMain.class.getName()))
        .redirectError(ProcessBuilder.Redirect.INHERIT).start();
    answers = process.inputReader(StandardCharsets.UTF_8);
    orders = process.outputWriter(StandardCharsets.UTF_8);
    order("bundle " + bundle);
  }

  /**
   * What came of connecting.
   *
   * @param online how many agents are
   * @param tries how often it was tried in all
   * @param took until the last was in
   */
  public record Arrival(int online, int tries, Duration took) {}

  /** Has this many agents online, enrolling new ones. */
  public Arrival grow(int agents) throws IOException {
    return arrival(order("grow " + agents));
  }

  /** Cuts all links at once and waits until every agent is back. */
  public Arrival reconnect() throws IOException {
    return arrival(order("reconnect"));
  }

  private static Arrival arrival(String answer) {
    String[] words = answer.split(" ");
    return new Arrival(Integer.parseInt(words[0]), Integer.parseInt(words[1]),
        Duration.ofMillis(Long.parseLong(words[2])));
  }

  private String order(String line) throws IOException {
    orders.write(line + "\n");
    orders.flush();
    String answer = answers.readLine();
    if (answer == null) {
      throw new IOException("the fleet ended with code " + process.onExit().join().exitValue());
    }
    return answer;
  }

  @Override
  public void close() {
    process.destroyForcibly();
    process.onExit().join();
  }
}
