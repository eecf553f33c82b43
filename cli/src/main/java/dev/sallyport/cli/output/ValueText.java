package dev.sallyport.cli.output;

import java.io.PrintStream;

import dev.sallyport.protocol.json.Json;
import dev.sallyport.protocol.json.JsonArray;
import dev.sallyport.protocol.json.JsonObject;
import dev.sallyport.protocol.json.JsonString;

/** A value from a machine as people read it: names and values, one on each line, further ones indented. */
public final class ValueText {
  private static final String INDENT = "  ";

  private ValueText() {
  }

  /** Prints the members of an object. */
  public static void print(PrintStream out, JsonObject value, int depth) {
    for (String name : value.names()) {
      member(out, INDENT.repeat(depth) + SafeText.oneLine(name) + ":", value.get(name), depth);
    }
  }

  private static void member(PrintStream out, String head, Json value, int depth) {
    switch (value) {
      case JsonObject object -> {
        out.println(head);
        print(out, object, depth + 1);
      }
      case JsonArray array -> {
        out.println(head + (array.size() == 0 ? " none" : ""));
        for (int i = 0; i < array.size(); i++) {
          out.println(INDENT.repeat(depth + 1) + "- " + oneLine(array.get(i)));
        }
      }
      case JsonString(String text) when text.indexOf('\n') >= 0 -> {
        out.println(head);
        text.lines().forEach(line -> out.println(INDENT.repeat(depth + 1) + SafeText.oneLine(line)));
      }
      default -> out.println(head + " " + oneLine(value));
    }
  }

  private static String oneLine(Json value) {
    return switch (value) {
      case JsonString(String text) -> SafeText.oneLine(text);
      case JsonObject object -> {
        var line = new StringBuilder();
        for (String name : object.names()) {
          line.append(line.isEmpty() ? "" : ", ").append(SafeText.oneLine(name)).append(' ')
              .append(oneLine(object.get(name)));
        }
        yield line.toString();
      }
      default -> SafeText.oneLine(value.text());
    };
  }
}
