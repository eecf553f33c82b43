package dev.sallyport.server.machine;

import java.time.Instant;
import java.util.List;

import dev.sallyport.protocol.channel.Tried;
import org.jspecify.annotations.Nullable;

/**
 * How a machine reaches this server, as the API shows it. Addresses, routes and reasons are the machine's own words: whoever shows them
 * must escape them.
 *
 * @param state as in {@link MachineView}
 * @param transport how the bytes of its last link travel: {@code websocket}, {@code https-poll} …
 * @param address where its last link came from
 * @param inspectedBy who opens TLS on the way, or empty
 * @param since when the state began, as far as it is known
 * @param found when it told what it had tried; null if it never did
 * @param tried in the order of the attempts; the last one is the link's
 */
record ConnectionView(String state, String transport, String address, String inspectedBy, @Nullable Instant since,
    @Nullable Instant found, List<Attempt> tried) {

  /**
   * One attempt.
   *
   * @param failure why it failed and what to do, or empty if it worked
   */
  record Attempt(String transport, String address, String route, String failure, long tookMillis) {
    static Attempt of(Tried tried) {
      return new Attempt(tried.transport(), tried.address(), tried.route(), tried.failure(), tried.took().toMillis());
    }
  }
}
