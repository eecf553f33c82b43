package dev.sallyport.transport.proxy;

import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

import dev.sallyport.transport.proxy.login.Tickets;
import dev.sallyport.transport.socket.Route;

/**
 * Log-ins that proxies refused. A password that was wrong a moment ago is wrong now, and shown at every attempt to connect it locks the
 * account of whoever it belongs to: it is shown again ever more rarely ({@link #PAUSES}). Another user or another password is shown at
 * once. In memory only.
 */
public final class RefusedLogins {
  /**
   * From each refusal to the next showing; the last one counts from there on. No half hour sees more than four, one less than the lowest
   * number that locks accounts in practice; the first pause is short because a proxy whose own directory is away refuses everybody.
   */
  static final List<Duration> PAUSES = List.of(Duration.ofMinutes(1), Duration.ofMinutes(5), Duration.ofMinutes(10),
      Duration.ofMinutes(20), Duration.ofMinutes(40), Duration.ofHours(1));

  /** Refusals remembered; the oldest is forgotten first. */
  static final int MAX_REMEMBERED = 32;

  private final LongSupplier nanoTime;
  private final Map<ProxyAddress, Refusal> refusals = new LinkedHashMap<>();

  private record Refusal(int times, long until) {}

  /** @param nanoTime a clock like {@link System#nanoTime} */
  public RefusedLogins(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  /** The route through a proxy, on which a log-in that was refused is not shown again too soon. */
  public Route guard(ProxyAddress proxy, Tickets tickets) {
    Route route = proxy.route(tickets);
    return proxy.login().isGiven() ? new GuardedRoute(route, proxy, this) : route;
  }

  /** @throws IOException if this log-in was refused not long ago; the message says so, and how long it is kept back */
  synchronized void check(ProxyAddress proxy) throws IOException {
    Refusal refusal = refusals.get(proxy);
    long left = refusal == null ? 0 : refusal.until() - nanoTime.getAsLong();
    if (left > 0) {
      throw new UnusableProxyException(proxy.describe()
          + " did not accept the user name or password it was given; they are not shown to it again for "
          + Math.max(1, Duration.ofNanos(left).toMinutes())
          + " min, since that could lock the account: give the right ones");
    }
  }

  /** It was refused. */
  synchronized void refused(ProxyAddress proxy) {
    Refusal before = refusals.remove(proxy);
    int times = before == null ? 1 : before.times() + 1;
    Duration pause = PAUSES.get(Math.min(times, PAUSES.size()) - 1);
    refusals.put(proxy, new Refusal(times, nanoTime.getAsLong() + pause.toNanos()));
    if (refusals.size() > MAX_REMEMBERED) {
      refusals.remove(refusals.keySet().iterator().next());
    }
  }

  /** The proxy let somebody pass. */
  synchronized void passed(ProxyAddress proxy) {
    refusals.remove(proxy);
  }
}
