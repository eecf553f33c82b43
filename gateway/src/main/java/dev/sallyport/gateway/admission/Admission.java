package dev.sallyport.gateway.admission;

import java.util.Collections;
import java.util.Set;

import dev.sallyport.gateway.GatewayLimits;
import dev.sallyport.gateway.GatewayLimits.Rate;
import dev.sallyport.gateway.TimeSource;
import dev.sallyport.protocol.Bytes;

/** All limits on strangers in one place; every question is answered at once. Safe for use by many threads. */
public final class Admission {
  /** Sources that agents came from, the most recently seen; only success writes here, so a flood pushes nothing out. */
  private static final int MAX_TRUSTED = 65_536;

  private final GatewayLimits.Handshakes limits;
  private final TimeSource time;
  private final Connections connections;
  private final HandshakePermits permits;
  private final RateLimiter<Source> bySource = new RateLimiter<>();
  private final RateLimiter<Bytes> byKey = new RateLimiter<>();
  private final TokenLocks tokens;
  private final Set<Source> trusted = Collections
      .synchronizedSet(Collections.newSetFromMap(new BoundedMap<>(MAX_TRUSTED)));

  /** @param time for the rates */
  public Admission(GatewayLimits limits, TimeSource time) {
    this.limits = limits.handshakes();
    this.time = time;
    connections = new Connections(limits.connections());
    permits = new HandshakePermits(limits.handshakes());
    tokens = new TokenLocks(limits.handshakes().tokenFailures(), limits.handshakes().tokenLock());
  }

  /** Counts a new connection in; false if there are too many of its kind, and then it is not counted. */
  public boolean enter(Source source) {
    return connections.enter(source, factor(source));
  }

  /** A connection that was counted in has become a link: its source is trusted more from now on. */
  public void linked(Source source) {
    connections.promote(source);
    trusted.add(source);
  }

  /**
   * A connection that was counted in has ended.
   *
   * @param wasLink whether it had become a link
   */
  public void left(Source source, boolean wasLink) {
    if (wasLink) {
      connections.linkEnded();
    } else {
      connections.leave(source);
    }
  }

  /** Whether this source may send a HELLO now. */
  public boolean admitsHello(Source source) {
    int factor = factor(source);
    Rate rate = limits.perSource();
    return bySource.admits(source, new Rate(rate.perSecond() * factor, rate.burst() * factor), time.nanoTime());
  }

  /** Whether a HELLO with this static key may go on now. */
  public boolean admitsKey(Bytes agentStatic) {
    return byKey.admits(agentStatic, limits.perKey(), time.nanoTime());
  }

  /** Whether an enrolment token is locked. */
  public boolean tokenLocked(Bytes tokenId) {
    return tokens.locked(tokenId, time.nanoTime());
  }

  /** Counts a wrong proof for a token that exists; true if that locks it. */
  public boolean tokenFailed(Bytes tokenId) {
    return tokens.failed(tokenId, time.nanoTime());
  }

  /** The bound on arithmetic. */
  public HandshakePermits permits() {
    return permits;
  }

  /** Connections now, links among them. */
  public int connections() {
    return connections.all();
  }

  private int factor(Source source) {
    return trusted.contains(source) ? limits.trustedFactor() : 1;
  }
}
