package dev.sallyport.agent.state;

import java.io.Closeable;
import java.io.IOException;

/**
 * An open file of the state directory. Not for several threads at once, except that any may {@link #sync}. Unlike a channel it
 * survives an interrupt of the thread that uses it: cancelling one directive must not close the journal of all.
 */
public interface StateFile extends Closeable {
  long size() throws IOException;

  /** Writes all bytes at the position, or throws; the file grows as needed. */
  void write(long position, byte[] bytes, int offset, int length) throws IOException;

  /** Reads exactly {@code length} bytes, or throws {@link java.io.EOFException}. */
  void read(long position, byte[] into, int offset, int length) throws IOException;

  void truncate(long size) throws IOException;

  /** Returns when the bytes written so far would survive a power failure. */
  void sync() throws IOException;

  @Override
  void close() throws IOException;
}
