package dev.sallyport.session.rolling;

import module java.base;

import dev.sallyport.session.handshake.Secret;

/** Secrets that are only names: the explorer needs to tell them apart, not to compute with them. */
final class Symbols {
  /** The secret both sides share at the beginning. */
  static final Secret FIRST;
  /** What an enrolment token proves. */
  static final Secret TOKEN;
  private static final int MOST = 128;
  private static final Secret[] ALL = new Secret[MOST];

  static {
    for (int i = 0; i < MOST; i++) {
      byte[] bytes = new byte[Secret.BYTES];
      bytes[Secret.BYTES - 1] = (byte) i;
      ALL[i] = Secret.of(bytes);
    }
    FIRST = ALL[0];
    TOKEN = ALL[MOST - 1];
  }

  private Symbols() {
  }

  /** What the handshake that answers a HELLO for the {@code nth} time makes; every answer makes another. */
  static Secret candidate(int hello, int nth) {
    return ALL[1 + 8 * hello + nth];
  }

  /** A number that no other symbol has: it stands in the last four bytes, which are a secret's hash. */
  static int number(Secret secret) {
    return secret.hashCode();
  }

  static int fold(List<Secret> secrets) {
    int folded = 1;
    for (Secret secret : secrets) {
      folded = 131 * folded + number(secret);
    }
    return folded;
  }
}
