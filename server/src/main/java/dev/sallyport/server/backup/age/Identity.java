package dev.sallyport.server.backup.age;

import java.util.Arrays;
import java.util.Locale;

/** What opens a file. */
public sealed interface Identity {
  /** @param utf8 wiped by whoever made it */
  @SuppressWarnings("ArrayRecordComponent") // a secret, to be wiped and never compared
  record Passphrase(byte[] utf8) implements Identity {
    @Override
    public String toString() {
      return "a passphrase";
    }
  }

  /** @param x25519 32 bytes; wiped by whoever made it */
  @SuppressWarnings("ArrayRecordComponent") // a secret, to be wiped and never compared
  record PrivateKey(byte[] x25519) implements Identity {
    private static final String PREFIX = "age-secret-key-";

    /**
     * Reads {@code AGE-SECRET-KEY-1…}, as {@code age-keygen} prints it.
     *
     * @throws AgeException if it is something else; the message does not repeat it
     */
    public static PrivateKey parse(String text) throws AgeException {
      byte[] key;
      try {
        key = Bech32.decode(PREFIX, text.toLowerCase(Locale.ROOT));
      } catch (AgeException e) {
        throw new AgeException("the identity is not a private key of age; it begins with AGE-SECRET-KEY-1");
      }
      if (key.length != AgeKeys.X25519_BYTES) {
        Arrays.fill(key, (byte) 0);
        throw new AgeException("the identity is not a private key of age: it has another length");
      }
      return new PrivateKey(key);
    }

    @Override
    public String toString() {
      return "a private key";
    }
  }
}
