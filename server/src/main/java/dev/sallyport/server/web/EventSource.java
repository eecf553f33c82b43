package dev.sallyport.server.web;

import java.io.IOException;
import java.time.Duration;

/** Where a stream's events come from: called again and again on the request's thread, as long as the stream lives. */
@FunctionalInterface
public interface EventSource {

  /**
   * Waits for something to tell, at most so long, and tells it.
   *
   * @throws IOException if the client is gone; it is passed on as the stream threw it
   * @throws InterruptedException if the stream is being closed; it is passed on
   */
  void next(EventStream stream, Duration atMost) throws IOException, InterruptedException;
}
