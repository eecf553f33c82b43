package dev.sallyport.agent.link;

import java.time.Duration;
import java.util.List;

import dev.sallyport.agent.ladder.Intervals;
import dev.sallyport.protocol.channel.AgentPolicy;
import dev.sallyport.session.pace.KeepalivePace;
import dev.sallyport.transport.Wire;
import dev.sallyport.transport.socket.Route;

/** The keepalive of one link: as rare as the server's terms, the site's check-in and the way allow. */
final class LinkPace {
  private static final double CERTAINLY = 0.95;

  private final Intervals intervals;
  private final PolicyFile policy;
  private final Duration terms;
  private final Duration byRoute;
  private final Duration answer;
  private final List<String> network;
  private final String way;
  private volatile KeepalivePace last;

  /**
   * @param terms the longest interval that the server bears
   * @param network in which this machine is
   * @param way the rung's name
   */
  LinkPace(Intervals intervals, PolicyFile policy, Duration terms, Wire wire, List<String> network, String way) {
    this.intervals = intervals;
    this.policy = policy;
    this.terms = terms;
    boolean straight = wire.facts().route().equals(Route.DIRECT.describe());
    this.byRoute = straight ? Intervals.LONGEST : Intervals.LONGEST_BY_PROXY;
    this.answer = wire.answer();
    this.network = List.copyOf(network);
    this.way = way;
    this.last = new KeepalivePace(terms, answer);
  }

  /** What counts now. */
  KeepalivePace now() {
    Duration interval = intervals.of(network, way, shorter(byCheckIn(), byRoute));
    Duration least = longer(Intervals.SHORTEST, answer.multipliedBy(2));
    Duration allowed = shorter(longer(interval, least), terms);
    KeepalivePace pace = last;
    if (!pace.interval().equals(allowed)) {
      pace = new KeepalivePace(allowed, answer);
      last = pace;
    }
    return pace;
  }

  /** A site that wants less than the usual wants to know sooner that a machine is gone; the usual does not ask for more than is needed. */
  private Duration byCheckIn() {
    Duration wanted = policy.current().checkIn();
    return wanted.compareTo(AgentPolicy.DEFAULT.checkIn()) < 0 ? wanted : Intervals.LONGEST;
  }

  /** The link was cut when nothing had been heard for so long. */
  QuietCuts.Cut cut(Duration quiet) {
    KeepalivePace pace = last;
    boolean asked = quiet.toNanos() >= CERTAINLY * pace.quiet().toNanos();
    return new QuietCuts.Cut(network, way, pace.interval(), quiet, asked);
  }

  private static Duration shorter(Duration a, Duration b) {
    return a.compareTo(b) < 0 ? a : b;
  }

  private static Duration longer(Duration a, Duration b) {
    return a.compareTo(b) > 0 ? a : b;
  }
}
