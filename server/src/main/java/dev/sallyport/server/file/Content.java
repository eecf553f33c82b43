package dev.sallyport.server.file;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;

import dev.sallyport.protocol.Bytes;
import dev.sallyport.protocol.operation.InputDigest;

/** The content of a file in the store, open for reading; safe for use by many threads, of which an interrupted one closes it. */
public final class Content implements Closeable {
  private final Bytes sha256;
  private final FileChannel file;
  private final long bytes;
  private final byte[] marks;

  private Content(Bytes sha256, FileChannel file, byte[] marks) throws IOException {
    this.sha256 = sha256;
    this.file = file;
    this.bytes = file.size();
    this.marks = marks;
  }

  static Content open(Bytes sha256, Path place, Path marksPlace) throws IOException {
    FileChannel file;
    try {
      file = FileChannel.open(place, StandardOpenOption.READ);
    } catch (NoSuchFileException e) {
      throw new NoSuchFileException("the file is not in the server's store any more; send it there again");
    }
    try {
      var content = new Content(sha256, file, Files.readAllBytes(marksPlace));
      if (content.marks.length != Blocks.count(content.bytes) * InputDigest.SHA256_BYTES) {
        throw new EOFException("the server's disk has lost a part of the file; send it there again");
      }
      return content;
    } catch (IOException e) {
      file.close();
      throw e;
    }
  }

  public Bytes sha256() {
    return sha256;
  }

  /** Its size. */
  public long bytes() {
    return bytes;
  }

  /** What is to be said of one block before it is sent. */
  public InputDigest digest(int block) {
    int at = block * InputDigest.SHA256_BYTES;
    return new InputDigest(Blocks.length(bytes, block),
        Bytes.of(Arrays.copyOfRange(marks, at, at + InputDigest.SHA256_BYTES)));
  }

  /** Reads one block. */
  public InputStream block(int block) {
    long offset = Blocks.offset(block);
    return new Range(offset, offset + Blocks.length(bytes, block));
  }

  /** Reads it from there to its end. */
  InputStream from(long offset) {
    return new Range(offset, bytes);
  }

  @Override
  public void close() throws IOException {
    file.close();
  }

  private final class Range extends InputStream {
    private final long end;
    private long at;

    Range(long at, long end) {
      this.at = at;
      this.end = end;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      if (at == end) {
        return length == 0 ? 0 : -1;
      }
      int count = file.read(ByteBuffer.wrap(into, offset, (int) Math.min(length, end - at)), at);
      if (count < 0) {
        throw new EOFException("the server's disk has lost the end of the file; send it there again");
      }
      at += count;
      return count;
    }
  }
}
