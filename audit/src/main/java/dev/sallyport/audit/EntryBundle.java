package dev.sallyport.audit;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import dev.sallyport.protocol.ProtocolException;

/** The entries under one tile, each behind its length in two bytes (C2SP tlog-tiles, "log entries"). */
public final class EntryBundle {
  /** Most bytes of an entry: 16 KiB. */
  public static final int MAX_ENTRY_BYTES = 16 << 10;
  /** Most bytes of a bundle. */
  public static final int MAX_BYTES = TileId.FULL * (EntryBundle.LENGTH_BYTES + MAX_ENTRY_BYTES);
  static final int LENGTH_BYTES = Short.BYTES;
  private static final int SPACE = 0x20;

  private EntryBundle() {
  }

  /** Returns the bundle of these entries. */
  public static byte[] write(List<byte[]> entries) {
    var out = new ByteArrayOutputStream();
    for (byte[] entry : entries) {
      requireEntry(entry);
      out.write(entry.length >> 8);
      out.write(entry.length);
      out.writeBytes(entry);
    }
    return out.toByteArray();
  }

  /**
   * Returns the entries of a bundle.
   *
   * @throws ProtocolException if it is none: cut off, longer than {@link #MAX_BYTES}, with more than 256 entries, or with one that is no line
   */
  public static List<byte[]> read(byte[] bundle) {
    if (bundle.length > MAX_BYTES) {
      throw new ProtocolException("entries: expected at most " + MAX_BYTES + " bytes, found " + bundle.length);
    }
    var entries = new ArrayList<byte[]>();
    int sound = readSound(bundle, entries);
    if (sound != bundle.length) {
      throw new ProtocolException("entries: entry " + entries.size() + " of the bundle is cut off or no line");
    }
    if (entries.size() > TileId.FULL) {
      throw new ProtocolException("entries: more than " + TileId.FULL);
    }
    return entries;
  }

  /** Reads as far as entries are whole; returns how many bytes they take. */
  static int readSound(byte[] bytes, List<byte[]> entries) {
    int at = 0;
    while (at + LENGTH_BYTES <= bytes.length) {
      int length = ByteBuffer.wrap(bytes).getShort(at) & 0xffff;
      if (length == 0 || length > MAX_ENTRY_BYTES || at + LENGTH_BYTES + length > bytes.length) {
        return at;
      }
      byte[] entry = Arrays.copyOfRange(bytes, at + LENGTH_BYTES, at + LENGTH_BYTES + length);
      if (!line(entry)) {
        return at;
      }
      entries.add(entry);
      at += LENGTH_BYTES + length;
    }
    return at;
  }

  /** Refuses what is no entry: none is empty, long, or has a control character, so that a torn one is always seen. */
  static void requireEntry(byte[] entry) {
    if (entry.length == 0 || entry.length > MAX_ENTRY_BYTES || !line(entry)) {
      throw new IllegalArgumentException("an audit entry is one line of 1 to " + MAX_ENTRY_BYTES + " bytes, not "
          + entry.length);
    }
  }

  private static boolean line(byte[] entry) {
    for (byte b : entry) {
      if (b >= 0 && b < SPACE) {
        return false;
      }
    }
    return true;
  }
}
