package dev.sallyport.protocol.enrol;

import dev.sallyport.protocol.Bytes;
import dev.sallyport.protocol.PlainText;

/**
 * One signature of an envelope.
 *
 * @param keyId an unauthenticated hint which key made it, at most {@link #MAX_KEY_ID_LENGTH} characters, may be empty
 * @param signature of {@link Dsse#pae}
 */
public record DsseSignature(String keyId, Bytes signature) {
  /** Most characters of a key id. */
  public static final int MAX_KEY_ID_LENGTH = 128;

  /** Checks the hint and the size. */
  public DsseSignature {
    PlainText.require("keyid", keyId, MAX_KEY_ID_LENGTH);
    signature.requireLength("sig", Ed25519.SIGNATURE_BYTES);
  }
}
