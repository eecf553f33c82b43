package dev.sallyport.session.stream;

import module java.base;

import dev.sallyport.session.handshake.SessionKeys;

/**
 * Keys for two ends of a session, and for its rehandshakes. No two objects share keys: the JDK's shared ciphers refuse to
 * encrypt twice in a row with one key and nonce.
 */
final class TestKeys {
  private static final long FIRST_CID = 0x37c3d2f10dc7a11aL;
  private static final AtomicLong NUMBERS = new AtomicLong();

  private final long number = NUMBERS.incrementAndGet();

  /** The keys of one end; equal generations of both roles fit together. */
  SessionKeys of(Role role, int generation) {
    byte[] toServer = key(generation, 1);
    byte[] toAgent = key(generation, 2);
    byte[] cid = ByteBuffer.allocate(8).putLong(FIRST_CID + generation).array();
    return switch (role) {
      case AGENT -> new SessionKeys(toServer, toAgent, cid, new byte[32]);
      case SERVER -> new SessionKeys(toAgent, toServer, cid, new byte[32]);
    };
  }

  private byte[] key(int generation, int direction) {
    return ByteBuffer.allocate(32).putLong(number).putInt(generation).putInt(direction).array();
  }
}
