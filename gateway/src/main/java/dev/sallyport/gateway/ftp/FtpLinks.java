package dev.sallyport.gateway.ftp;

import java.net.InetAddress;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

import dev.sallyport.gateway.arrival.Arrival;
import dev.sallyport.gateway.arrival.Arrivals;
import dev.sallyport.gateway.link.LinkServices;
import dev.sallyport.transport.ftp.FtpBinding;
import dev.sallyport.transport.ftp.exchange.Depot;
import dev.sallyport.transport.ftp.exchange.LinkPlace;

/** The links whose files lie in one place. Each is counted in like a connection, and bounded with them and by a number of its own. */
public final class FtpLinks {
  private final Arrivals arrivals;
  private final LinkServices services;
  private final int most;
  private final Map<String, FtpLink> byName = new ConcurrentHashMap<>();
  private volatile boolean accepting = true;

  /** @param most links at once; what comes beyond lies until there is room, or is left over */
  public FtpLinks(Arrivals arrivals, LinkServices services, int most) {
    this.arrivals = arrivals;
    this.services = services;
    this.most = most;
  }

  /**
   * A link's first file is there, or another.
   *
   * @param remote where it comes from, as far as limits are concerned
   * @param depot for this link's thread alone, or of a kind that several may use
   * @param slowest the longest wait between two looks at an idle link
   */
  public void noticed(String name, InetAddress remote, Depot depot, Duration slowest) {
    FtpLink known = byName.get(name);
    if (known != null) {
      known.wake();
      return;
    }
    if (!accepting || byName.size() >= most) {
      return;
    }
    var link = new FtpLink(this, new LinkPlace(name), depot, slowest, services.threads());
    if (byName.putIfAbsent(name, link) != null) {
      return;
    }
    Optional<Arrival> counted = arrivals.letIn(link, remote, FtpBinding.TRANSPORT);
    if (counted.isEmpty()) {
      byName.remove(name, link);
      return;
    }
    link.begin(services, counted.get());
  }

  /** Something of this link was taken, or came: if it lives, it looks. */
  public void stirred(String name) {
    FtpLink known = byName.get(name);
    if (known != null) {
      known.wake();
    }
  }

  /** Whether such a link lives, or has ended so lately that its files still lie there. */
  public boolean has(String name) {
    return byName.containsKey(name);
  }

  /** Whether this is the link of an agent that has shown who it is. */
  public boolean isLinked(String name) {
    FtpLink known = byName.get(name);
    return known != null && known.isLinked();
  }

  /** Makes no other link. */
  public void stopAccepting() {
    accepting = false;
  }

  /** Ends all at once. */
  public void close() {
    accepting = false;
    byName.values().forEach(FtpLink::stop);
  }

  void gone(FtpLink link) {
    byName.remove(link.name(), link);
  }
}
