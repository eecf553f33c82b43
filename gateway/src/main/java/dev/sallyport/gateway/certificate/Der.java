package dev.sallyport.gateway.certificate;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** Writes the few DER values (X.690) a certificate is made of. */
final class Der {
  private static final int BOOLEAN = 0x01;
  private static final int INTEGER = 0x02;
  private static final int BIT_STRING = 0x03;
  private static final int OCTET_STRING = 0x04;
  private static final int OBJECT_IDENTIFIER = 0x06;
  private static final int UTF8_STRING = 0x0C;
  private static final int UTC_TIME = 0x17;
  private static final int GENERALIZED_TIME = 0x18;
  private static final int SEQUENCE = 0x30;
  private static final int SET = 0x31;
  private static final int CONTEXT = 0x80;
  private static final int CONSTRUCTED = 0x20;
  private static final int SHORT_LENGTH = 0x80;
  private static final int FIRST_YEAR_GENERALIZED = 2050; // RFC 5280 section 4.1.2.5
  private static final DateTimeFormatter UTC = DateTimeFormatter.ofPattern("yyMMddHHmmss'Z'").withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter GENERALIZED = DateTimeFormatter.ofPattern("yyyyMMddHHmmss'Z'")
      .withZone(ZoneOffset.UTC);

  private Der() {
  }

  static byte[] sequence(byte[]... parts) {
    return value(SEQUENCE, join(parts));
  }

  static byte[] set(byte[]... parts) {
    return value(SET, join(parts));
  }

  static byte[] integer(BigInteger number) {
    return value(INTEGER, number.toByteArray());
  }

  static byte[] yes() {
    return value(BOOLEAN, new byte[]{(byte) 0xFF});
  }

  static byte[] bits(byte[] bytes) {
    return value(BIT_STRING, join(new byte[]{0}, bytes));
  }

  /** The bits of one byte, its last {@code unused} ones left out. */
  static byte[] flags(int bits, int unused) {
    return value(BIT_STRING, new byte[]{(byte) unused, (byte) bits});
  }

  static byte[] octets(byte[] bytes) {
    return value(OCTET_STRING, bytes);
  }

  static byte[] text(String text) {
    return value(UTF8_STRING, text.getBytes(StandardCharsets.UTF_8));
  }

  static byte[] time(Instant time) {
    boolean generalized = time.atZone(ZoneOffset.UTC).getYear() >= FIRST_YEAR_GENERALIZED;
    String text = (generalized ? GENERALIZED : UTC).format(time);
    return value(generalized ? GENERALIZED_TIME : UTC_TIME, text.getBytes(StandardCharsets.US_ASCII));
  }

  /** An object identifier such as {@code 2.5.29.17}. */
  static byte[] oid(int first, int second, int... more) {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    content.write(40 * first + second);
    for (int arc : more) {
      boolean leading = true;
      for (int shift = 28; shift >= 0; shift -= 7) {
        int group = (arc >>> shift) & 0x7F;
        if (!leading || group != 0 || shift == 0) {
          leading = false;
          content.write(shift == 0 ? group : group | 0x80);
        }
      }
    }
    return value(OBJECT_IDENTIFIER, content.toByteArray());
  }

  /** A value tagged [number] whose own tag is replaced: its content alone. */
  static byte[] implicit(int number, byte[] content) {
    return value(CONTEXT | number, content);
  }

  /** A whole value wrapped in the tag [number]. */
  static byte[] explicit(int number, byte[] whole) {
    return value(CONTEXT | CONSTRUCTED | number, whole);
  }

  private static byte[] value(int tag, byte[] content) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(content.length + 6);
    out.write(tag);
    if (content.length < SHORT_LENGTH) {
      out.write(content.length);
    } else {
      byte[] length = BigInteger.valueOf(content.length).toByteArray();
      int skip = length[0] == 0 ? 1 : 0;
      out.write(SHORT_LENGTH | (length.length - skip));
      out.write(length, skip, length.length - skip);
    }
    out.writeBytes(content);
    return out.toByteArray();
  }

  private static byte[] join(byte[]... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }
}
