package dev.sallyport.server.backup.age;

import java.io.IOException;
import java.io.OutputStream;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.crypto.Cipher;

import dev.sallyport.protocol.Bytes;

/** Encrypts what is written. Without {@link #close} the file is cut short, and no reader takes it. */
public final class AgeOutput extends OutputStream {
  /** What a passphrase costs: 128 MiB of memory, and about half a second, for each guess. */
  static final int SCRYPT_LOG_N = 17;

  private static final byte[] NO_NONCE = new byte[AgeKeys.NONCE_BYTES];

  private final OutputStream out;
  private final Chunks chunks;
  private final byte[] buffer = new byte[Chunks.CHUNK_BYTES];
  private int held;
  private boolean closed;

  /**
   * Writes the header.
   *
   * @param out closed with this
   * @param recipients each can open the file alone; a passphrase only when it is the only one, as the format has it
   */
  public AgeOutput(OutputStream out, List<Recipient> recipients, SecureRandom random) throws IOException {
    if (recipients.isEmpty()
        || (recipients.size() > 1 && recipients.stream().anyMatch(Recipient.Passphrase.class::isInstance))) {
      throw new IllegalArgumentException("either one passphrase, or one or more public keys");
    }
    this.out = out;
    byte[] fileKey = random(random, AgeKeys.FILE_KEY_BYTES);
    try {
      var stanzas = new ArrayList<Stanza>();
      for (Recipient recipient : recipients) {
        stanzas.add(stanza(recipient, fileKey, random));
      }
      out.write(AgeHeader.encode(stanzas, fileKey));
      byte[] salt = random(random, Chunks.SALT_BYTES);
      out.write(salt);
      this.chunks = new Chunks(Cipher.ENCRYPT_MODE, fileKey, salt);
    } finally {
      Arrays.fill(fileKey, (byte) 0);
    }
  }

  private static Stanza stanza(Recipient recipient, byte[] fileKey, SecureRandom random) throws IOException {
    return switch (recipient) {
      case Recipient.Passphrase(byte[] utf8) -> {
        byte[] salt = random(random, AgeKeys.SALT_BYTES);
        yield new Stanza("scrypt", List.of(AgeHeader.base64(salt), Integer.toString(SCRYPT_LOG_N)),
            wrapped(AgeKeys.wrapScrypt(utf8, salt, SCRYPT_LOG_N), fileKey));
      }
      case Recipient.PublicKey(Bytes x25519) -> {
        byte[] own = random(random, AgeKeys.X25519_BYTES);
        byte[] share = AgeKeys.publicKey(own);
        byte[] other = x25519.toArray();
        try {
          yield new Stanza("X25519", List.of(AgeHeader.base64(share)),
              wrapped(AgeKeys.wrapX25519(own, other, share, other), fileKey));
        } finally {
          Arrays.fill(own, (byte) 0);
        }
      }
    };
  }

  private static Bytes wrapped(byte[] key, byte[] fileKey) {
    try {
      return Bytes.of(AgeKeys.cipher(Cipher.ENCRYPT_MODE, key, NO_NONCE).doFinal(fileKey));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("ChaCha20-Poly1305 is missing or unwell", e);
    } finally {
      Arrays.fill(key, (byte) 0);
    }
  }

  private static byte[] random(SecureRandom random, int count) {
    byte[] bytes = new byte[count];
    random.nextBytes(bytes);
    return bytes;
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[]{(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    int at = offset;
    int left = length;
    while (left > 0) {
      if (held == buffer.length) {
        seal(false); // there is more, so it is not the last
      }
      int some = Math.min(left, buffer.length - held);
      System.arraycopy(bytes, at, buffer, held, some);
      held += some;
      at += some;
      left -= some;
    }
  }

  /** Writes the last piece, by which a reader knows that nothing is missing. */
  @Override
  public void close() throws IOException {
    if (closed) {
      return;
    }
    closed = true;
    try (out) {
      seal(true);
    } finally {
      chunks.wipe();
      Arrays.fill(buffer, (byte) 0);
    }
  }

  /** Ends without the last piece: what was written is no use to anybody. */
  public void abandon() throws IOException {
    closed = true;
    chunks.wipe();
    Arrays.fill(buffer, (byte) 0);
    out.close();
  }

  private void seal(boolean last) throws IOException {
    try {
      out.write(chunks.next(buffer, held, last));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("ChaCha20-Poly1305 is missing or unwell", e);
    }
    held = 0;
  }
}
