package dev.sallyport.protocol.enrol;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

import dev.sallyport.protocol.Base64Url;
import dev.sallyport.protocol.Bytes;
import dev.sallyport.protocol.ProtocolException;
import dev.sallyport.protocol.json.JsonObject;

/** Dead Simple Signing Envelope, version 1.0 (github.com/secure-systems-lab/dsse): what exactly is signed. */
public final class Dsse {
  private Dsse() {
  }

  /**
   * Returns the pre-authentication encoding {@code "DSSEv1" SP len(type) SP type SP len(payload) SP payload}, lengths in
   * bytes as decimal numbers. Two different pairs never have the same encoding.
   */
  public static byte[] pae(String payloadType, byte[] payload) {
    byte[] type = payloadType.getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream out = new ByteArrayOutputStream(payload.length + type.length + 32);
    out.writeBytes(("DSSEv1 " + type.length + " ").getBytes(StandardCharsets.US_ASCII));
    out.writeBytes(type);
    out.writeBytes((" " + payload.length + " ").getBytes(StandardCharsets.US_ASCII));
    out.writeBytes(payload);
    return out.toByteArray();
  }

  /** Reads Base64 with or without padding, in the standard or the URL-safe alphabet, not in a mixture. */
  static Bytes base64(JsonObject json, String field, int maxLength) {
    String text = json.string(field, maxLength);
    try {
      if (text.indexOf('+') < 0 && text.indexOf('/') < 0) {
        return Bytes.of(Base64Url.decode(unpadded(text)));
      }
      byte[] bytes = Base64.getDecoder().decode(text);
      if (Base64.getEncoder().encodeToString(bytes).equals(text)) {
        return Bytes.of(bytes);
      }
    } catch (IllegalArgumentException | ProtocolException _) {
      throw json.refused(field, "expected Base64 (RFC 4648 section 4 or 5)");
    }
    throw json.refused(field, "expected Base64 with padding (RFC 4648 section 4)");
  }

  private static String unpadded(String text) {
    if (text.length() % 4 != 0 || !text.endsWith("=")) {
      return text;
    }
    return text.substring(0, text.length() - (text.endsWith("==") ? 2 : 1));
  }
}
