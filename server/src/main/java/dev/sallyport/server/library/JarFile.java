package dev.sallyport.server.library;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;

import dev.sallyport.protocol.library.ArchiveSource;

/** A jar on the server's disk, read where it lies. */
final class JarFile implements ArchiveSource, Closeable {
  private final RandomAccessFile file;

  JarFile(Path path) throws IOException {
    this.file = new RandomAccessFile(path.toFile(), "r");
  }

  @Override
  public long size() throws IOException {
    return file.length();
  }

  @Override
  public void read(long position, byte[] into, int offset, int length) throws IOException {
    if (position + length > file.length()) {
      throw new EOFException("the jar ends before byte " + (position + length));
    }
    file.seek(position);
    file.readFully(into, offset, length);
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
