package dev.sallyport.session.rolling;

import module java.base;

/**
 * The one handshake of an agent that the server has accepted and not yet seen confirmed; in memory only.
 *
 * @param attempt of the handshake; 0 if there is none, for no HELLO carries 0
 * @param kept the secret it matched, and everything older
 */
public record PendingRoll(long attempt, List<EpochSecret> kept) {
  /** No handshake is pending. */
  public static final PendingRoll NONE = new PendingRoll(0, List.of());

  public PendingRoll {
    kept = List.copyOf(kept);
  }
}
