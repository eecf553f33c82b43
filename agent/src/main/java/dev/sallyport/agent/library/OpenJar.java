package dev.sallyport.agent.library;

import java.io.Closeable;
import java.io.IOException;

import dev.sallyport.agent.state.StateFile;
import dev.sallyport.protocol.library.ArchiveSource;

/** A jar that stays open from its check to its last class: what was verified is what is loaded. For several threads. */
final class OpenJar implements ArchiveSource, Closeable {
  private final StateFile file;

  OpenJar(StateFile file) {
    this.file = file;
  }

  @Override
  public synchronized long size() throws IOException {
    return file.size();
  }

  @Override
  public synchronized void read(long position, byte[] into, int offset, int length) throws IOException {
    file.read(position, into, offset, length);
  }

  @Override
  public synchronized void close() throws IOException {
    file.close();
  }
}
