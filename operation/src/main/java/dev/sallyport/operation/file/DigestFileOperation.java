package dev.sallyport.operation.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.security.MessageDigest;

import dev.sallyport.operation.Ending;
import dev.sallyport.protocol.Bytes;
import dev.sallyport.protocol.operation.FileOperation;
import dev.sallyport.protocol.operation.InputDigest;

/** {@code file.digest}: {@code sha256} of all of a file, and its {@code bytes modifiedMs inode version}; an interrupt ends it soon. */
final class DigestFileOperation {
  private static final int PIECE_BYTES = 64 << 10;

  Ending run(FileOperation.Digest operation) throws IOException {
    try (OpenedFile file = OpenedFile.open(FilePath.of(operation.path()))) {
      Bytes sha256 = sha256(file.channel());
      if (file.changed()) {
        throw new FileTrouble("the file changed while it was read; try again");
      }
      return Ending.found(file.describe().putBytes("sha256", sha256.toArray()).build());
    }
  }

  /** Reads from where the channel stands to the end. */
  static Bytes sha256(FileChannel file) throws IOException {
    MessageDigest digest = InputDigest.hasher();
    ByteBuffer piece = ByteBuffer.allocate(PIECE_BYTES);
    while (file.read(piece.clear()) >= 0) {
      digest.update(piece.flip());
    }
    return Bytes.of(digest.digest());
  }
}
