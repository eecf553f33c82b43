package dev.sallyport.agent.link;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.random.RandomGenerator;

import dev.sallyport.agent.execute.OperationExecutor;
import dev.sallyport.agent.identity.Membership;
import dev.sallyport.agent.identity.RollingSecrets;
import dev.sallyport.agent.journal.Journal;
import dev.sallyport.agent.log.Log;
import dev.sallyport.agent.time.AgentClock;
import dev.sallyport.agent.time.ServerClock;
import dev.sallyport.operation.PrimitiveOperations;
import dev.sallyport.protocol.ProtocolException;
import dev.sallyport.protocol.channel.AgentPolicy;
import dev.sallyport.protocol.enrol.ServerKey;
import dev.sallyport.session.handshake.ReplyFlag;
import dev.sallyport.session.handshake.Status;
import dev.sallyport.session.rolling.AgentEffect;
import dev.sallyport.transport.Dialer;
import dev.sallyport.transport.ServerAddress;
import dev.sallyport.transport.Wire;
import dev.sallyport.transport.socket.Route;
import org.jspecify.annotations.Nullable;

/**
 * Keeps one link to the server for as long as the agent runs: dials, shakes hands, and when the link ends waits and dials again, for
 * ever. Everything it does while no server is there takes the same memory and ever fewer lines of log.
 */
public final class LinkKeeper {
  private static final Duration DIAL_TIMEOUT = Duration.ofSeconds(20);

  /** Longest time a server may send its agents away for. */
  private static final Duration MOST_AWAY = Duration.ofDays(1);

  /** How far the machine's clock may be from the server's before it is worth a line. */
  private static final Duration CLOCK_TOLERANCE = Duration.ofMinutes(5);

  private final Membership membership;
  private final List<ServerAddress> addresses;
  private final Dialer dialer;
  private final Journal journal;
  private final ServerClock serverClock;
  private final LinkServices services;
  private final ContactNote note;
  private final BackOff backOff;
  private int addressIndex;
  private int keyIndex;
  private boolean staleBefore;
  private Instant handshakeTime = Instant.EPOCH;
  private String route = "";
  private volatile @Nullable Link link;
  private volatile boolean stopping;
  private volatile boolean unapproved;

  /** Everything a keeper needs from the rest of the agent. */
  public record Parts(Membership membership, Greeter greeter, RollingSecrets secrets, Dialer dialer, Journal journal,
      OperationExecutor executor, PrimitiveOperations primitives, PolicyFile policy, ContactNote note,
      ServerClock serverClock,
      AgentClock clock, RandomGenerator random, Log log) {}

  public LinkKeeper(Parts parts) {
    this.membership = parts.membership();
    this.addresses = ServerAddresses.usable(membership.servers());
    this.dialer = parts.dialer();
    this.journal = parts.journal();
    this.serverClock = parts.serverClock();
    this.note = parts.note();
    this.backOff = new BackOff(parts.random());
    this.services = new LinkServices(parts.greeter(), parts.secrets(), parts.executor(), parts.primitives(),
        parts.policy(), parts.clock(), parts.serverClock(), parts.log(), this::linkUp);
  }

  /** Returns by an interrupt, or some time after {@link #stop}. */
  public void keep() throws InterruptedException {
    while (!stopping) {
      LinkEnd end = connect();
      if (!stopping) {
        services.clock().pause(judge(end));
      }
    }
  }

  /** Tells the server that this agent stops, if there is a link, and makes no other. Does not block. */
  public void stop() {
    stopping = true;
    goAway();
  }

  /** Tells the server that this agent stops, if there is a link. */
  public void goAway() {
    Link last = link;
    if (last != null) {
      last.goAway();
    }
  }

  /** Whether there is a link now. */
  public boolean linked() {
    return link != null;
  }

  private ServerAddress address() {
    return addresses.get(addressIndex % addresses.size());
  }

  private ServerKey serverKey() {
    List<ServerKey> keys = membership.serverKeys();
    return keys.get(keyIndex % keys.size());
  }

