package dev.sallyport.transport.ladder;

import java.io.IOException;
import java.time.Duration;

import dev.sallyport.protocol.ServerAddress;
import dev.sallyport.transport.Dialer;
import dev.sallyport.transport.Wire;

/**
 * One way to try: by a binding to a door, over whatever route leads there.
 *
 * @param transport the binding's word
 * @param address the door
 * @param dialer the binding, and the routes
 */
public record Rung(String transport, ServerAddress address, Dialer dialer) {
  /** For all steps of one way: TCP, a proxy's log-in, TLS, the binding's first words. What takes longer hangs, and counts as blocked. */
  public static final Duration PATIENCE = Duration.ofSeconds(10);

  /**
   * Connects within {@link #PATIENCE}.
   *
   * @throws IOException if that failed; the message says what failed, why, and what to do
   */
  public Wire dial() throws IOException {
    return dialer.dial(address, PATIENCE);
  }

  /** The same for the same way tomorrow, in files and reports. */
  public String name() {
    return transport + " " + address;
  }
}
