package dev.sallyport.agent.ladder;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

import org.jspecify.annotations.Nullable;

/**
 * How long each way may be without a word in each network: firewalls, NATs and proxies forget connections that are quiet, and tell nobody
 * how soon. Where a quiet link was cut, the keepalive's interval becomes shorter; when it has held for long, a longer one is tried, ever
 * more rarely where that was wrong before. Known until the agent ends: to learn it anew costs one link.
 */
public final class Intervals {
  /** No link is quiet for longer, whatever the path bears: a dead one is noticed within it. */
  public static final Duration LONGEST = Duration.ofSeconds(60);

  /** Through a proxy, until it has shown that it is less patient still: most of them end what is quiet for 30 s or more. */
  public static final Duration LONGEST_BY_PROXY = Duration.ofSeconds(30);

  /** However impatient what lies between is, nothing is asked more often than that makes necessary. */
  public static final Duration SHORTEST = Duration.ofSeconds(10);

  /** How long an interval must have held before a longer one is tried for the first time. */
  static final Duration FIRST_TRIAL = Duration.ofHours(1);

  /** The same once trials have failed again and again. */
  static final Duration LAST_TRIAL = Duration.ofDays(1);

  /** Ways in networks that are remembered, the last ones. */
  static final int MAX_WAYS = 64;

  /** A link that was cut sooner was not cut because it was quiet. */
  static final Duration SURELY_QUIET = Duration.ofSeconds(8);

  private static final double A_LITTLE_LESS = 0.9;
  private static final int GROWTH_PARTS = 2; // a longer interval is longer by one part of so many

  private final LongSupplier nanoTime;
  private final Map<String, Learnt> byWay = new LinkedHashMap<>();

  /**
   * @param interval that holds, as far as is known
   * @param since when it came to be used
   * @param trial after which time a longer one is tried
   * @param before the interval that surely holds while this one is being tried; null otherwise
   */
  private record Learnt(Duration interval, long since, Duration trial, @Nullable Duration before) {}

  /** @param nanoTime a clock that only moves forward */
  public Intervals(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  /**
   * The interval for a link now.
   *
   * @param network the names of the network, see {@link dev.sallyport.agent.network.NetworkId#names}
   * @param way the rung's name
   * @param longest what it is in the best case
   */
  public synchronized Duration of(List<String> network, String way, Duration longest) {
    String key = key(network, way);
    Learnt learnt = byWay.get(key);
    if (learnt == null) {
      return longest;
    }
    long now = nanoTime.getAsLong();
    if (now - learnt.since() >= learnt.trial().toNanos()) {
      Duration more = learnt.interval().plus(learnt.interval().dividedBy(GROWTH_PARTS));
      if (learnt.interval().compareTo(longest) >= 0) {
        byWay.remove(key); // it is as if nothing had ever been cut
        return longest;
      }
      Duration held = learnt.interval();
      learnt = new Learnt(more, now, learnt.trial(), held);
      byWay.put(key, learnt);
    }
    return shorter(learnt.interval(), longest);
  }

  /**
   * A link was cut, and the way back was open at once: it had been quiet for too long.
   *
   * @param interval the keepalive's when that happened
   * @param quiet how long nothing had been heard
   * @param asked whether a question had gone out by then: the path may have been dead for any part of the time
   * @return whether that teaches anything: the next interval is shorter
   */
  public synchronized boolean cut(List<String> network, String way, Duration interval, Duration quiet, boolean asked) {
    if (quiet.compareTo(SURELY_QUIET) < 0 || interval.compareTo(SHORTEST) <= 0) {
      return false;
    }
    String key = key(network, way);
    Learnt learnt = byWay.remove(key);
    Duration next = asked
        ? interval.dividedBy(2)
        : shorter(interval, Duration.ofNanos((long) (quiet.toNanos() * A_LITTLE_LESS)));
    Duration trial = FIRST_TRIAL;
    if (learnt != null && learnt.before() != null) {
      next = longer(next, learnt.before());
      trial = shorter(learnt.trial().multipliedBy(2), LAST_TRIAL);
    }
    byWay.put(key, new Learnt(longer(next, SHORTEST), nanoTime.getAsLong(), trial, null));
    if (byWay.size() > MAX_WAYS) {
      byWay.remove(byWay.keySet().iterator().next());
    }
    return true;
  }

  private static String key(List<String> network, String way) {
    return (network.isEmpty() ? "" : network.getLast()) + ' ' + way;
  }

  private static Duration shorter(Duration a, Duration b) {
    return a.compareTo(b) < 0 ? a : b;
  }

  private static Duration longer(Duration a, Duration b) {
    return a.compareTo(b) > 0 ? a : b;
  }
}
