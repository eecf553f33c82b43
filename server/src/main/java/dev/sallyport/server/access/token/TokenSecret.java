package dev.sallyport.server.access.token;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;

/** A token's secret in text form: {@code sallyport_} and 256 random bits in base64url. The prefix lets scanners find leaks. */
final class TokenSecret {

  private static final String PREFIX = "sallyport_";
  private static final int BYTES = 32;
  private static final Pattern TEXT = Pattern.compile("sallyport_([A-Za-z0-9_-]{43})");
  private static final SecureRandom RANDOM = new SecureRandom();

  private TokenSecret() {
  }

  /** A new secret, to be shown once. */
  static String create() {
    byte[] secret = new byte[BYTES];
    RANDOM.nextBytes(secret);
    try {
      return PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
    } finally {
      Arrays.fill(secret, (byte) 0);
    }
  }

  /** What is stored and looked up: SHA-256 is enough for 256 random bits. Empty if the text is not a token. */
  static Optional<byte[]> hash(String text) {
    if (!TEXT.matcher(text).matches()) {
      return Optional.empty();
    }
    try {
      return Optional
          .of(MessageDigest.getInstance("SHA-256").digest(text.getBytes(java.nio.charset.StandardCharsets.US_ASCII)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