  /** Whatever goes wrong here, running operations live on and the next attempt comes. */
  private LinkEnd connect() {
    try {
      return dialAndGreet();
    } catch (RuntimeException e) {
      services.log().event("the agent made a mistake of its own while connecting: " + e);
      return new LinkEnd.Unreachable("the agent could not connect: " + e);
    }
  }

  private LinkEnd dialAndGreet() {
    Wire wire;
    try {
      wire = dialer.dial(address(), DIAL_TIMEOUT);
    } catch (IOException | ProtocolException e) {
      return new LinkEnd.Unreachable(String.valueOf(e.getMessage()));
    }
    route = wire.facts().route();
    try (wire) {
      return greet(wire);
    } catch (ProtocolException e) {
      services.secrets().refused();
      return new LinkEnd.Impostor(String.valueOf(e.getMessage()));
    } catch (IOException e) {
      services.secrets().refused();
      return new LinkEnd.Unreachable(address() + ": " + e.getMessage());
    }
  }

  private LinkEnd greet(Wire wire) throws IOException {
    long now = handshakeTime.equals(Instant.EPOCH) ? services.clock().millis() : handshakeTime.toEpochMilli();
    handshakeTime = Instant.EPOCH;
    AgentEffect.SendHello hello;
    try {
      hello = services.secrets().start(now);
    } catch (IOException e) {
      return new LinkEnd.NotStored(String.valueOf(e.getMessage()));
    }
    return switch (services.greeter().greet(wire, serverKey(), hello.offered(), hello.attempt())) {
      case Welcome.Accepted accepted -> accepted(wire, accepted);
      case Welcome.Refused refused -> refused(refused);
      case Welcome.Unproven unproven -> {
        services.secrets().refused();
        yield new LinkEnd.Unproven(unproven.fail().code(), unproven.fail().retryAfter());
      }
    };
  }

  private LinkEnd accepted(Wire wire, Welcome.Accepted accepted) {
    var verdict = accepted.verdict();
    try {
      unapproved = verdict.payload().flags().contains(ReplyFlag.PENDING_APPROVAL);
      serverClock.set(verdict.payload().serverTimeMs());
      compareClocks(Instant.ofEpochMilli(verdict.payload().serverTimeMs()));
      if (journal.distrusted() || verdict.payload().flags().contains(ReplyFlag.ROLLBACK_SUSPECTED)) {
        journal.distrustBefore(serverClock.instant());
      }
      if (!services.secrets().accepted(accepted.attempt(), verdict.matchedIndex(), verdict.candidate())) {
        return new LinkEnd.Unreachable("another handshake came between");
      }
      var current = new Link(services, wire, serverKey(), accepted);
      link = current;
      return current.run();
    } catch (IOException e) {
      return new LinkEnd.NotStored(String.valueOf(e.getMessage()));
    } finally {
      verdict.keys().close();
      link = null;
    }
  }

  /** A wrong clock hinders no link, but certificates that seem expired and times that mislead are worth a line. */
  private void compareClocks(Instant server) {
    Duration ahead = Duration.between(server, services.clock().instant());
    if (ahead.abs().compareTo(CLOCK_TOLERANCE) > 0) {
      Duration off = ahead.abs();
      services.log().trouble("clock",
          "this machine's clock is " + (off.toDays() > 1 ? off.toDays() + " days " : off.toMinutes() + " minutes ")
              + (ahead.isPositive() ? "ahead of" : "behind") + " the server's; set the wrong one right");
    }
  }

  private LinkEnd refused(Welcome.Refused refused) {
    var payload = refused.payload();
    try {
      if (payload.status() == Status.ATTEMPT_STALE) {
        services.secrets().stale(refused.attempt(), payload.attempt());
      } else if (payload.status() == Status.CLOCK) {
        services.secrets().clockRefused(refused.attempt(), payload.attempt());
        handshakeTime = Instant.ofEpochMilli(payload.serverTimeMs());
      } else {
        services.secrets().refused();
      }
    } catch (IOException e) {
      return new LinkEnd.NotStored(String.valueOf(e.getMessage()));
    }
    return new LinkEnd.Refused(payload.status(), payload.retryAfter());
  }

