package dev.sallyport.protocol.enrol;

import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.util.Arrays;

import dev.sallyport.protocol.Bytes;
import dev.sallyport.protocol.PlainText;
import dev.sallyport.protocol.ProtocolException;
import dev.sallyport.protocol.json.Json;
import dev.sallyport.protocol.json.JsonLimits;
import dev.sallyport.protocol.json.JsonObject;

/**
 * What an enrolling agent tells of itself, inside CONFIRM. The session authenticates all of it; the signature proves that
 * the agent holds its signing key, in this very handshake.
 *
 * @param hostname as the machine calls itself
 * @param os name and version of the operating system
 * @param fingerprint of the machine, advisory only; may be empty
 * @param signingKey raw Ed25519 public key (AK_sig)
 * @param boxX25519 raw X25519 public key (AK_box)
 * @param boxMlKem raw ML-KEM-768 public key (AK_box), {@link #ML_KEM_KEY_BYTES} bytes
 * @param signature by the signing key over {@code "slp1 enroll" ‖ h}
 */
public record EnrolRequest(String hostname, String os, String fingerprint, Bytes signingKey, Bytes boxX25519,
    Bytes boxMlKem, Bytes signature) {
  /** Most bytes as JSON: 8 KiB. */
  public static final int MAX_BYTES = 8 << 10;

  /** Most characters of each text. */
  public static final int MAX_TEXT_LENGTH = 255;

  /** Bytes of a raw ML-KEM-768 public key (FIPS 203). */
  public static final int ML_KEM_KEY_BYTES = 1184;

  /** Bytes of a handshake hash. */
  public static final int HANDSHAKE_HASH_BYTES = 32;

  private static final byte[] CONTEXT = "slp1 enroll".getBytes(StandardCharsets.US_ASCII);
  private static final JsonLimits LIMITS = new JsonLimits(MAX_BYTES, 1);

  /** Checks texts and sizes; the signature is checked by {@link #requireSignedIn}. */
  public EnrolRequest {
    PlainText.requireNonEmpty("hostname", hostname, MAX_TEXT_LENGTH);
    PlainText.requireNonEmpty("os", os, MAX_TEXT_LENGTH);
    PlainText.require("fingerprint", fingerprint, MAX_TEXT_LENGTH);
    signingKey.requireLength("sigKey", Ed25519.KEY_BYTES);
    boxX25519.requireLength("boxX25519", ServerKey.KEY_BYTES);
    boxMlKem.requireLength("boxMlKem", ML_KEM_KEY_BYTES);
    signature.requireLength("signature", Ed25519.SIGNATURE_BYTES);
  }

  /**
   * Returns a request signed in a handshake.
   *
   * @param signing the agent's Ed25519 pair
   * @param handshakeHash the final hash h of the handshake
   */
  public static EnrolRequest sign(String hostname, String os, String fingerprint, KeyPair signing, Bytes boxX25519,
      Bytes boxMlKem, byte[] handshakeHash) {
    Bytes signature = Ed25519.sign(signing.getPrivate(), signed(handshakeHash));
    return new EnrolRequest(hostname, os, fingerprint, Ed25519.raw(signing.getPublic()), boxX25519, boxMlKem,
        signature);
  }

  /**
   * Returns this request if its signature was made in this handshake by its own signing key.
   *
   * @param handshakeHash the final hash h of the handshake
   * @throws ProtocolException if it was not, or if the key is unfit
   */
  public EnrolRequest requireSignedIn(byte[] handshakeHash) {
    if (!Ed25519.verifies(Ed25519.publicKey(signingKey), signed(handshakeHash), signature)) {
      throw new ProtocolException("signature: not made by sigKey in this handshake");
    }
    return this;
  }

  /** Returns the bytes that travel after the attempt number in CONFIRM. */
  public byte[] encode() {
    return JsonObject.builder().put("hostname", hostname).put("os", os).put("fingerprint", fingerprint)
        .put("sigKey", signingKey.base64Url()).put("boxX25519", boxX25519.base64Url())
        .put("boxMlKem", boxMlKem.base64Url()).put("signature", signature.base64Url()).build().bytes();
  }

  /**
   * Reads the bytes that travel; does not check the signature yet.
   *
   * @throws ProtocolException if they are anything else
   */
  public static EnrolRequest decode(byte[] bytes) {
    JsonObject json = Json.parseObject(bytes, LIMITS);
    json.onlyFields("hostname", "os", "fingerprint", "sigKey", "boxX25519", "boxMlKem", "signature");
    return new EnrolRequest(json.string("hostname", MAX_TEXT_LENGTH), json.string("os", MAX_TEXT_LENGTH),
        json.string("fingerprint", MAX_TEXT_LENGTH), exactly(json, "sigKey", Ed25519.KEY_BYTES),
        exactly(json, "boxX25519", ServerKey.KEY_BYTES), exactly(json, "boxMlKem", ML_KEM_KEY_BYTES),
        exactly(json, "signature", Ed25519.SIGNATURE_BYTES));
  }

  private static Bytes exactly(JsonObject json, String name, int length) {
    return Bytes.of(json.bytes(name, length, length));
  }

  private static byte[] signed(byte[] handshakeHash) {
    if (handshakeHash.length != HANDSHAKE_HASH_BYTES) {
      throw new IllegalArgumentException("a handshake hash has " + HANDSHAKE_HASH_BYTES + " bytes");
    }
    byte[] signed = Arrays.copyOf(CONTEXT, CONTEXT.length + HANDSHAKE_HASH_BYTES);
    System.arraycopy(handshakeHash, 0, signed, CONTEXT.length, HANDSHAKE_HASH_BYTES);
    return signed;
  }
}
