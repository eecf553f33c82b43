package dev.sallyport.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

import dev.sallyport.server.app.RawClient;
import dev.sallyport.server.app.RawClient.Answer;
import tools.jackson.databind.JsonNode;

/** Reads server-sent events as a browser does (HTML Living Standard, 9.2). */
final class EventReader implements AutoCloseable {
  private final RawClient client;
  private final StringBuilder text = new StringBuilder();

  private EventReader(RawClient client) {
    this.client = client;
  }

  /** One event; comments are left out. */
  record Event(String name, String id, JsonNode data) {}

  static EventReader open(RawClient client, String path, String... headers) throws IOException {
    var request = new StringBuilder("GET " + path + " HTTP/1.1\r\nHost: sallyport.test\r\n");
    for (String header : headers) {
      request.append(header).append("\r\n");
    }
    client.send(request.append("\r\n").toString().getBytes(java.nio.charset.StandardCharsets.ISO_8859_1));
    Answer head = client.begin();
    assertThat(head.status()).isEqualTo(200);
    assertThat(head.header("content-type"))
        .hasValueSatisfying(type -> assertThat(type).startsWith("text/event-stream"));
    assertThat(head.header("cache-control")).hasValue("no-store");
    return new EventReader(client);
  }

  /** The next event. */
  Event next() throws IOException {
    while (true) {
      int end = text.indexOf("\n\n");
      while (end < 0) {
        String more = client.chunk();
        assertThat(more).as("the stream goes on").isNotEmpty();
        text.append(more);
        end = text.indexOf("\n\n");
      }
      String event = text.substring(0, end);
      text.delete(0, end + 2);
      if (!event.startsWith(":")) {
        return event(event);
      }
    }
  }

  /** Reads on until an event is as described; answers it. */
  Event await(Predicate<Event> wanted) throws IOException {
    Event event = next();
    while (!wanted.test(event)) {
      event = next();
    }
    return event;
  }

  /** All events to the end of the stream, the last of which says that it is the end. */
  List<Event> toEnd() throws IOException {
    var events = new ArrayList<Event>();
    do {
      events.add(next());
    } while (!events.getLast().name().equals("end"));
    assertThat(client.chunk()).as("nothing follows the end").isEmpty();
    return events;
  }

  /** Whether the server has cut the stream; waits for that, and passes over whatever still comes. */
  boolean cut() {
    try {
      while (!client.chunk().isEmpty()) {
        text.setLength(0);
      }
      return false; // it ended in order
    } catch (IOException | NumberFormatException e) {
      return true;
    }
  }

  private static Event event(String text) {
    String name = "";
    String id = "";
    String data = "";
    for (String line : text.split("\n")) {
      int colon = line.indexOf(": ");
      String value = line.substring(colon + 2);
      switch (line.substring(0, colon)) {
        case "event" -> name = value;
        case "id" -> id = value;
        case "data" -> data = value;
        default -> throw new AssertionError("a line that is no field: " + line);
      }
    }
    return new Event(name, id, Reply.json(data));
  }

  @Override
  public void close() throws IOException {
    client.close();
  }
}
