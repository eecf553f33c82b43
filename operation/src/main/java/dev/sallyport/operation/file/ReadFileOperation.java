package dev.sallyport.operation.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

import dev.sallyport.operation.Ending;
import dev.sallyport.operation.OperationContext;
import dev.sallyport.protocol.channel.OutputChannel;
import dev.sallyport.protocol.operation.FileOperation;

/**
 * {@code file.read}: a block of a file as standard output. The value is {@code offset}, {@code count} (bytes put out), {@code end} (whether
 * the file has no more), {@code bytes} (of the whole file), {@code modifiedMs}, {@code inode}, {@code version}, and {@code changed}
 * where the file changed meanwhile.
 */
final class ReadFileOperation {
  private static final int PIECE_BYTES = 64 << 10;

  Ending run(FileOperation.Read operation, OperationContext context) throws IOException {
    try (OpenedFile file = OpenedFile.open(FilePath.of(operation.path()))) {
      if (!operation.version().isEmpty() && !operation.version().equals(file.version().text())) {
        throw new FileTrouble(
            "the file has changed, it is not the version that was asked for any more; begin to read it anew");
      }
      int count = copy(file.channel(), operation, context);
      boolean end = count < operation.length()
          || (operation.offset() + count >= file.version().bytes() && !more(file.channel()));
      var value = file.describe().put("offset", operation.offset()).put("count", count).put("end", end);
      if (file.changed()) {
        value.put("changed", true);
      }
      return Ending.found(value.build());
    }
  }

  private static int copy(FileChannel from, FileOperation.Read operation, OperationContext context) throws IOException {
    ByteBuffer piece = ByteBuffer.allocate(PIECE_BYTES);
    from.position(operation.offset());
    int count = 0;
    while (count < operation.length()) {
      piece.clear().limit(Math.min(PIECE_BYTES, operation.length() - count));
      int read = from.read(piece);
      if (read < 0) {
        break;
      }
      context.output().write(OutputChannel.STDOUT, piece.array(), 0, read);
      count += read;
    }
    return count;
  }

  /** Files of the kernel say that they are empty and are not. */
  private static boolean more(FileChannel file) throws IOException {
    return file.read(ByteBuffer.allocate(1)) > 0;
  }
}
