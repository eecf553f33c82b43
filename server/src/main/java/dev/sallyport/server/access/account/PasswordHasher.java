package dev.sallyport.server.access.account;

import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/**
 * Argon2id (RFC 9106) in PHC string form, {@code $argon2id$v=19$m=…,t=…,p=…$salt$hash}. Each hash carries its
 * parameters, so they can be raised later and old hashes still verify.
 */
final class PasswordHasher {

  /** Memory of one hash, in KiB: what a guess costs on hardware made for guessing. */
  static final int MEMORY_KIB = 19_456;
  /** Passes over that memory; one more than OWASP's least for this much memory. */
  static final int PASSES = 3;
  /** Lanes; more would only help a machine with idle cores. */
  static final int LANES = 1;
  private static final int SALT_BYTES = 16;
  private static final int HASH_BYTES = 32;

  /** What a stored hash may ask for: it comes from our database, but a limit costs nothing. */
  private static final int MAX_MEMORY_KIB = 1 << 20;
  private static final int MAX_PASSES = 16;
  private static final int MAX_LANES = 16;

  private static final Pattern PHC = Pattern.compile(
      "\\$argon2id\\$v=19\\$m=(\\d{1,7}),t=(\\d{1,2}),p=(\\d{1,2})\\$([A-Za-z0-9+/]{11,64})\\$([A-Za-z0-9+/]{22,86})");
  private static final String PARAMETERS = "$argon2id$v=19$m=" + MEMORY_KIB + ",t=" + PASSES + ",p=" + LANES + "$";
  private static final Base64.Encoder ENCODER = Base64.getEncoder().withoutPadding();

  private final SecureRandom random = new SecureRandom();

  /** A new hash with a new salt. The caller wipes the password. */
  String hash(byte[] password) {
    byte[] salt = new byte[SALT_BYTES];
    random.nextBytes(salt);
    return PARAMETERS + ENCODER.encodeToString(salt) + "$"
        + ENCODER.encodeToString(derive(password, salt, MEMORY_KIB, PASSES, LANES, HASH_BYTES));
  }

  /** What looks like a hash and is that of no password, to be as slow about a name that nobody has. */
  String decoy() {
    byte[] bytes = new byte[SALT_BYTES + HASH_BYTES];
    random.nextBytes(bytes);
    return PARAMETERS + ENCODER.encodeToString(Arrays.copyOf(bytes, SALT_BYTES)) + "$"
        + ENCODER.encodeToString(Arrays.copyOfRange(bytes, SALT_BYTES, bytes.length));
  }

  /** Whether the password is the one of this hash; false as well if the stored text is not one of our hashes. */
  boolean verify(byte[] password, String stored) {
    Matcher parts = PHC.matcher(stored);
    if (!parts.matches()) {
      return false;
    }
    int memory = Integer.parseInt(parts.group(1));
    int passes = Integer.parseInt(parts.group(2));
    int lanes = Integer.parseInt(parts.group(3));
    if (memory < 8 * lanes || memory > MAX_MEMORY_KIB || passes < 1 || passes > MAX_PASSES || lanes < 1
        || lanes > MAX_LANES) {
      return false;
    }
    byte[] salt = Base64.getDecoder().decode(parts.group(4));
    byte[] expected = Base64.getDecoder().decode(parts.group(5));
    byte[] actual = derive(password, salt, memory, passes, lanes, expected.length);
    try {
      return MessageDigest.isEqual(expected, actual);
    } finally {
      Arrays.fill(actual, (byte) 0);
    }
  }

  /** Whether the hash was made with other parameters than a new one would be. */
  boolean outdated(String stored) {
    return !stored.startsWith(PARAMETERS);
  }

  private static byte[] derive(byte[] password, byte[] salt, int memory, int passes, int lanes, int length) {
    var generator = new Argon2BytesGenerator();
    generator
        .init(new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id).withVersion(Argon2Parameters.ARGON2_VERSION_13)
            .withMemoryAsKB(memory).withIterations(passes).withParallelism(lanes).withSalt(salt).build());
    byte[] hash = new byte[length];
    generator.generateBytes(password, hash);
    return hash;
  }
}
