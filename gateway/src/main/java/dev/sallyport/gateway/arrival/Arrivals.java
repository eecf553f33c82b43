package dev.sallyport.gateway.arrival;

import java.net.InetAddress;
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
   * @param transport what is known of it so far
   */
  public Optional<Arrival> letIn(Channel channel, String transport) {
    if (!(channel.remoteAddress() instanceof InetSocketAddress remote)) {
      return Optional.empty(); // it has ended already
    }
    Optional<Arrival> arrival = letIn(new Connection(channel), remote.getAddress(), transport);
    arrival.ifPresent(one -> {
      var _ = channel.closeFuture().addListener(_ -> one.ended());
    });
    return arrival;
  }

  /**
   * Lets in what takes the place of a connection, unless there are too many. Whoever brings it says when it has {@link Arrival#ended
   * ended}.
   */
  public Optional<Arrival> letIn(Arriving what, InetAddress remote, String transport) {
    return admission.enter(Source.of(remote))
        ? Optional.of(new Arrival(this, what, remote, transport))
        : Optional.empty();
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
              .refused(new RefusedAttempt(RefusalReason.TOO_SLOW, arrival.remote(), arrival.transport(), "", 0, 1,
                  time.now()));
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
    if (!arrival.isOpen()) {
      unwatch(arrival); // it ended while we looked
    }
  }

  void unwatch(Arrival arrival) {
    watched.remove(arrival);
  }

  private record Connection(Channel channel) implements Arriving {
    @Override
    public boolean isOpen() {
      return channel.isOpen();
    }

    @Override
    public void close() {
      var _ = channel.close(); // what becomes of it is told by the close future
    }
  }
}
