package dev.sallyport.protocol;

import java.util.Base64;

/**
 * Base64 with the URL-safe alphabet and without padding (RFC 4648 section 5; "b64u" in the protocol).
 *
 * <p>Decoding is strict so that every byte string has exactly one spelling: padding, other alphabets, white space and
 * non-zero left-over bits are refused. Refusals never repeat the text, because it may be a secret.
 */
public final class Base64Url {
  private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();
  private static final Base64.Decoder DECODER = Base64.getUrlDecoder();

  private Base64Url() {
  }

  /** Returns the one spelling of these bytes. */
  public static String encode(byte[] bytes) {
    return ENCODER.encodeToString(bytes);
  }

  /**
   * Reads the one spelling of some bytes.
   *
   * @throws ProtocolException if the text is anything else
   */
  public static byte[] decode(String text) {
    if (text.indexOf('=') >= 0 || leftOverBits(text) != 0) {
      throw refused();
    }
    try {
      return DECODER.decode(text);
    } catch (IllegalArgumentException _) {
      throw refused();
    }
  }

  /** Returns how many characters this many bytes take. */
  public static int encodedLength(int bytes) {
    return (bytes * 4 + 2) / 3;
  }

  /** The bits of the last character that belong to no byte; a decoder that ignores them knows two spellings. */
  private static int leftOverBits(String text) {
    return switch (text.length() & 3) {
      case 2 -> valueOf(text.charAt(text.length() - 1)) & 0x0f;
      case 3 -> valueOf(text.charAt(text.length() - 1)) & 0x03;
      default -> 0;
    };
  }

  private static int valueOf(char c) {
    if (c >= 'a') {
      return c - 'a' + 26;
    }
    if (c == '_') {
      return 63;
    }
    if (c >= 'A') {
      return c - 'A';
    }
    return c == '-' ? 62 : c - '0' + 52;
  }

  private static ProtocolException refused() {
    return new ProtocolException("expected base64url text without padding (RFC 4648 section 5)");
  }
}
