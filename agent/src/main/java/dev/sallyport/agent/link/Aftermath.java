package dev.sallyport.agent.link;

import java.time.Duration;
import java.util.random.RandomGenerator;

import dev.sallyport.agent.log.Log;
import dev.sallyport.protocol.ServerAddress;
import dev.sallyport.protocol.channel.AgentPolicy;
import dev.sallyport.session.handshake.Status;

/** What the end of a link, or of an attempt to have one, means: what is told of it, and how long the agent waits. */
final class Aftermath {
  /** Longest time a server may send its agents away for. */
  private static final Duration MOST_AWAY = Duration.ofDays(1);

  private final PolicyFile policies;
  private final ContactNote note;
  private final Log log;
  private final BackOff backOff;
  private boolean staleBefore;

  Aftermath(PolicyFile policies, ContactNote note, Log log, RandomGenerator random) {
    this.policies = policies;
    this.note = note;
    this.log = log;
    this.backOff = new BackOff(random);
  }

  /** The machine has come to another network: what failed in the last one says nothing. */
  void forget() {
    backOff.reset();
  }

  /** This machine is in no network, and the agent waits for one without a word on any wire. */
  void noNetwork() {
    trouble("network", "this machine is in no network that leads to the server; the agent waits until it is");
  }

  /** Tells what happened, and how long to wait. */
  Duration judge(LinkEnd end, ServerAddress address) {
    AgentPolicy policy = policies.current();
    return switch (end) {
      case LinkEnd.Lost lost -> afterLoss(lost, address, policy);
      case LinkEnd.Unreachable unreachable -> {
        trouble("unreachable", unreachable.reason() + "; the agent goes on trying");
        yield backOff.afterFailure(policy);
      }
      case LinkEnd.Unproven unproven -> {
        trouble("unproven", address + " " + Advice.of(unproven.code()));
        yield longer(backOff.afterFailure(policy), shorter(unproven.retryAfter(), policy.lastRetry()));
      }
      case LinkEnd.Impostor impostor -> {
        trouble("impostor",
            address + " answered, but is not the server this machine was enrolled with (" + impostor.reason()
                + "); if the server was set up anew, enrol this machine again");
        yield backOff.afterFailure(policy);
      }
      case LinkEnd.NotStored notStored -> {
        trouble("disk", "cannot connect, because this machine cannot store the next secret: " + notStored.reason()
            + "; free some space");
        yield backOff.afterFailure(policy);
      }
      case LinkEnd.Refused refused -> afterRefusal(refused, address, policy);
    };
  }

  private Duration afterLoss(LinkEnd.Lost lost, ServerAddress address, AgentPolicy policy) {
    if (lost.lasted().compareTo(policy.checkIn()) >= 0) {
      backOff.reset();
    }
    staleBefore &= !lost.lasted().isPositive();
    trouble("lost", "the link to " + address + " ended: " + lost.reason());
    if (lost.retryAfter().isPositive()) {
      return backOff.notBefore(shorter(lost.retryAfter(), MOST_AWAY), policy);
    }
    return backOff.afterFailure(policy);
  }

  private Duration afterRefusal(LinkEnd.Refused refused, ServerAddress address, AgentPolicy policy) {
    boolean again = refused.status() == Status.ATTEMPT_STALE && !staleBefore;
    staleBefore = again;
    if (again) {
      return BackOff.LEAST;
    }
    trouble(refused.status().name(), address + " " + Advice.of(refused.status()));
    Duration wait = switch (refused.status()) {
      case REVOKED -> backOff.afterDismissal();
      // Stale once more: a copy of this machine calls too, or two attempts crossed. Staying away for longer than usual mends neither.
      case CLOCK, OTHER_NODE, OK, ATTEMPT_STALE -> backOff.afterFailure(policy);
      case NO_COMMON_SECRET, QUARANTINED, TOKEN_EXPIRED, TOKEN_EXHAUSTED, UPGRADE_REQUIRED ->
        backOff.afterRefusal(policy);
    };
    return longer(wait, shorter(refused.retryAfter(), MOST_AWAY));
  }

  private void trouble(String subject, String what) {
    log.trouble(subject, what);
    note.notConnected(what);
  }

  private static Duration shorter(Duration a, Duration b) {
    return a.compareTo(b) < 0 ? a : b;
  }

  private static Duration longer(Duration a, Duration b) {
    return a.compareTo(b) > 0 ? a : b;
  }
}
