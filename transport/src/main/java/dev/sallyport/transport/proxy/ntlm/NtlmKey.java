package dev.sallyport.transport.proxy.ntlm;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The key that a user's name, domain and password make (MS-NLMP section 3.3.2, {@code NTOWFv2}); wiped when closed. */
final class NtlmKey implements AutoCloseable {
  private static final String HMAC = "HmacMD5";

  private final byte[] key;

  private NtlmKey(byte[] key) {
    this.key = key;
  }

  static NtlmKey of(String user, String domain, String password) {
    byte[] unicode = password.getBytes(StandardCharsets.UTF_16LE);
    byte[] stored = Md4.digest(unicode);
    byte[] key = hmac(stored, (upperCase(user) + domain).getBytes(StandardCharsets.UTF_16LE));
    Arrays.fill(unicode, (byte) 0);
    Arrays.fill(stored, (byte) 0);
    return new NtlmKey(key);
  }

  /** Letter by letter, as Windows does it: no letter becomes two. */
  private static String upperCase(String text) {
    char[] letters = text.toCharArray();
    for (int i = 0; i < letters.length; i++) {
      letters[i] = Character.toUpperCase(letters[i]);
    }
    return new String(letters);
  }

  /** What proves the key for these bytes, 16 bytes. */
  byte[] sign(byte[]... parts) {
    return hmac(key, parts);
  }

  /** HMAC-MD5 (RFC 2104) over the parts one after another. */
  static byte[] hmac(byte[] key, byte[]... parts) {
    try {
      Mac mac = Mac.getInstance(HMAC);
      mac.init(new SecretKeySpec(key, HMAC));
      for (byte[] part : parts) {
        mac.update(part);
      }
      return mac.doFinal();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java has no " + HMAC, e);
    }
  }

  @Override
  public void close() {
    Arrays.fill(key, (byte) 0);
  }
}
