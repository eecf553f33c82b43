package dev.sallyport.session.noise;

import module java.base;

import org.jspecify.annotations.Nullable;

/** What one end brings into a handshake; a pattern decides which of it must be there. */
public final class HandshakeKeys {
  @Nullable
  StaticKeyPair localStatic;
  byte @Nullable [] remoteStatic;
  final Deque<byte[]> presharedKeys = new ArrayDeque<>();

  /** This end's own static key pair; it stays the caller's. */
  public HandshakeKeys localStatic(StaticKeyPair pair) {
    this.localStatic = pair;
    return this;
  }

  /** The other end's static public key, known beforehand. */
  public HandshakeKeys remoteStatic(byte[] publicKey) {
    this.remoteStatic = publicKey.clone();
    return this;
  }

  /** The next pre-shared key, 32 bytes, in the order of the pattern's {@code psk} tokens; wiped after use. */
  public HandshakeKeys presharedKey(byte[] psk) {
    presharedKeys.add(psk.clone());
    return this;
  }

  void wipe() {
    for (byte[] psk : presharedKeys) {
      Arrays.fill(psk, (byte) 0);
    }
    presharedKeys.clear();
  }
}
