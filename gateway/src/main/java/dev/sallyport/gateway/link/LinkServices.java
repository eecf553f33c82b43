package dev.sallyport.gateway.link;

import java.time.Duration;
import java.util.concurrent.Executor;

import dev.sallyport.gateway.GatewayLimits;
import dev.sallyport.gateway.LinkListener;
import dev.sallyport.gateway.TimeSource;
import dev.sallyport.gateway.admission.RefusalLog;
import dev.sallyport.gateway.handshake.Handshakes;
import dev.sallyport.protocol.Bytes;
import dev.sallyport.session.stream.SessionLimits;

/**
 * What all links share.
 *
 * @param handshakes makes and confirms sessions
 * @param refusals hears of every refusal
 * @param links where links are found
 * @param listener hears of links that come and go
 * @param threads virtual ones, for everything that blocks
 * @param time the clocks
 * @param patience how long each step may take
 * @param session the bounds of each session
 * @param tlsLeaf SHA-256 of the certificate this gateway shows
 */
public record LinkServices(Handshakes handshakes, RefusalLog refusals, LinkTable links,
    LinkListener listener, Executor threads, TimeSource time,
    GatewayLimits.Patience patience, SessionLimits session, Bytes tlsLeaf) {
  /** How long a connection that is told to go may take to hear it. */
  static final Duration FAREWELL = Duration.ofSeconds(5);
}
