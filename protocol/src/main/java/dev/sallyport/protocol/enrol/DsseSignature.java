package dev.sallyport.protocol.enrol;

import dev.sallyport.protocol.Bytes;
import dev.sallyport.protocol.PlainText;
import dev.sallyport.protocol.ProtocolException;

/**
 * One signature of an envelope.
 *
 * @param keyId an unauthenticated hint which key made it, at most {@link #MAX_KEY_ID_LENGTH} characters, may be empty
 * @param signature of {@link Dsse#pae}, by whatever algorithm its key has; at most {@link #MAX_BYTES}
 */
public record DsseSignature(String keyId, Bytes signature) {
  /** Most characters of a key id. */
  public static final int MAX_KEY_ID_LENGTH = 128;

  /** Most bytes of a signature; ML-DSA-65 takes 3,309 (FIPS 204). */
  public static final int MAX_BYTES = 4096;

  /** Checks the hint and the size. */
  public DsseSignature {
    PlainText.require("keyid", keyId, MAX_KEY_ID_LENGTH);
    if (signature.length() > MAX_BYTES) {
      throw new ProtocolException("sig: expected at most " + MAX_BYTES + " bytes, found " + signature.length());
    }
  }
}
