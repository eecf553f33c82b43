package dev.sallyport.transport;

import java.io.IOException;
import java.time.Duration;
import java.util.Set;

import dev.sallyport.protocol.ServerAddress;
import dev.sallyport.protocol.ServerAddress.Scheme;
import dev.sallyport.transport.socket.Route;

/** One way to carry messages over the network: WebSocket, polls, plain TCP … (K4). */
public interface Binding extends Dialer {
  /** Its word, as in {@link WireFacts#transport}. */
  String transport();

  /** The doors it can come in by. */
  Set<Scheme> schemes();

  /**
   * Connects over a route, and returns when messages may be sent.
   *
   * @param timeout the longest time for all steps together, more than zero
   * @throws IOException if any step failed; the message says what failed, why, and what to do
   */
  Wire dial(ServerAddress address, Route route, Duration timeout) throws IOException;

  /** The same, straight to the server. */
  @Override
  default Wire dial(ServerAddress address, Duration timeout) throws IOException {
    return dial(address, Route.DIRECT, timeout);
  }
}
