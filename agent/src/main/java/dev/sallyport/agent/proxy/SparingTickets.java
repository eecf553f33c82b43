package dev.sallyport.agent.proxy;

import java.io.IOException;
import java.time.Duration;
import java.util.function.LongSupplier;

import dev.sallyport.transport.proxy.login.Tickets;
import org.jspecify.annotations.Nullable;

/**
 * Does not ask again soon where there was no ticket. Asking costs half a second of processor time, and a proxy that offers other ways to
 * log in besides would make an account without tickets ask for every connection.
 */
final class SparingTickets implements Tickets {
  /** How long nobody is asked; whoever gets a ticket meanwhile waits for no longer than this. */
  static final Duration PAUSE = Duration.ofSeconds(30);

  private final Tickets tickets;
  private final LongSupplier nanoTime;
  private @Nullable Lack lack;

  /** The last proxy for which there was none; an agent has one proxy, hardly ever two. */
  private record Lack(String host, String reason, long since) {}

  /** @param nanoTime a clock like {@link System#nanoTime} */
  SparingTickets(Tickets tickets, LongSupplier nanoTime) {
    this.tickets = tickets;
    this.nanoTime = nanoTime;
  }

  @Override
  public String token(String host) throws IOException {
    String known = known(host);
    if (known != null) {
      throw new IOException(known);
    }
    try {
      return tickets.token(host);
    } catch (IOException e) {
      lacks(host, String.valueOf(e.getMessage()));
      throw e;
    }
  }

  private synchronized @Nullable String known(String host) {
    Lack last = lack;
    boolean counts = last != null && last.host().equals(host) && nanoTime.getAsLong() - last.since() < PAUSE.toNanos();
    return last != null && counts ? last.reason() : null;
  }

  private synchronized void lacks(String host, String reason) {
    lack = new Lack(host, reason, nanoTime.getAsLong());
  }
}
