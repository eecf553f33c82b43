package dev.sallyport.transport.ladder;

import java.io.IOException;
import java.time.Duration;

import dev.sallyport.transport.Dialer;
import dev.sallyport.transport.ServerAddress;
import dev.sallyport.transport.Wire;

/**
 * One way to try: by a binding to a door, over whatever route leads there.
 *
 * @param transport the binding's word
 * @param address the door
 * @param dialer the binding, and the routes
 */
public record Rung(String transport, ServerAddress address, Dialer dialer) {
  /**
   * Connects.
   *
   * @throws IOException if that failed; the message says what failed, why, and what to do
   */
  public Wire dial(Duration timeout) throws IOException {
    return dialer.dial(address, timeout);
  }

  /** The same for the same way tomorrow, in files and reports. */
  public String name() {
    return transport + " " + address;
  }

  /** Whether the other leads to the same port of the same host. */
  public boolean sameDoor(Rung other) {
    return address.port() == other.address.port() && address.host().equals(other.address.host());
  }
}
