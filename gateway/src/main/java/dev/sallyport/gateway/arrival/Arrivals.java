package dev.sallyport.gateway.arrival;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import dev.sallyport.gateway.RefusalReason;
import dev.sallyport.gateway.RefusedAttempt;
import dev.sallyport.gateway.TimeSource;
import dev.sallyport.gateway.admission.Admission;
import dev.sallyport.gateway.admission.RefusalLog;
import dev.sallyport.gateway.admission.Source;
import io.netty.channel.Channel;

/**
 * Lets connections in and watches the clock for them. One sweep a second looks at all that are waited for; an idle link is
 * not among them and costs nothing here.
 */
public final class Arrivals {
  private final Admission admission;
  private final RefusalLog refusals;
  private final TimeSource time;
  private final Set<Arrival> watched = ConcurrentHashMap.newKeySet();

  /**
   * @param admission counts connections
   * @param refusals hears of those that took too long
   * @param time for the deadlines
   */
  public Arrivals(Admission admission, RefusalLog refusals, TimeSource time) {
    this.admission = admission;
    this.refusals = refusals;
    this.time = time;
  }

  /**
   * Lets a connection in, unless there are too many of its kind.
   *
   * @param channel its remote address is that of TCP
   */
  public Optional<Arrival> letIn(Channel channel) {
    if (!(channel.remoteAddress() instanceof InetSocketAddress remote)
        || !admission.enter(Source.of(remote.getAddress()))) {
      return Optional.empty(); // a connection without an address has ended already
    }
    Arrival arrival = new Arrival(this, channel, remote.getAddress());
    var _ = channel.closeFuture().addListener(_ -> arrival.ended());
    return Optional.of(arrival);
  }

  /** Closes what took too long; to be called about once a second. */
  public void sweep() {
    long now = time.nanoTime();
    for (Arrival arrival : watched) {
      if (arrival.late(now)) {
        unwatch(arrival);
        arrival.close();
        if (!arrival.isLink()) {
          refusals
              .refused(new RefusedAttempt(RefusalReason.TOO_SLOW, arrival.remote(), "websocket", "", 0, 1, time.now()));
        }
      }
    }
  }

  void linked(Arrival arrival) {
    admission.linked(arrival.source());
  }

  void left(Arrival arrival, boolean wasLink) {
    unwatch(arrival);
    admission.left(arrival.source(), wasLink);
  }

  long deadline(Duration within) {
    return time.nanoTime() + within.toNanos();
  }

  void watch(Arrival arrival) {
    watched.add(arrival);
    if (!arrival.channel().isOpen()) {
      unwatch(arrival); // it ended while we looked
    }
  }

  void unwatch(Arrival arrival) {
    watched.remove(arrival);
  }
}
