package dev.sallyport.server.file;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Set;

import dev.sallyport.protocol.Bytes;
import dev.sallyport.protocol.operation.InputDigest;

/**
 * A file that is still coming. Beside its bytes lie the digests of its whole blocks ({@link Blocks}), each written after its block: so whoever
 * goes on after a crash knows by reading how much of it is good, whatever the disk has lost. Bytes are hashed as they come; there is no second pass.
 *
 * <p>For one thread, but for {@link #put}.
 */
public final class PartFile implements Closeable {
  private static final int PIECE_BYTES = 128 << 10;
  private static final FileAttribute<Set<PosixFilePermission>> PRIVATE = PosixFilePermissions
      .asFileAttribute(PosixFilePermissions.fromString("rw-------"));

  private final Path path;
  private final Path marksPath;
  private final FileChannel file;
  private final FileChannel marks;
  private final Room room;
  private final Runnable closed;
  private final MessageDigest whole = InputDigest.hasher();
  private final MessageDigest block = InputDigest.hasher();
  private final ByteBuffer piece = ByteBuffer.allocateDirect(PIECE_BYTES);
  private long bytes;
  private long taken;
  private boolean isClosed;

  private PartFile(Path path, Path marksPath, Room room, Runnable closed) throws IOException {
    this.path = path;
    this.marksPath = marksPath;
    this.room = room;
    this.closed = closed;
    this.file = channel(path);
    try {
      this.marks = channel(marksPath);
    } catch (IOException e) {
      file.close();
      throw e;
    }
  }

  private static FileChannel channel(Path path) throws IOException {
    return FileChannel.open(path,
        Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE), PRIVATE);
  }

  /**
   * Opens one, new or from before; what is there and not known to be good is cut off.
   *
   * @param closed told when it is closed
   */
  static PartFile open(Path path, Path marksPath, Room room, Runnable closed) throws IOException {
    var part = new PartFile(path, marksPath, room, closed);
    try {
      part.examine();
      return part;
    } catch (IOException e) {
      part.file.close();
      part.marks.close();
      throw e;
    }
  }

  private void examine() throws IOException {
    taken = file.size();
    int good = 0;
    var expected = ByteBuffer.allocate(InputDigest.SHA256_BYTES);
    while (Blocks.offset(good + 1) <= taken && readFully(marks, expected.clear(), (long) good * expected.capacity())) {
      byte[] digest = digest(Blocks.offset(good), Blocks.BYTES);
      if (!Arrays.equals(digest, expected.array())) {
        break;
      }
      good++;
    }
    bytes = Blocks.offset(good);
    marks.truncate((long) good * InputDigest.SHA256_BYTES);
    file.truncate(bytes);
    whole.reset();
    rehash();
    room.giveBack(taken - bytes);
    taken = bytes;
  }

  private void rehash() throws IOException {
    for (long at = 0; at < bytes; at += piece.position()) {
      read(at, bytes - at);
      whole.update(piece.duplicate().flip());
    }
  }

  private byte[] digest(long offset, int length) throws IOException {
    for (int at = 0; at < length; at += piece.position()) {
      read(offset + at, length - at);
      block.update(piece.duplicate().flip());
    }
    return block.digest();
  }

  private void read(long position, long most) throws IOException {
    piece.clear().limit((int) Math.min(PIECE_BYTES, most));
    while (piece.hasRemaining()) {
      if (file.read(piece, position + piece.position()) < 0) {
        throw new EOFException("the file became shorter while it was written");
      }
    }
  }

  private static boolean readFully(FileChannel from, ByteBuffer into, long position) throws IOException {
    while (into.hasRemaining()) {
      if (from.read(into, position + into.position()) < 0) {
        return false;
      }
    }
    return true;
  }

  /** How many bytes are here, in order and hashed. */
  public long bytes() {
    return bytes;
  }

  /** How many whole blocks that is. */
  public int blocks() {
    return (int) (bytes / Blocks.BYTES);
  }

  /**
   * Adds the next bytes.
   *
   * @throws StoreFullException if there is no room for them
   */
  public void append(byte[] from, int offset, int length) throws IOException {
    take(bytes + length);
    write(bytes, from, offset, length);
    int done = 0;
    while (done < length) {
      int some = (int) Math.min(length - done, Blocks.BYTES - bytes % Blocks.BYTES);
      whole.update(from, offset + done, some);
      block.update(from, offset + done, some);
      done += some;
      advance(some);
    }
  }

  /** Makes room for the file up to there, before {@link #put}. */
  public void take(long upTo) throws IOException {
    room.requireSize(upTo);
    if (upTo > taken) {
      room.take(upTo - taken, upTo);
      taken = upTo;
    }
  }

  /** Writes bytes that come before others that belong before them; {@link #absorb} counts them. Safe for several threads. */
  public void put(long position, byte[] from) throws IOException {
    write(position, from, 0, from.length);
  }

  /** The next bytes, at most the rest of a block, have all been put. */
  public void absorb(int length) throws IOException {
    for (int at = 0; at < length; at += piece.position()) {
      read(bytes + at, length - at);
      whole.update(piece.duplicate().flip());
      block.update(piece.duplicate().flip());
    }
    advance(length);
  }

  private void advance(int some) throws IOException {
    bytes += some;
    if (bytes % Blocks.BYTES == 0) {
      mark();
    }
  }

  private void mark() throws IOException {
    ByteBuffer digest = ByteBuffer.wrap(block.digest());
    while (digest.hasRemaining()) {
      marks.write(digest, marks.size());
    }
  }

  private void write(long position, byte[] from, int offset, int length) throws IOException {
    ByteBuffer left = ByteBuffer.wrap(from, offset, length);
    long at = position;
    try {
      while (left.hasRemaining()) {
        at += file.write(left, at);
      }
    } catch (IOException e) {
      throw String.valueOf(e.getMessage()).contains("No space left on device")
          ? new StoreFullException(
              "the server's disk is full; delete files (`sallyport file delete`) or free some space")
          : e;
    }
  }

  /** It is whole: makes it durable; nothing is added any more. The digest of its content. */
  Bytes seal() throws IOException {
    if (bytes % Blocks.BYTES != 0) {
      mark();
    }
    file.truncate(bytes);
    file.force(true);
    marks.force(true);
    return Bytes.of(whole.digest());
  }

  /** Gives it its place in the store, after it was closed; where its content is, there are its digests. */
  void moveTo(Path place, Path marksPlace) throws IOException {
    Files.move(marksPath, marksPlace, StandardCopyOption.ATOMIC_MOVE);
    Files.move(path, place, StandardCopyOption.ATOMIC_MOVE);
  }

  /** Closes and deletes it. */
  public void discard() throws IOException {
    close();
    Files.deleteIfExists(path);
    Files.deleteIfExists(marksPath);
    room.giveBack(taken);
    taken = 0;
  }

  /** What has come stays, for whoever goes on with it. */
  @Override
  public void close() throws IOException {
    if (isClosed) {
      return;
    }
    isClosed = true;
    try (file; marks) {
      long kept = Files.size(path);
      room.giveBack(taken - kept);
      taken = kept;
    } finally {
      closed.run();
    }
  }
}
