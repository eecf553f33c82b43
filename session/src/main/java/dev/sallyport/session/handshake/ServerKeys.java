package dev.sallyport.session.handshake;

import module java.base;

import dev.sallyport.protocol.ProtocolException;
import dev.sallyport.session.noise.Dh;
import dev.sallyport.session.noise.StaticKeyPair;

/**
 * The static keys a server answers with, by the selector in the HELLO; more than one while keys are being rotated. Safe
 * for use by many threads. The pairs stay their owner's.
 *
 * @param bySelector keys under selectors 0 to 255, at least one
 * @param dh what computes with them
 */
public record ServerKeys(Map<Integer, StaticKeyPair> bySelector, Dh dh) {

  public ServerKeys {
    bySelector = Map.copyOf(bySelector);
    if (bySelector.isEmpty() || bySelector.keySet().stream().anyMatch(selector -> selector < 0 || selector > 0xff)) {
      throw new IllegalArgumentException("a server needs at least one key, under selectors 0 to 255");
    }
  }

  /** One key, computed with by the JDK. */
  public static ServerKeys of(int selector, StaticKeyPair pair) {
    return new ServerKeys(Map.of(selector, pair), Dh.jdk());
  }

  StaticKeyPair select(int selector) {
    StaticKeyPair pair = bySelector.get(selector);
    if (pair == null) {
      throw new ProtocolException("HELLO names server key " + selector + ", which this server does not have");
    }
    return pair;
  }
}
