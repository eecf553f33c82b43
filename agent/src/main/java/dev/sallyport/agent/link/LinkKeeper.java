package dev.sallyport.agent.link;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;

import dev.sallyport.agent.execute.OperationExecutor;
import dev.sallyport.agent.identity.Membership;
import dev.sallyport.agent.identity.RollingSecrets;
import dev.sallyport.agent.journal.Journal;
import dev.sallyport.agent.ladder.ClimbReport;
import dev.sallyport.agent.ladder.Doors;
import dev.sallyport.agent.ladder.Intervals;
import dev.sallyport.agent.ladder.RememberedWays;
import dev.sallyport.agent.log.Log;
import dev.sallyport.agent.network.Networks;
import dev.sallyport.agent.state.StateFiles;
import dev.sallyport.agent.time.AgentClock;
import dev.sallyport.agent.time.ServerClock;
import dev.sallyport.operation.PrimitiveOperations;
import dev.sallyport.protocol.ServerAddress;
import dev.sallyport.protocol.channel.Tried;
import dev.sallyport.protocol.enrol.ServerKey;
import dev.sallyport.transport.ladder.Rung;
import dev.sallyport.transport.ladder.Rungs;
import dev.sallyport.transport.socket.Route;
import org.jspecify.annotations.Nullable;

/**
 * Keeps one link to the server for as long as the agent runs: finds a way, shakes hands, and when the link ends waits and does so again,
 * for ever. Everything it does while no server is there takes the same memory and ever fewer lines of log, and while this machine is in
 * no network it does nothing at all (K3).
 */
public final class LinkKeeper {
  /** A server on the machine that it manages can be reached without any network. */
  private static final String THIS_MACHINE = "localhost";

  private final Membership membership;
  private final String ownName;
  private final Parts parts;
  private final LinkServices services;
  private final Aftermath aftermath;
  private final Climb climb;
  private int keyIndex;
  private int turn;
  private ServerAddress last;
  private ClimbReport lastReport = ClimbReport.none();
  private volatile @Nullable Link link;
  private volatile @Nullable BetterWay search;
  private volatile boolean stopping;

  /** Everything a keeper needs from the rest of the agent. */
  public record Parts(Membership membership, Greeter greeter, RollingSecrets secrets, Rungs rungs, RememberedWays ways,
      Doors doors, Intervals intervals, Networks networks, Journal journal, OperationExecutor executor,
      PrimitiveOperations primitives, PolicyFile policy,
      ContactNote note, StateFiles files, ServerClock serverClock, AgentClock clock, RandomGenerator random, Log log) {}

  public LinkKeeper(Parts parts) {
    this.parts = parts;
    this.membership = parts.membership();
    this.ownName = PrimitiveOperations.hostFacts().hostname();
    this.last = parts.doors().all().getFirst();
    this.aftermath = new Aftermath(parts.policy(), parts.note(), parts.log(), parts.random());
    this.services = new LinkServices(parts.greeter(), parts.secrets(), parts.executor(), parts.primitives(),
        parts.policy(), parts.doors(), this::reordered, parts.clock(), parts.serverClock(), parts.log(),
        new ServerAnswer(parts.journal(), parts.serverClock(), parts.clock(), parts.log()),
        new QuietCuts(parts.intervals(), parts.log()));
    this.climb = new Climb(services);
  }

  /** Returns by an interrupt, or some time after {@link #stop}. */
  public void keep() throws InterruptedException {
    while (!stopping) {
      awaitNetwork();
      LinkEnd end = connect();
      if (!stopping && parts.networks().pause(aftermath.judge(end, last))) {
        aftermath.forget();
      }
    }
  }

  private void awaitNetwork() throws InterruptedException {
    List<String> hosts = hosts();
    if (hosts.stream().noneMatch(parts.networks().current()::leadsTo)) {
      aftermath.noNetwork();
    }
    if (parts.networks().awaitWayTo(hosts)) {
      aftermath.forget();
    }
  }

  private List<String> hosts() {
    var hosts = new LinkedHashSet<String>();
    for (ServerAddress door : parts.doors().all()) {
      hosts.add(door.host().equalsIgnoreCase(ownName) ? THIS_MACHINE : door.host());
    }
    return List.copyOf(hosts);
  }

  /** Tells the server that this agent stops, if there is a link, and makes no other. Does not block. */
  public void stop() {
    stopping = true;
    goAway();
  }

  /** Tells the server that this agent stops, if there is a link. */
  public void goAway() {
    Link current = link;
    if (current != null) {
      current.goAway();
    }
  }

  /** Whether there is a link now. */
  public boolean linked() {
    return link != null;
  }

  private ServerKey serverKey() {
    List<ServerKey> keys = membership.serverKeys();
    return keys.get(keyIndex % keys.size());
  }

