package dev.sallyport.protocol.enrol;

import java.security.MessageDigest;
import java.util.Arrays;

import dev.sallyport.protocol.Bytes;
import dev.sallyport.protocol.ProtocolException;
import org.jspecify.annotations.Nullable;

/**
 * What lets an unknown machine enrol: a public id and a secret of 256 random bits (incident T3).
 *
 * <p>{@link #close} wipes the secret. The text it was read from cannot be wiped; it is short-lived by its expiry and its
 * number of uses.
 */
public final class EnrolToken implements AutoCloseable {
  /** Bytes of the id. */
  public static final int ID_BYTES = 16;

  /** Bytes of the secret. */
  public static final int SECRET_BYTES = 32;

  private final Bytes id;
  private final byte[] secret;

  /** Copies both. */
  public EnrolToken(Bytes id, byte[] secret) {
    this.id = id.requireLength("token.id", ID_BYTES);
    if (secret.length != SECRET_BYTES) {
      throw new ProtocolException("token.secret: expected " + SECRET_BYTES + " bytes, found " + secret.length);
    }
    this.secret = secret.clone();
  }

  /** Returns the id, which is no secret. */
  public Bytes id() {
    return id;
  }

  /** Returns a copy of the secret; the caller wipes it. After {@link #close} it is zeros. */
  public byte[] secret() {
    return secret.clone();
  }

  @Override
  public void close() {
    Arrays.fill(secret, (byte) 0);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof EnrolToken token && id.equals(token.id) && MessageDigest.isEqual(secret, token.secret);
  }

  /** Of the id alone, so that no hash of the secret gets about. */
  @Override
  public int hashCode() {
    return id.hashCode();
  }

  @Override
  public String toString() {
    return "EnrolToken[" + id.hex() + "]";
  }
}
