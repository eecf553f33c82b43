package dev.sallyport.cli.api;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

/** Reads {@code text/event-stream} as the HTML standard describes it (fields id, event, data; comments are skipped). */
final class EventStream {
  private static final int MAX_EVENT_CHARACTERS = 4 * 1024 * 1024;

  private final BufferedReader reader;

  EventStream(InputStream body) {
    this.reader = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8));
  }

  String read(String lastEventId, Predicate<ServerEvent> consumer) throws IOException {
    String id = lastEventId;
    String name = "";
    var data = new StringBuilder();
    @Nullable
    String line;
    while ((line = reader.readLine()) != null) {
      if (line.isEmpty()) {
        if (!data.isEmpty() || !name.isEmpty()) {
          boolean more = consumer.test(new ServerEvent(id, name.isEmpty() ? "message" : name, data.toString()));
          if (!more) {
            return id;
          }
        }
        name = "";
        data.setLength(0);
        continue;
      }
      int colon = line.indexOf(':');
      String field = colon < 0 ? line : line.substring(0, colon);
      String value = colon < 0 ? "" : line.substring(line.startsWith(" ", colon + 1) ? colon + 2 : colon + 1);
      switch (field) {
        case "id" -> id = value;
        case "event" -> name = value;
        case "data" -> {
          if (data.length() + value.length() > MAX_EVENT_CHARACTERS) {
            throw new IOException("an event is longer than " + MAX_EVENT_CHARACTERS + " characters");
          }
          data.append(data.isEmpty() ? "" : "\n").append(value);
        }
        default -> {
          // Comments (an empty field name) keep the line open; unknown fields are to be ignored.
        }
      }
    }
    return id;
  }
}
