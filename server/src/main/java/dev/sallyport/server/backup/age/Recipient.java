package dev.sallyport.server.backup.age;

import java.util.Arrays;

import dev.sallyport.protocol.Bytes;

/** Who is to be able to open a file. */
public sealed interface Recipient {
  /**
   * Whoever knows a passphrase. It is stretched by scrypt, so that guessing costs; a good one is still what it rests on.
   *
   * @param utf8 wiped by whoever made it
   */
  @SuppressWarnings("ArrayRecordComponent") // a secret, to be wiped and never compared
  record Passphrase(byte[] utf8) implements Recipient {
    /** Refuses an empty one. */
    public Passphrase {
      if (utf8.length == 0) {
        throw new IllegalArgumentException("a passphrase is not empty");
      }
    }

    @Override
    public String toString() {
      return "a passphrase";
    }
  }

  /**
   * Whoever has the private half of an X25519 key. So a server can write backups that it cannot read.
   *
   * @param x25519 32 bytes
   */
  record PublicKey(Bytes x25519) implements Recipient {
    static final String PREFIX = "age";

    /**
     * Reads {@code age1…}, as {@code age-keygen} prints it.
     *
     * @throws AgeException if it is something else
     */
    public static PublicKey parse(String text) throws AgeException {
      byte[] key = Bech32.decode(PREFIX, text);
      if (key.length != AgeKeys.X25519_BYTES) {
        throw new AgeException("'" + text + "' is not a public key of age");
      }
      return new PublicKey(Bytes.of(key));
    }

    /** {@code age1…}. */
    public String text() {
      return Bech32.encode(PREFIX, x25519.toArray());
    }
  }

  /** Wipes a passphrase that is no longer needed. */
  static void wipe(Recipient recipient) {
    switch (recipient) {
      case Passphrase passphrase -> Arrays.fill(passphrase.utf8(), (byte) 0);
      case PublicKey _ -> {
        // it is public
      }
    }
  }
}
