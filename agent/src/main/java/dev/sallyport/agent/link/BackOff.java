package dev.sallyport.agent.link;

import java.time.Duration;
import java.util.random.RandomGenerator;

import dev.sallyport.protocol.channel.AgentPolicy;

/**
 * How long to wait before the next dial: full jitter, so that a fleet that lost its server does not come back in one wave, doubling from
 * the policy's first to its last retry, but never beyond the check-in interval: an agent is back within one interval of its server.
 */
final class BackOff {
  /** Even a lucky draw leaves the server this long. */
  static final Duration LEAST = Duration.ofMillis(100);

  /** An agent that was dismissed asks again once a day (B.9), in case that was a mistake. */
  static final Duration DISMISSED = Duration.ofDays(1);

  private static final int MAX_DOUBLINGS = 30;

  private final RandomGenerator random;
  private int failures;

  BackOff(RandomGenerator random) {
    this.random = random;
  }

  /** After a link that lived: the next failure is a first one. */
  void reset() {
    failures = 0;
  }

  Duration afterFailure(AgentPolicy policy) {
    Duration most = policy.checkIn().compareTo(policy.lastRetry()) < 0 ? policy.checkIn() : policy.lastRetry();
    Duration bound = policy.firstRetry().multipliedBy(1L << Math.min(failures, MAX_DOUBLINGS));
    failures++;
    return upTo(bound.compareTo(most) < 0 ? bound : most);
  }

  /** After an authenticated refusal that only a person can end. */
  Duration afterRefusal(AgentPolicy policy) {
    return upTo(policy.lastRetry());
  }

  /** About a day. */
  Duration afterDismissal() {
    return DISMISSED.minus(upTo(DISMISSED.dividedBy(10)));
  }

  /** The server named a time: not before it, and not all at once after it. */
  Duration notBefore(Duration retryAfter, AgentPolicy policy) {
    return retryAfter.plus(upTo(policy.firstRetry()));
  }

  private Duration upTo(Duration bound) {
    long millis = (long) (bound.toMillis() * random.nextDouble());
    return Duration.ofMillis(Math.max(millis, LEAST.toMillis()));
  }
}
