package dev.sallyport.transport;

import java.io.IOException;
import java.time.Duration;

import dev.sallyport.protocol.ServerAddress;

/** Opens wires. */
public interface Dialer {
  /**
   * Connects, and returns when messages may be sent.
   *
   * @param timeout the longest time for all steps together, more than zero
   * @throws IOException if any step failed; the message says what failed, why, and what to do
   */
  Wire dial(ServerAddress address, Duration timeout) throws IOException;
}