  /** Whatever goes wrong here, running operations live on and the next attempt comes. */
  private LinkEnd connect() {
    try {
      List<Rung> ladder = ladder();
      if (ladder.isEmpty()) {
        return new LinkEnd.Unreachable(
            "none of the server's addresses " + parts.doors().all() + " is one that this agent can dial");
      }
      List<Rung> order = parts.ways().firstTheKnown(rotated(ladder), network());
      var tried = new ArrayList<Tried>();
      Reached reached = climb.up(order, serverKey(), () -> !stopping, tried);
      report(tried);
      last = reached.rung().address();
      services.cuts().after(network(), reached.rung().name(), reached instanceof Reached.Server && tried.size() == 1);
      return switch (reached) {
        case Reached.Server server -> live(server, tried);
        case Reached.Nobody nobody -> {
          turn(nobody.end());
          yield nobody.end();
        }
      };
    } catch (RuntimeException e) {
      services.log().event("the agent made a mistake of its own while connecting: " + e);
      return new LinkEnd.Unreachable("the agent could not connect: " + e);
    }
  }

  private List<Rung> ladder() {
    return parts.rungs().to(parts.doors().all(), services.policy().current().transports());
  }

  private List<String> network() {
    return parts.networks().current().id().names();
  }

  /** A server that answers and refuses is not asked for ever while another address is there, nor with one key while there are two. */
  private void turn(LinkEnd end) {
    switch (end) {
      case LinkEnd.Unproven _,LinkEnd.Impostor _ -> {
        turn++;
        keyIndex++;
      }
      case LinkEnd.Unreachable _,LinkEnd.Refused _,LinkEnd.NotStored _,LinkEnd.Lost _ -> {
        // the same again is right
      }
    }
  }

  private List<Rung> rotated(List<Rung> ladder) {
    int first = turn % ladder.size();
    var order = new ArrayList<Rung>(ladder.subList(first, ladder.size()));
    order.addAll(ladder.subList(0, first));
    return order;
  }

  /** Lives on this rung; while it is not the best, better ones are tried from time to time (make before break). */
  LinkEnd live(Reached.Server reached, List<Tried> tried) {
    Rung rung = reached.rung();
    var better = new BetterWay(rung, this);
    var current = new Link(services, reached.wire(), serverKey(), reached.accepted(), pace(reached), tried,
        () -> linkUp(reached));
    link = current;
    search = better;
    better.start();
    LinkEnd end = new LinkEnd.Unreachable("the agent made a mistake of its own");
    try (var _ = reached.wire(); var _ = parts.networks().follow((_, after) -> current.networkChanged(after))) {
      end = current.run();
    } finally {
      reached.accepted().verdict().keys().close();
      if (current.equals(link)) {
        link = null;
        search = null;
      }
      last = rung.address();
      end = better.end(end); // also after a mistake: nobody may look on for a link that is over
    }
    return end;
  }

  private LinkPace pace(Reached.Server reached) {
    return new LinkPace(parts.intervals(), services.policy(),
        reached.accepted().verdict().payload().terms().keepalive(),
        reached.wire(), network(), reached.rung().name());
  }

  private void linkUp(Reached.Server reached) {
    parts.ways().works(reached.rung(), network());
    parts.doors().works(reached.rung().address());
    String route = reached.wire().facts().route();
    String word = reached.rung().transport();
    String way = (route.equals(Route.DIRECT.describe()) ? "" : " through " + route)
        + (word.equals("websocket") ? "" : " by " + word);
    boolean unapproved = services.answer().unapproved();
    services.log().repeated("connected", "connected to " + reached.rung().address() + way + " as " + name()
        + (unapproved ? "; an operator must approve this machine in the console before it takes orders" : ""));
    parts.note()
        .connected(reached.rung().address() + way + (unapproved ? " (waiting for an operator's approval)" : ""));
  }

  private String name() {
    return membership.agentId().isEmpty() ? "a machine whose id only the server knows" : membership.agentId();
  }

  /** On disk when it is news: an arrival, or the first failure after one. */
  private void report(List<Tried> tried) {
    var report = new ClimbReport(services.clock().instant(), tried);
    boolean news = report.arrived() || lastReport.arrived() || lastReport.tried().isEmpty()
        || lastReport.at().plus(ContactNote.REFRESH).isBefore(report.at());
    if (!news) {
      return;
    }
    lastReport = report;
    try {
      report.write(parts.files());
    } catch (IOException e) {
      services.log().trouble("climb", "could not note what was tried: " + e.getMessage() + "; free some space");
    }
  }

  /** The server wishes for other ways than before: the search for a better one begins anew. */
  private void reordered() {
    BetterWay current = search;
    if (current != null) {
      current.reordered();
    }
  }

  // -- for whoever looks for a better way ---------------------------------------------------------------------------

  Parts parts() {
    return parts;
  }

  boolean isStopping() {
    return stopping;
  }

  /** The ways that come before this one, for one search. */
  List<Rung> betterThan(Rung rung) {
    List<Rung> ladder = ladder();
    int here = 0;
    while (here < ladder.size() && !ladder.get(here).name().equals(rung.name())) {
      here++;
    }
    return here < ladder.size() ? ladder.subList(0, here) : List.of();
  }

  Reached climb(List<Rung> rungs, BooleanSupplier wanted, List<Tried> tried) {
    return climb.up(rungs, serverKey(), wanted, tried);
  }
}
