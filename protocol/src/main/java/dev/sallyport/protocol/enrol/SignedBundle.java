package dev.sallyport.protocol.enrol;

import java.security.KeyPair;
import java.security.PublicKey;

import dev.sallyport.protocol.Base64Url;
import dev.sallyport.protocol.Bytes;
import dev.sallyport.protocol.ProtocolException;

/**
 * A bundle on its way: a DSSE envelope, in a file or as one word to paste.
 *
 * <p>The key id of the first signature is the installer key itself ({@link Base64Url}). Whoever knows that key from
 * elsewhere uses {@link #verified}. An agent that is just being installed knows nothing yet: the administrator who runs
 * the installer vouches for the bundle, and {@link #delivered} then proves only that it came whole. A key id is no proof of
 * anything (DSSE protocol, KEYID), so no decision about trust may hang on it.
 *
 * @param envelope with the payload type {@link #PAYLOAD_TYPE}
 */
public record SignedBundle(DsseEnvelope envelope) {
  /** What the payload is. */
  public static final String PAYLOAD_TYPE = "application/vnd.sallyport.enroll.v1+json";

  /** Most bytes of the envelope as JSON: 12 KiB. */
  public static final int MAX_ENVELOPE_BYTES = 12 << 10;

  /** Most characters of the word to paste: 16 KiB. */
  public static final int MAX_TEXT_LENGTH = 16 << 10;

  /** Signs a bundle with the server's installer key. */
  public static SignedBundle sign(EnrolBundle bundle, KeyPair installer) {
    String keyId = Ed25519.raw(installer.getPublic()).base64Url();
    return new SignedBundle(
        DsseEnvelope.sign(PAYLOAD_TYPE, EnrolBundleCodec.encode(bundle), keyId, installer.getPrivate()));
  }

  /**
   * Returns the bundle if this key signed it.
   *
   * @throws ProtocolException if it did not, or if what it signed is no bundle
   */
  public EnrolBundle verified(PublicKey key) {
    return EnrolBundleCodec.decode(envelope.verifiedPayload(PAYLOAD_TYPE, key));
  }

  /**
   * Returns the bundle if the installer key it names signed it: not a bit was lost on the way. Who made it is for the one
   * to know who delivered it.
   *
   * @throws ProtocolException if it is damaged, or if what was signed is no bundle
   */
  public EnrolBundle delivered() {
    return verified(Ed25519.publicKey(installerKey()));
  }

  /** Returns the installer key that the bundle names; to be remembered, and shown to the one who installs. */
  public Bytes installerKey() {
    return Bytes.of(Base64Url.decode(envelope.signatures().getFirst().keyId()));
  }

  /** Returns the JSON form, as it stands in a file. */
  public byte[] encode() {
    byte[] bytes = envelope.encode();
    if (bytes.length > MAX_ENVELOPE_BYTES) {
      throw new ProtocolException("bundle: expected at most " + MAX_ENVELOPE_BYTES + " bytes, found " + bytes.length);
    }
    return bytes;
  }

  /** Reads the JSON form. */
  public static SignedBundle decode(byte[] bytes) {
    if (bytes.length > MAX_ENVELOPE_BYTES) {
      throw new ProtocolException("bundle: expected at most " + MAX_ENVELOPE_BYTES + " bytes, found " + bytes.length);
    }
    return new SignedBundle(DsseEnvelope.decode(bytes));
  }

  /** Returns the JSON form as one word that survives shells, mails and chats. */
  public String text() {
    return Base64Url.encode(encode());
  }

  /** Reads the word; white space around it is taken for a slip of the mouse. */
  public static SignedBundle ofText(String text) {
    String word = text.strip();
    if (word.length() > MAX_TEXT_LENGTH) {
      throw new ProtocolException(
          "bundle: expected at most " + MAX_TEXT_LENGTH + " characters, found " + word.length());
    }
    return decode(Base64Url.decode(word));
  }
}
