package dev.sallyport.protocol.enrol;

import dev.sallyport.protocol.Bytes;
import dev.sallyport.protocol.ProtocolException;

/**
 * A static key of the server that an agent pins.
 *
 * @param selector names the key in HELLO, 0 to 255; a server that changes its key knows both for a while
 * @param x25519 raw public key, {@link #KEY_BYTES} bytes
 */
public record ServerKey(int selector, Bytes x25519) {
  /** Bytes of a raw X25519 public key. */
  public static final int KEY_BYTES = 32;

  /** Highest selector. */
  public static final int MAX_SELECTOR = 255;

  /** Checks the selector and the size. */
  public ServerKey {
    if (selector < 0 || selector > MAX_SELECTOR) {
      throw new ProtocolException("server key selector: expected 0 to " + MAX_SELECTOR + ", found " + selector);
    }
    x25519.requireLength("server key x25519", KEY_BYTES);
  }
}
