package dev.sallyport.server.backup.age;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;

/** Keys as text with a checksum (BIP 173, without its limit of 90 characters). */
final class Bech32 {
  private static final String DIGITS = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";
  private static final int[] GENERATOR = {0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3};
  private static final int CHECKSUM_DIGITS = 6;
  private static final int DIGIT_BITS = 5;
  private static final int MAX_LENGTH = 200;

  private Bech32() {
  }

  static String encode(String prefix, byte[] bytes) {
    byte[] digits = regroup(bytes, Byte.SIZE, DIGIT_BITS, true);
    var text = new StringBuilder(prefix).append('1');
    for (byte digit : digits) {
      text.append(DIGITS.charAt(digit));
    }
    int sum = mix(checked(prefix, digits), new byte[CHECKSUM_DIGITS]) ^ 1;
    for (int i = 0; i < CHECKSUM_DIGITS; i++) {
      text.append(DIGITS.charAt((sum >>> (DIGIT_BITS * (CHECKSUM_DIGITS - 1 - i))) & 31));
    }
    return text.toString();
  }

  /** @throws AgeException unless it has this prefix and a right checksum */
  static byte[] decode(String prefix, String text) throws AgeException {
    int data = prefix.length() + 1;
    if (text.length() > MAX_LENGTH || text.length() < data + CHECKSUM_DIGITS || !text.startsWith(prefix + "1")) {
      throw new AgeException("'" + shortened(text) + "' does not begin like a key of age (" + prefix + "1…)");
    }
    byte[] digits = new byte[text.length() - data];
    for (int i = 0; i < digits.length; i++) {
      int digit = DIGITS.indexOf(text.charAt(data + i));
      if (digit < 0) {
        throw new AgeException("'" + shortened(text) + "' holds a character that no key of age has");
      }
      digits[i] = (byte) digit;
    }
    if (checked(prefix, digits) != 1) {
      throw new AgeException("'" + shortened(text) + "' is mistyped: its checksum is wrong");
    }
    return regroup(Arrays.copyOf(digits, digits.length - CHECKSUM_DIGITS), DIGIT_BITS, Byte.SIZE, false);
  }

  private static int checked(String prefix, byte[] digits) {
    byte[] high = new byte[prefix.length() + 1];
    byte[] low = new byte[prefix.length()];
    for (int i = 0; i < prefix.length(); i++) {
      high[i] = (byte) (prefix.charAt(i) >>> DIGIT_BITS);
      low[i] = (byte) (prefix.charAt(i) & 31);
    }
    return mix(mix(mix(1, high), low), digits);
  }

  private static int mix(int sum, byte[] digits) {
    int mixed = sum;
    for (byte digit : digits) {
      int top = mixed >>> 25;
      mixed = ((mixed & 0x1ffffff) << DIGIT_BITS) ^ digit;
      for (int i = 0; i < GENERATOR.length; i++) {
        if ((top >>> i & 1) == 1) {
          mixed ^= GENERATOR[i];
        }
      }
    }
    return mixed;
  }

  private static byte[] regroup(byte[] from, int fromBits, int toBits, boolean pad) {
    var out = new ByteArrayOutputStream();
    int held = 0;
    int bits = 0;
    for (byte value : from) {
      held = held << fromBits | (value & ((1 << fromBits) - 1));
      bits += fromBits;
      while (bits >= toBits) {
        bits -= toBits;
        out.write(held >>> bits & ((1 << toBits) - 1));
      }
    }
    if (pad && bits > 0) {
      out.write(held << (toBits - bits) & ((1 << toBits) - 1));
    }
    return out.toByteArray();
  }

  private static String shortened(String text) {
    return text.length() <= 16 ? text : text.substring(0, 16) + "…";
  }
}
