package dev.sallyport.protocol.enrol;

import java.security.PrivateKey;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

import dev.sallyport.protocol.Bytes;
import dev.sallyport.protocol.PlainText;
import dev.sallyport.protocol.ProtocolException;
import dev.sallyport.protocol.json.Json;
import dev.sallyport.protocol.json.JsonArray;
import dev.sallyport.protocol.json.JsonLimits;
import dev.sallyport.protocol.json.JsonObject;

/**
 * A payload with signatures (DSSE 1.0, JSON form). The payload of an envelope that was only decoded is hostile: {@link
 * #verifiedPayload} is the way to it.
 *
 * @param payloadType says what the payload is, so that one signed object cannot pass for another
 * @param payload the exact bytes that were signed
 * @param signatures one to {@link #MAX_SIGNATURES}
 */
public record DsseEnvelope(String payloadType, Bytes payload, List<DsseSignature> signatures) {
  /** Most bytes of an envelope as JSON: 64 KiB. */
  public static final int MAX_BYTES = 64 << 10;

  /** Most signatures. */
  public static final int MAX_SIGNATURES = 8;

  /** Most characters of a payload type. */
  public static final int MAX_TYPE_LENGTH = 128;

  private static final int MAX_SIGNATURE_LENGTH = (DsseSignature.MAX_BYTES + 2) / 3 * 4;

  private static final JsonLimits LIMITS = JsonLimits.ofBytes(MAX_BYTES);

  /** Copies and checks. */
  public DsseEnvelope {
    PlainText.requireNonEmpty("payloadType", payloadType, MAX_TYPE_LENGTH);
    if (signatures.isEmpty() || signatures.size() > MAX_SIGNATURES) {
      throw new ProtocolException("signatures: expected 1 to " + MAX_SIGNATURES + ", found " + signatures.size());
    }
    signatures = List.copyOf(signatures);
  }

  /** Returns an envelope with one signature. */
  public static DsseEnvelope sign(String payloadType, Bytes payload, String keyId, PrivateKey key) {
    Bytes signature = Ed25519.sign(key, Dsse.pae(payloadType, payload.toArray()));
    return new DsseEnvelope(payloadType, payload, List.of(new DsseSignature(keyId, signature)));
  }

  /** Returns this envelope with one more signature over the same payload. */
  public DsseEnvelope counterSign(String keyId, PrivateKey key) {
    List<DsseSignature> more = new ArrayList<>(signatures);
    more.add(new DsseSignature(keyId, Ed25519.sign(key, Dsse.pae(payloadType, payload.toArray()))));
    return new DsseEnvelope(payloadType, payload, more);
  }

  /**
   * Returns the payload, of this type, signed by this key.
   *
   * @throws ProtocolException if the type is another or no signature is that key's
   */
  public Bytes verifiedPayload(String expectedType, PublicKey key) {
    if (!payloadType.equals(expectedType)) {
      throw new ProtocolException("payloadType: expected " + expectedType + ", found another");
    }
    byte[] signed = Dsse.pae(payloadType, payload.toArray());
    for (DsseSignature signature : signatures) {
      if (Ed25519.verifies(key, signed, signature.signature())) {
        return payload;
      }
    }
    throw new ProtocolException("signatures: none was made over this payload with the expected key");
  }

  /** Returns the JSON form: fields of the DSSE specification, standard Base64. */
  public byte[] encode() {
    Base64.Encoder base64 = Base64.getEncoder();
    List<Json> signed = new ArrayList<>();
    for (DsseSignature signature : signatures) {
      JsonObject.Builder json = JsonObject.builder();
      if (!signature.keyId().isEmpty()) {
        json.put("keyid", signature.keyId());
      }
      signed.add(json.put("sig", base64.encodeToString(signature.signature().toArray())).build());
    }
    byte[] bytes = JsonObject.builder().put("payload", base64.encodeToString(payload.toArray()))
        .put("payloadType", payloadType).put("signatures", JsonArray.of(signed)).build().bytes();
    if (bytes.length > MAX_BYTES) {
      throw new ProtocolException("envelope: expected at most " + MAX_BYTES + " bytes, found " + bytes.length);
    }
    return bytes;
  }

  /**
   * Reads the JSON form. As the DSSE specification demands, both Base64 alphabets are taken and unknown fields are ignored:
   * nothing outside payload and type is signed, so nothing there may matter. Verifies nothing yet.
   *
   * @throws ProtocolException if it is anything else
   */
  public static DsseEnvelope decode(byte[] bytes) {
    JsonObject json = Json.parseObject(bytes, LIMITS);
    List<DsseSignature> signatures = new ArrayList<>();
    for (JsonObject signature : json.objects("signatures", MAX_SIGNATURES)) {
      signatures.add(new DsseSignature(signature.string("keyid", "", DsseSignature.MAX_KEY_ID_LENGTH),
          Dsse.base64(signature, "sig", MAX_SIGNATURE_LENGTH)));
    }
    return new DsseEnvelope(json.string("payloadType", MAX_TYPE_LENGTH), Dsse.base64(json, "payload", MAX_BYTES),
        signatures);
  }
}
