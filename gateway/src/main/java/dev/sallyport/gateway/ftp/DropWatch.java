package dev.sallyport.gateway.ftp;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import dev.sallyport.gateway.FtpExchange;
import dev.sallyport.gateway.TimeSource;
import dev.sallyport.protocol.Bytes;
import dev.sallyport.protocol.ServerAddress;
import dev.sallyport.transport.ftp.FtpBinding;
import dev.sallyport.transport.ftp.FtpDepot;
import dev.sallyport.transport.ftp.client.FtpSite;
import dev.sallyport.transport.ftp.exchange.LinkPlace;
import dev.sallyport.transport.socket.Route;
import dev.sallyport.transport.tls.TlsLayer;
import dev.sallyport.transport.tls.TlsTrust;

/** Looks for new links on somebody else's FTP server. All links there share a few log-ins. */
public final class DropWatch implements AutoCloseable {
  /** Between two looks for new links: an agent waits 15 s for its first answer. */
  private static final Duration LOOK = Duration.ofSeconds(2);
  /** Log-ins for all links together; one more looks for new ones. */
  private static final int LOG_INS = 4;
  private static final Logger LOG = System.getLogger(DropWatch.class.getName());

  private final ServerAddress address;
  private final FtpLinks links;
  private final TimeSource time;
  private final FtpDepot own;
  private final List<LockedDepot> shared;
  private final Leftovers leftovers = new Leftovers(Leftovers.AGE);
  private final CountDownLatch stopped = new CountDownLatch(1);
  private boolean failing;

  private DropWatch(FtpExchange.Elsewhere drop, FtpLinks links, TimeSource time) {
    this.address = ServerAddress.of(drop.drop().toString());
    this.links = links;
    this.time = time;
    TlsTrust trust = TlsTrust.system();
    if (!drop.pins().isEmpty()) {
      trust = trust.orPinned(drop.pins().stream().map(Bytes::toArray).toList());
    }
    FtpSite site = new FtpSite(address, Route.DIRECT, TlsLayer.resuming(trust));
    this.own = new FtpDepot(site);
    this.shared = Stream.generate(() -> new LockedDepot(new FtpDepot(site))).limit(LOG_INS).toList();
  }

  /** Begins to look. */
  public static DropWatch start(FtpExchange.Elsewhere drop, FtpLinks links, TimeSource time, Executor threads) {
    var watch = new DropWatch(drop, links, time);
    threads.execute(watch::run);
    return watch;
  }

  private void run() {
    try {
      do {
        look();
      } while (!stopped.await(LOOK.toMillis(), TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      own.disconnect();
    }
  }

  private void look() {
    try {
      List<String> names = own.list("");
      InetAddress remote = InetAddress.getByName(address.host());
      for (String name : names) {
        if (LinkPlace.isLink(name) && !links.has(name)) {
          LinkPlace place = new LinkPlace(name);
          if (own.has(place.up(), place.whole(0))) {
            links.noticed(name, remote, shared.get(Math.floorMod(name.hashCode(), LOG_INS)), FtpBinding.IDLE_LOOK);
          }
        }
      }
      leftovers.sweep(own, names, links::has, time.nanoTime());
      if (failing) {
        LOG.log(Level.INFO, address + " can be looked at again");
      }
      failing = false;
    } catch (IOException | RuntimeException e) {
      if (!failing) {
        LOG.log(Level.WARNING, "agents that come by " + address + " are not heard: " + e.getMessage());
      }
      failing = true;
    }
  }

  @Override
  public void close() {
    stopped.countDown();
    own.disconnect();
    shared.forEach(LockedDepot::close);
  }
}
