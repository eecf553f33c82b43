package dev.sallyport.gateway.arrival;

import java.net.InetAddress;
import java.time.Duration;

import dev.sallyport.gateway.admission.Source;
import io.netty.channel.Channel;

/** One connection, from the moment it was let in. What it is waited for changes; only one thing at a time. */
public final class Arrival {
  private final Arrivals arrivals;
  private final Channel channel;
  private final InetAddress remote;
  private final Source source;
  private volatile long deadline;
  private boolean link;
  private boolean ended;

  Arrival(Arrivals arrivals, Channel channel, InetAddress remote) {
    this.arrivals = arrivals;
    this.channel = channel;
    this.remote = remote;
    this.source = Source.of(remote);
  }

  /** The connection. */
  public Channel channel() {
    return channel;
  }

  /** Where it comes from. */
  public InetAddress remote() {
    return remote;
  }

  /** The same, as far as limits are concerned. */
  public Source source() {
    return source;
  }

  /** Ends the connection; what was written before and not flushed is lost. */
  public void close() {
    var _ = channel.close(); // what becomes of it is told by the close future
  }

  /** Closes the connection unless another call comes within this time. */
  public void expect(Duration within) {
    deadline = arrivals.deadline(within);
    arrivals.watch(this);
  }

  /** Nothing is waited for any more. */
  public void expectNothing() {
    arrivals.unwatch(this);
  }

  /** It has become an agent's link and counts as a stranger no more. */
  public synchronized void linked() {
    if (!ended && !link) {
      link = true;
      arrivals.linked(this);
    }
  }

  synchronized void ended() {
    ended = true;
    arrivals.left(this, link);
  }

  synchronized boolean isLink() {
    return link;
  }

  boolean late(long nanoTime) {
    return nanoTime - deadline >= 0;
  }
}
