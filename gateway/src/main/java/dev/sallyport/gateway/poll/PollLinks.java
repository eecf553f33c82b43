package dev.sallyport.gateway.poll;

import java.net.InetAddress;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

import dev.sallyport.gateway.arrival.Arrival;
import dev.sallyport.gateway.arrival.Arrivals;
import dev.sallyport.gateway.link.LinkServices;
import io.netty.channel.EventLoopGroup;
import org.jspecify.annotations.Nullable;

/** The links that are made of polls. Each is counted in like a connection, and bounded with them. */
public final class PollLinks {
  private final Arrivals arrivals;
  private final LinkServices services;
  private final EventLoopGroup loops;
  private final Map<String, PollLink> byId = new ConcurrentHashMap<>();

  /** @param loops one of them is every link's */
  public PollLinks(Arrivals arrivals, LinkServices services, EventLoopGroup loops) {
    this.arrivals = arrivals;
    this.services = services;
    this.loops = loops;
  }

  @Nullable
  PollLink find(String id) {
    return byId.get(id);
  }

  /** A new link, unless there are too many connections of its kind or this one is known. */
  Optional<PollLink> make(String id, String transport, InetAddress remote) {
    PollLink link = new PollLink(this, id, transport, loops.next());
    Optional<Arrival> counted = arrivals.letIn(link, remote, transport);
    if (counted.isEmpty()) {
      return Optional.empty();
    }
    link.begin(services, counted.get());
    if (byId.putIfAbsent(id, link) != null) {
      link.close();
      return Optional.empty();
    }
    return Optional.of(link);
  }

  void ended(String id, PollLink link) {
    byId.remove(id, link);
  }

  LinkServices services() {
    return services;
  }
}
