package dev.sallyport.acceptance.scene;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A program that does one thing and ends: {@code ip}, {@code nft}. */
final class Command {
  private Command() {
  }

  static String run(String... words) throws IOException {
    return feed("", List.of(words));
  }

  /** Gives it this input; returns what it said. */
  static String feed(String input, List<String> words) throws IOException {
    Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
    try (var in = process.getOutputStream()) {
      in.write(input.getBytes(StandardCharsets.UTF_8));
    }
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      if (process.waitFor() != 0) {
        throw new IOException(String.join(" ", words) + " ended with " + process.exitValue() + ": " + said + input);
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while " + words.getFirst() + " ran", e);
    }
    return said;
  }
}
