package dev.sallyport.session.noise;

import module java.base;

import javax.crypto.SecretKey;

/**
 * A key over bytes that somebody else owns and wipes. {@code SecretKeySpec} would keep a copy that lives until the
 * garbage collector takes it; the JDK's ciphers and MACs clear the copies they ask for here.
 */
public final class RawKey implements SecretKey {
  private static final long serialVersionUID = 1L;

  private final String algorithm;
  private final transient byte[] owned;

  /** A key for a cipher or MAC of that name. */
  public RawKey(String algorithm, byte[] owned) {
    this.algorithm = algorithm;
    this.owned = owned;
  }

  @Override
  public String getAlgorithm() {
    return algorithm;
  }

  @Override
  public String getFormat() {
    return "RAW";
  }

  @Override
  public byte[] getEncoded() {
    return owned.clone();
  }

  @Override
  public String toString() {
    return algorithm + " key";
  }
}
