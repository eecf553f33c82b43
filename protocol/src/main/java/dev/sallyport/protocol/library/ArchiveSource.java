package dev.sallyport.protocol.library;

import java.io.EOFException;
import java.io.IOException;

import dev.sallyport.protocol.Bytes;

/** The bytes of an archive, wherever they lie; the same for as long as it is used. */
public interface ArchiveSource {
  /** Returns how many there are. */
  long size() throws IOException;

  /** Reads exactly so many bytes, or throws {@link EOFException}. */
  void read(long position, byte[] into, int offset, int length) throws IOException;

  /** Bytes in memory. */
  static ArchiveSource of(Bytes bytes) {
    byte[] all = bytes.toArray();
    return new ArchiveSource() {
      @Override
      public long size() {
        return all.length;
      }

      @Override
      public void read(long position, byte[] into, int offset, int length) throws IOException {
        if (position < 0 || position > all.length - length) {
          throw new EOFException("beyond the end of the archive");
        }
        System.arraycopy(all, (int) position, into, offset, length);
      }
    };
  }
}
