package dev.sallyport.protocol.library;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import dev.sallyport.protocol.ProtocolException;

/** The central directory of a ZIP archive, and the record at its end that tells where it is. */
final class ArchiveDirectory {
  private static final int END = 0x06054b50;
  private static final int END_BYTES = 22;
  private static final int MAX_COMMENT_BYTES = 0xffff;
  private static final int FILE = 0x02014b50;
  private static final int FILE_BYTES = 46;
  private static final int ENCRYPTED = 1;
  private static final int STORED = 0;
  private static final int DEFLATED = 8;

  private ArchiveDirectory() {
  }

  /**
   * Where the directory is.
   *
   * @param offset of its first byte
   * @param bytes its size
   * @param count of entries
   */
  record End(long offset, int bytes, int count) {}

  /**
   * An entry.
   *
   * @param offset of its local header
   * @param packed bytes in the archive
   * @param size bytes when inflated
   */
  record Entry(String name, boolean stored, long crc, int packed, int size, long offset) {}

  static End end(ArchiveSource source) throws IOException {
    long size = source.size();
    if (size < END_BYTES || size > LibraryStatement.MAX_JAR_BYTES) {
      throw noArchive();
    }
    byte[] tail = new byte[(int) Math.min(size, END_BYTES + MAX_COMMENT_BYTES)];
    source.read(size - tail.length, tail, 0, tail.length);
    for (int at = tail.length - END_BYTES; at >= 0; at--) {
      if (int32(tail, at) == END && int16(tail, at + 20) == tail.length - at - END_BYTES) {
        return end(tail, at, size - tail.length + at);
      }
    }
    throw noArchive();
  }

  private static End end(byte[] tail, int at, long position) {
    int count = int16(tail, at + 10);
    long bytes = uint32(tail, at + 12);
    long offset = uint32(tail, at + 16);
    boolean oneDisk = int16(tail, at + 4) == 0 && int16(tail, at + 6) == 0 && int16(tail, at + 8) == count;
    if (!oneDisk || offset + bytes != position) {
      throw noArchive();
    }
    return new End(offset, (int) bytes, count);
  }

  static List<Entry> read(byte[] directory, int count) {
    var entries = new ArrayList<Entry>();
    int at = 0;
    for (int i = 0; i < count; i++) {
      if (directory.length - at < FILE_BYTES || int32(directory, at) != FILE) {
        throw noArchive();
      }
      int name = int16(directory, at + 28);
      int next = at + FILE_BYTES + name + int16(directory, at + 30) + int16(directory, at + 32);
      if (next > directory.length) {
        throw noArchive();
      }
      entries.add(entry(directory, at, name));
      at = next;
    }
    if (at != directory.length) {
      throw noArchive();
    }
    return entries;
  }

  private static Entry entry(byte[] directory, int at, int nameLength) {
    int method = int16(directory, at + 10);
    long packed = uint32(directory, at + 20);
    long size = uint32(directory, at + 24);
    boolean known = (int16(directory, at + 8) & ENCRYPTED) == 0 && int16(directory, at + 34) == 0
        && (method == DEFLATED || (method == STORED && packed == size));
    if (!known || packed > LibraryStatement.MAX_JAR_BYTES || size > Integer.MAX_VALUE) {
      throw new ProtocolException("an entry of the archive is encrypted, packed in a way unknown here, or too large");
    }
    return new Entry(EntryName.require(name(directory, at + FILE_BYTES, nameLength)), method == STORED,
        uint32(directory, at + 16), (int) packed, (int) size, uint32(directory, at + 42));
  }

  private static String name(byte[] directory, int at, int length) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(directory, at, length)).toString();
    } catch (CharacterCodingException e) {
      throw new ProtocolException("an entry of the archive has a name that is no UTF-8", e);
    }
  }

  static int int16(byte[] bytes, int at) {
    return (bytes[at] & 0xff) | ((bytes[at + 1] & 0xff) << 8);
  }

  static int int32(byte[] bytes, int at) {
    return int16(bytes, at) | (int16(bytes, at + 2) << 16);
  }

  private static long uint32(byte[] bytes, int at) {
    return int32(bytes, at) & 0xffff_ffffL;
  }

  private static ProtocolException noArchive() {
    return new ProtocolException("the file is no jar, or was cut short or changed");
  }
}
