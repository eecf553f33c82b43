package dev.sallyport.cli.directive;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;

import dev.sallyport.cli.api.Fields;
import dev.sallyport.cli.output.SafeText;
import dev.sallyport.cli.output.Terminal;
import dev.sallyport.protocol.json.JsonObject;

/**
 * Prints output as it comes. Of one machine the bytes are passed on as they are, like ssh does; of many, whole lines are
 * printed with the machine's name before them, made safe for the terminal.
 */
final class OutputPrinter implements Follower.Output {
  /** A line longer than this is printed in pieces: a machine never decides how much memory is held here. */
  private static final int MAX_LINE_BYTES = 16 * 1024;

  private final Terminal terminal;
  private final Map<String, String> names;
  private final Map<String, ByteArrayOutputStream> unfinished = new HashMap<>();
  private final boolean raw;

  /** @param names the machines' names by their ids */
  OutputPrinter(Terminal terminal, Map<String, String> names) {
    this.terminal = terminal;
    this.names = Map.copyOf(names);
    this.raw = names.size() == 1;
  }

  @Override
  public void chunk(JsonObject event) {
    String stream = event.string("stream");
    PrintStream out = stream.equals("stderr") ? terminal.err() : terminal.out();
    byte[] bytes = bytes(event);
    if (raw) {
      out.write(bytes, 0, bytes.length);
      out.flush();
      return;
    }
    String machine = event.string("machine");
    var line = unfinished.computeIfAbsent(machine + '/' + stream, _ -> new ByteArrayOutputStream());
    for (byte b : bytes) {
      if (b == '\n' || line.size() == MAX_LINE_BYTES) {
        print(out, machine, line);
      }
      if (b != '\n') {
        line.write(b);
      }
    }
    out.flush();
  }

  /** Prints what did not end with a line feed. */
  void finish() {
    unfinished.forEach((source, line) -> {
      if (line.size() > 0) {
        print(terminal.out(), source.substring(0, source.indexOf('/')), line);
      }
    });
    terminal.out().flush();
  }

  private void print(PrintStream out, String machine, ByteArrayOutputStream line) {
    out.println(SafeText.oneLine(names.getOrDefault(machine, machine)) + ": "
        + SafeText.oneLine(line.toString(StandardCharsets.UTF_8)));
    line.reset();
  }

  /** A chunk is text when it is valid UTF-8, and base64 when it is not. */
  private static byte[] bytes(JsonObject event) {
    return event.isNone("text")
        ? Base64.getDecoder().decode(event.string("base64", 1 << 20))
        : Fields.longText(event, "text").getBytes(StandardCharsets.UTF_8);
  }
}