  private void linkUp() {
    String way = route.equals(Route.DIRECT.describe()) ? "" : " through " + route;
    services.log().repeated("connected", "connected to " + address() + way + " as " + name()
        + (unapproved ? "; an operator must approve this machine in the console before it takes orders" : ""));
    note.connected(address() + way + (unapproved ? " (waiting for an operator's approval)" : ""));
  }

  private String name() {
    return membership.agentId().isEmpty() ? "a machine whose id only the server knows" : membership.agentId();
  }

  // -- what an end means for the next dial --------------------------------------------------------------------------

  /** Tells what happened, and how long to wait. */
  private Duration judge(LinkEnd end) {
    AgentPolicy policy = services.policy().current();
    return switch (end) {
      case LinkEnd.Lost lost -> afterLoss(lost, policy);
      case LinkEnd.Unreachable unreachable -> {
        addressIndex++;
        trouble("unreachable", unreachable.reason() + "; the agent goes on trying");
        yield backOff.afterFailure(policy);
      }
      case LinkEnd.Unproven unproven -> {
        addressIndex++;
        keyIndex++;
        trouble("unproven", address() + " " + Advice.of(unproven.code()));
        yield longer(backOff.afterFailure(policy), shorter(unproven.retryAfter(), policy.lastRetry()));
      }
      case LinkEnd.Impostor impostor -> {
        addressIndex++;
        keyIndex++;
        trouble("impostor",
            address() + " answered, but is not the server this machine was enrolled with (" + impostor.reason()
                + "); if the server was set up anew, enrol this machine again");
        yield backOff.afterFailure(policy);
      }
      case LinkEnd.NotStored notStored -> {
        trouble("disk", "cannot connect, because this machine cannot store the next secret: " + notStored.reason()
            + "; free some space");
        yield backOff.afterFailure(policy);
      }
      case LinkEnd.Refused refused -> afterRefusal(refused, policy);
    };
  }

  private Duration afterLoss(LinkEnd.Lost lost, AgentPolicy policy) {
    if (lost.lasted().compareTo(policy.checkIn()) >= 0) {
      backOff.reset();
    }
    staleBefore &= !lost.lasted().isPositive();
    trouble("lost", "the link to " + address() + " ended: " + lost.reason());
    if (lost.retryAfter().isPositive()) {
      return backOff.notBefore(shorter(lost.retryAfter(), MOST_AWAY), policy);
    }
    return backOff.afterFailure(policy);
  }

  private Duration afterRefusal(LinkEnd.Refused refused, AgentPolicy policy) {
    boolean again = refused.status() == Status.ATTEMPT_STALE && !staleBefore;
    staleBefore = again;
    if (again) {
      return BackOff.LEAST;
    }
    trouble(refused.status().name(), address() + " " + Advice.of(refused.status()));
    Duration wait = switch (refused.status()) {
      case REVOKED -> backOff.afterDismissal();
      case CLOCK, OTHER_NODE, OK -> backOff.afterFailure(policy);
      case ATTEMPT_STALE, NO_COMMON_SECRET, QUARANTINED, TOKEN_EXPIRED, TOKEN_EXHAUSTED, UPGRADE_REQUIRED ->
        backOff.afterRefusal(policy);
    };
    return longer(wait, shorter(refused.retryAfter(), MOST_AWAY));
  }

  private void trouble(String subject, String what) {
    services.log().trouble(subject, what);
    note.notConnected(what);
  }

  private static Duration shorter(Duration a, Duration b) {
    return a.compareTo(b) < 0 ? a : b;
  }

  private static Duration longer(Duration a, Duration b) {
    return a.compareTo(b) > 0 ? a : b;
  }
}
