package dev.sallyport.operation.audit;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

import dev.sallyport.protocol.audit.AuditItem;
import dev.sallyport.protocol.audit.SectionDigest;

/** A state of a section as it was told: keys in their order, each with its item's digest, read one after the other. */
final class KeptState implements Closeable {
  private final DataInputStream in;
  private byte[] key = new byte[0];
  private byte[] digest = new byte[0];
  private boolean ended;

  /** Opens one and turns to its first item. */
  KeptState(Path file) throws IOException {
    in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file)));
    next();
  }

  /** Whether a file holds the state of this digest, whole and in order. */
  static boolean holds(Path file, String digest) {
    try (var state = new KeptState(file)) {
      var sum = new SectionDigest();
      byte[] before = new byte[0];
      while (!state.ended()) {
        if (Arrays.compareUnsigned(before, state.key()) >= 0) {
          return false;
        }
        before = state.key();
        sum.toggle(state.digest());
        state.next();
      }
      return sum.text().equals(digest);
    } catch (IOException e) {
      // Never kept, forgotten, or damaged: everything is told again.
      return false;
    }
  }

  boolean ended() {
    return ended;
  }

  byte[] key() {
    return key;
  }

  byte[] digest() {
    return digest;
  }

  void next() throws IOException {
    int first = in.read();
    if (first < 0) {
      ended = true;
      return;
    }
    int length = first << 8 | in.readUnsignedByte();
    if (length == 0 || length > AuditItem.MAX_KEY_BYTES) {
      throw new IOException("a kept state is damaged");
    }
    key = exactly(length);
    digest = exactly(AuditItem.DIGEST_BYTES);
  }

  private byte[] exactly(int length) throws IOException {
    byte[] bytes = in.readNBytes(length);
    if (bytes.length < length) {
      throw new EOFException("a kept state is damaged");
    }
    return bytes;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
