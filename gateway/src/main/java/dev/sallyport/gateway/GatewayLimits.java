package dev.sallyport.gateway;

import java.time.Duration;

/**
 * What the gateway bears, all of it. Together the bounds say how much memory and work strangers can cost.
 *
 * @param connections how many connections at once
 * @param handshakes how many handshakes, and how often
 * @param patience how long at each step
 */
public record GatewayLimits(Connections connections, Handshakes handshakes, Patience patience) {
  /** The standard limits. */
  public static GatewayLimits standard() {
    return new GatewayLimits(Connections.STANDARD, Handshakes.standard(), Patience.STANDARD);
  }

  /** These limits with another bound on connections. */
  public GatewayLimits with(Connections other) {
    return new GatewayLimits(other, handshakes, patience);
  }

  /** These limits with another bound on handshakes. */
  public GatewayLimits with(Handshakes other) {
    return new GatewayLimits(connections, other, patience);
  }

  /** These limits with other times. */
  public GatewayLimits with(Patience other) {
    return new GatewayLimits(connections, handshakes, other);
  }

  /**
   * Bounds on connections. A stranger is every connection that is not an agent's link: new ones, and relayed ones for as long
   * as they last.
   *
   * @param all links and strangers together
   * @param strangers of all sources
   * @param strangersPerSource of one IPv4 address or one IPv6 /64; {@link Handshakes#trustedFactor} times as many from
   *        sources that agents have come from
   */
  public record Connections(int all, int strangers, int strangersPerSource) {
    /** 150,000 in all, 20,000 strangers, 256 of one source. */
    public static final Connections STANDARD = new Connections(150_000, 20_000, 256);

    /** Refuses bounds below one. */
    public Connections {
      requirePositive("connections", Math.min(all, Math.min(strangers, strangersPerSource)));
    }
  }

  /**
   * Bounds on handshakes (security: B.10).
   *
   * @param permits how many are computed at once
   * @param queue how long a HELLO waits for its turn before the answer is BUSY
   * @param waiting how many wait at once before the answer is BUSY at once
   * @param perSource HELLOs of one IPv4 address or one IPv6 /64
   * @param trustedFactor how many times that from a source that agents have come from, since sites sit behind NAT
   * @param perKey HELLOs of one static key
   * @param tokenFailures wrong proofs of one enrolment token before it is locked
   * @param tokenLock how long it is locked
   */
  public record Handshakes(int permits, Duration queue, int waiting, Rate perSource, int trustedFactor, Rate perKey,
      int tokenFailures, Duration tokenLock) {
    /** Refuses bounds below one. */
    public Handshakes {
      requirePositive("handshakes", Math.min(Math.min(permits, waiting), Math.min(trustedFactor, tokenFailures)));
    }

    /** Two permits a processor, and the rates of B.10. */
    public static Handshakes standard() {
      return new Handshakes(2 * Runtime.getRuntime().availableProcessors(), Duration.ofSeconds(5), 10_000,
          new Rate(20, 200), 20, new Rate(0.5, 5), 5, Duration.ofMinutes(15));
    }

    /** These bounds with another rate for one source. */
    public Handshakes withPerSource(Rate other) {
      return new Handshakes(permits, queue, waiting, other, trustedFactor, perKey, tokenFailures, tokenLock);
    }

    /** These bounds with another rate for one static key. */
    public Handshakes withPerKey(Rate other) {
      return new Handshakes(permits, queue, waiting, perSource, trustedFactor, other, tokenFailures, tokenLock);
    }

    /** These bounds with another queue. */
    public Handshakes withQueue(int newPermits, Duration newQueue, int newWaiting) {
      return new Handshakes(newPermits, newQueue, newWaiting, perSource, trustedFactor, perKey, tokenFailures,
          tokenLock);
    }
  }

  /**
   * A rate with a burst.
   *
   * @param perSecond in the long run
   * @param burst at once after a pause
   */
  public record Rate(double perSecond, int burst) {
    /** Refuses a rate of nothing. */
    public Rate {
      requirePositive("burst", burst);
      if (!(perSecond > 0)) {
        throw new IllegalArgumentException("a rate is positive, not " + perSecond);
      }
    }
  }

  /**
   * How long strangers may take.
   *
   * @param firstRequest from the connection to the end of TLS and the bytes that tell agents from browsers
   * @param hello from there to the whole HELLO
   * @param confirm from the HELLO_REPLY to CONFIRM
   * @param describe from ROLLED to the description on the control stream
   */
  public record Patience(Duration firstRequest, Duration hello, Duration confirm, Duration describe) {
    /** 15 s for the first request, 10 s for each step after it. */
    public static final Patience STANDARD = new Patience(Duration.ofSeconds(15), Duration.ofSeconds(10),
        Duration.ofSeconds(10), Duration.ofSeconds(10));
  }

  private static void requirePositive(String what, int least) {
    if (least < 1) {
      throw new IllegalArgumentException(what + ": every bound is at least 1");
    }
  }
}
