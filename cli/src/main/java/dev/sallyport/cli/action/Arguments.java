package dev.sallyport.cli.action;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.sallyport.cli.output.Terminal;

/** Arguments of the form {@code name=value}; one that is given several times has several values. */
public final class Arguments {
  private final Map<String, List<String>> values = new LinkedHashMap<>();

  /** @throws IllegalArgumentException naming the argument that is none */
  public Arguments(List<String> arguments) {
    for (String argument : arguments) {
      int equals = argument.indexOf('=');
      if (equals < 1) {
        throw new IllegalArgumentException("'" + argument + "' is no name=value");
      }
      String name = argument.substring(0, equals);
      values.merge(name, List.of(argument.substring(equals + 1)), (some, more) -> {
        var all = new java.util.ArrayList<>(some);
        all.addAll(more);
        return List.copyOf(all);
      });
    }
  }

  /** The names, in the order in which they first came. */
  public List<String> names() {
    return List.copyOf(values.keySet());
  }

  /** All values of a name. */
  public List<String> all(String name) {
    return values.getOrDefault(name, List.of());
  }

  /** The one value of a name. */
  public String one(String name) {
    List<String> all = all(name);
    if (all.size() != 1) {
      throw new IllegalArgumentException("'" + name + "' is given " + all.size() + " times");
    }
    return all.getFirst();
  }

  /**
   * A secret, which nobody types as an argument: every user of this machine could read it there.
   *
   * @return the line after {@code -} from standard input, or the first line of the file named by {@code @FILE}
   */
  public String secret(String name, Terminal terminal) {
    String said = one(name);
    try {
      if (said.equals("-")) {
        String line = new BufferedReader(new InputStreamReader(terminal.in(), StandardCharsets.UTF_8)).readLine();
        return line == null ? "" : line;
      }
      if (said.startsWith("@")) {
        try (var lines = Files.newBufferedReader(Path.of(said.substring(1)))) {
          String line = lines.readLine();
          return line == null ? "" : line;
        }
      }
    } catch (IOException e) {
      throw new IllegalArgumentException("the secret " + name + " cannot be read: " + e.getMessage(), e);
    }
    throw new IllegalArgumentException("'" + name + "' is secret and does not belong on the command line: give " + name
        + "=- and type it, or " + name + "=@FILE");
  }
}
