package dev.sallyport.gateway.arrival;

import java.net.InetAddress;
import java.time.Duration;

import dev.sallyport.gateway.admission.Source;

/** One connection, from the moment it was let in. What it is waited for changes; only one thing at a time. */
public final class Arrival {
  private final Arrivals arrivals;
  private final Arriving what;
  private final InetAddress remote;
  private final Source source;
  private volatile String transport;
  private volatile long deadline;
  private boolean link;
  private boolean ended;

  Arrival(Arrivals arrivals, Arriving what, InetAddress remote, String transport) {
    this.arrivals = arrivals;
    this.what = what;
    this.remote = remote;
    this.transport = transport;
    this.source = Source.of(remote);
  }

  /** Where it comes from. */
  public InetAddress remote() {
    return remote;
  }

  /** The same, as far as limits are concerned. */
  public Source source() {
    return source;
  }

  /** What it speaks, as far as that is known: {@code tls}, {@code websocket}. */
  public String transport() {
    return transport;
  }

  /** It has shown what it speaks. */
  public void speaks(String word) {
    transport = word;
  }

  /** Ends the connection; what was written before and not sent is lost. */
  public void close() {
    what.close();
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

  /** It has ended, and is counted out. */
  public synchronized void ended() {
    if (ended) {
      return;
    }
    ended = true;
    arrivals.left(this, link);
  }

  /** Whether it has become one. */
  public synchronized boolean isLink() {
    return link;
  }

  /** Whether it has not ended. */
  public boolean isOpen() {
    return what.isOpen();
  }

  boolean late(long nanoTime) {
    return nanoTime - deadline >= 0;
  }
}
