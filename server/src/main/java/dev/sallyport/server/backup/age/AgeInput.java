package dev.sallyport.server.backup.age;

import java.io.IOException;
import java.io.InputStream;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Optional;
import javax.crypto.Cipher;

/**
 * Decrypts while it is read. No byte comes out that was not authenticated, but bytes do come out before the end is known to be there: only when
 * {@link #read} has said that there is no more was the file whole.
 */
public final class AgeInput extends InputStream {
  /** The most that a passphrase may cost: 256 MiB, what the tool itself writes. */
  static final int MAX_SCRYPT_LOG_N = 18;

  private static final int SEALED_BYTES = Chunks.CHUNK_BYTES + AgeKeys.TAG_BYTES;
  private static final byte[] NO_NONCE = new byte[AgeKeys.NONCE_BYTES];
  private static final String DAMAGED = "it was changed or cut short";

  private final InputStream in;
  private final Chunks chunks;
  private final byte[] ahead = new byte[SEALED_BYTES + 1]; // one more byte tells whether a piece is the last
  private int aheadCount;
  private byte[] open = new byte[0];
  private int at;
  private boolean last;

  /**
   * Reads the header.
   *
   * @param in closed with this
   * @throws AgeException if it is no such file, or this identity does not open it
   */
  public AgeInput(InputStream in, Identity identity) throws IOException {
    this.in = in;
    AgeHeader header = AgeHeader.read(in);
    byte[] fileKey = fileKey(header, identity);
    try {
      if (!header.isAuthentic(fileKey)) {
        throw new AgeException("its header was changed");
      }
      byte[] salt = in.readNBytes(Chunks.SALT_BYTES);
      if (salt.length < Chunks.SALT_BYTES) {
        throw new AgeException(DAMAGED);
      }
      chunks = new Chunks(Cipher.DECRYPT_MODE, fileKey, salt);
    } finally {
      Arrays.fill(fileKey, (byte) 0);
    }
  }

  private static byte[] fileKey(AgeHeader header, Identity identity) throws AgeException {
    for (Stanza stanza : header.stanzas()) {
      boolean passphrase = stanza.type().equals("scrypt");
      if (passphrase && header.stanzas().size() > 1) {
        throw new AgeException("its header names a passphrase beside others, which the format forbids");
      }
      Optional<byte[]> key = switch (identity) {
        case Identity.Passphrase(byte[] utf8) -> passphrase ? byPassphrase(stanza, utf8) : Optional.empty();
        case Identity.PrivateKey(byte[] x25519) ->
          stanza.type().equals("X25519") ? byPrivateKey(stanza, x25519) : Optional.empty();
      };
      if (key.isPresent()) {
        return key.get();
      }
    }
    throw new AgeException(header.stanzas().getFirst().type().equals("scrypt")
        ? "the passphrase is wrong, or it was not encrypted with one"
        : "it was encrypted for public keys, and this is the private half of none of them");
  }

  private static Optional<byte[]> byPassphrase(Stanza stanza, byte[] passphrase) throws AgeException {
    if (stanza.arguments().size() != 2 || !stanza.arguments().get(1).matches("[1-9][0-9]?")) {
      throw new AgeException("its header is damaged");
    }
    byte[] salt = AgeHeader.bytes(stanza.arguments().getFirst());
    int logN = Integer.parseInt(stanza.arguments().get(1));
    if (salt.length != AgeKeys.SALT_BYTES) {
      throw new AgeException("its header is damaged");
    }
    if (logN > MAX_SCRYPT_LOG_N) {
      throw new AgeException(
          "its passphrase costs more memory than this program gives (work factor " + logN + ", at most "
              + MAX_SCRYPT_LOG_N + ")");
    }
    return unwrapped(stanza, AgeKeys.wrapScrypt(passphrase, salt, logN));
  }

  private static Optional<byte[]> byPrivateKey(Stanza stanza, byte[] privateKey) throws AgeException {
    if (stanza.arguments().size() != 1) {
      throw new AgeException("its header is damaged");
    }
    byte[] share = AgeHeader.bytes(stanza.arguments().getFirst());
    if (share.length != AgeKeys.X25519_BYTES) {
      throw new AgeException("its header is damaged");
    }
    return unwrapped(stanza, AgeKeys.wrapX25519(privateKey, share, share, AgeKeys.publicKey(privateKey)));
  }

  private static Optional<byte[]> unwrapped(Stanza stanza, byte[] key) throws AgeException {
    if (stanza.body().length() != AgeKeys.FILE_KEY_BYTES + AgeKeys.TAG_BYTES) {
      throw new AgeException("its header is damaged");
    }
    try {
      return Optional.of(AgeKeys.cipher(Cipher.DECRYPT_MODE, key, NO_NONCE).doFinal(stanza.body().toArray()));
    } catch (GeneralSecurityException e) {
      return Optional.empty(); // it is somebody else's
    } finally {
      Arrays.fill(key, (byte) 0);
    }
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    while (at == open.length) {
      if (last) {
        return -1;
      }
      openNext();
    }
    int some = Math.min(length, open.length - at);
    System.arraycopy(open, at, into, offset, some);
    at += some;
    return some;
  }

  private void openNext() throws IOException {
    aheadCount += in.readNBytes(ahead, aheadCount, ahead.length - aheadCount);
    boolean more = aheadCount == ahead.length;
    int piece = more ? SEALED_BYTES : aheadCount;
    boolean empty = piece == AgeKeys.TAG_BYTES;
    if (piece < AgeKeys.TAG_BYTES || (empty && !chunks.atStart())) {
      throw new AgeException(DAMAGED);
    }
    try {
      open = chunks.next(ahead, piece, !more);
    } catch (GeneralSecurityException e) {
      throw new AgeException(DAMAGED, e);
    }
    at = 0;
    last = !more;
    aheadCount -= piece;
    ahead[0] = ahead[piece % ahead.length];
  }

  @Override
  public void close() throws IOException {
    chunks.wipe();
    Arrays.fill(open, (byte) 0);
    in.close();
  }
}
