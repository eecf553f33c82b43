package dev.sallyport.protocol;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;

import org.jspecify.annotations.Nullable;

/**
 * An immutable byte string: what a record holds where an array would break {@code equals} and could be changed.
 *
 * <p>Comparing takes the same time wherever two equally long strings differ, and {@code toString} tells only the length, so
 * that keys may be held here. Secrets that must be wiped may not.
 */
public final class Bytes {
  /** No bytes. */
  public static final Bytes EMPTY = new Bytes(new byte[0]);

  private final byte[] value;

  private Bytes(byte[] value) {
    this.value = value;
  }

  /** Copies these bytes. */
  public static Bytes of(byte[] value) {
    return value.length == 0 ? EMPTY : new Bytes(value.clone());
  }

  /** Returns text in UTF-8. */
  public static Bytes ofUtf8(String text) {
    return new Bytes(text.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Reads lower-case hexadecimal digits.
   *
   * @throws ProtocolException if they are anything else
   */
  public static Bytes ofHex(String hex) {
    for (int i = 0; i < hex.length(); i++) {
      if (hex.charAt(i) >= 'A' && hex.charAt(i) <= 'F') {
        throw new ProtocolException("expected lower-case hexadecimal digits");
      }
    }
    try {
      return new Bytes(HexFormat.of().parseHex(hex));
    } catch (IllegalArgumentException _) {
      throw new ProtocolException("expected an even number of hexadecimal digits");
    }
  }

  /** Returns these bytes. */
  public Bytes requireLength(String what, int length) {
    if (value.length != length) {
      throw new ProtocolException(what + ": expected " + length + " bytes, found " + value.length);
    }
    return this;
  }

  /** Returns how many bytes there are. */
  public int length() {
    return value.length;
  }

  /** Returns whether there are none. */
  public boolean isEmpty() {
    return value.length == 0;
  }

  /** Returns a copy. */
  public byte[] toArray() {
    return value.clone();
  }

  /** Returns lower-case hexadecimal digits. */
  public String hex() {
    return HexFormat.of().formatHex(value);
  }

  /** Returns {@link Base64Url} text. */
  public String base64Url() {
    return Base64Url.encode(value);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Bytes bytes && MessageDigest.isEqual(value, bytes.value);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(value);
  }

  @Override
  public String toString() {
    return "Bytes[" + value.length + "]";
  }
}
