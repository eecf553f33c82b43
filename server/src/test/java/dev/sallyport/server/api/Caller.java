package dev.sallyport.server.api;

import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;

import dev.sallyport.server.app.RunningServer;

/**
 * Somebody who sends requests.
 *
 * @param headers sent with each of them
 */
record Caller(RunningServer server, List<String> headers) {
  Reply get(String path, String... more) throws IOException {
    return new Reply(server.get(path, with(more)));
  }

  Reply post(String path, String json, String... more) throws IOException {
    return new Reply(server.post(path, json, with(more)));
  }

  Reply request(String method, String path, String body, String... more) throws IOException {
    return new Reply(server.request(method, path, body, with(more)));
  }

  /** The events of a stream, from its beginning or after the one of this id. */
  EventReader events(String path, String... more) throws IOException {
    return EventReader.open(server.connect(), path, with(more));
  }

  private String[] with(String... more) {
    return Stream.concat(headers.stream(), Stream.of(more)).toArray(String[]::new);
  }
}
