package dev.sallyport.protocol.library;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

import dev.sallyport.protocol.ProtocolException;

/**
 * A jar, read strictly (PKWARE APPNOTE 6.3.10; no ZIP64, encryption, several disks or bytes between the parts). It is never unpacked:
 * entries are inflated one at a time, into memory that their stated and bounded size takes, so a bomb is refused before it goes off and no
 * name is ever a path (incident T6).
 *
 * <p>One reader judges the archive and loads its classes, from the same open bytes: there is nothing to swap in between.
 */
public final class LibraryArchive {
  /** Most entries. */
  public static final int MAX_ENTRIES = 16_384;

  /** Most bytes of an entry when inflated: 16 MiB. */
  public static final int MAX_ENTRY_BYTES = 16 << 20;

  /** Most bytes of all entries together when inflated: 128 MiB. */
  public static final long MAX_TOTAL_BYTES = 128L << 20;

  private static final int MAX_DIRECTORY_BYTES = 4 << 20;
  private static final int LOCAL = 0x04034b50;
  private static final int LOCAL_BYTES = 30;

  private final ArchiveSource source;
  private final Map<String, ArchiveDirectory.Entry> entries;

  private LibraryArchive(ArchiveSource source, Map<String, ArchiveDirectory.Entry> entries) {
    this.source = source;
    this.entries = entries;
  }

  /**
   * Reads the directory of an archive and checks all that can be checked without inflating.
   *
   * @throws ProtocolException if it is no such archive, or beyond a limit
   */
  public static LibraryArchive open(ArchiveSource source) throws IOException {
    ArchiveDirectory.End end = ArchiveDirectory.end(source);
    if (end.bytes() > MAX_DIRECTORY_BYTES || end.count() > MAX_ENTRIES) {
      throw new ProtocolException("the archive has more than " + MAX_ENTRIES + " entries, or names too long");
    }
    byte[] directory = new byte[end.bytes()];
    source.read(end.offset(), directory, 0, directory.length);
    var entries = new LinkedHashMap<String, ArchiveDirectory.Entry>();
    long total = 0;
    for (ArchiveDirectory.Entry entry : ArchiveDirectory.read(directory, end.count())) {
      if (entries.putIfAbsent(entry.name(), entry) != null) {
        throw new ProtocolException("the archive has two entries of one name");
      }
      total += entry.size();
      if (entry.size() > MAX_ENTRY_BYTES || total > MAX_TOTAL_BYTES) {
        throw new ProtocolException("the archive is too large when inflated: at most " + MAX_ENTRY_BYTES
            + " bytes for an entry and " + MAX_TOTAL_BYTES + " for all");
      }
    }
    requireApart(entries, end.offset());
    return new LibraryArchive(source, entries);
  }

  /** Entries that share bytes make a small file large. */
  private static void requireApart(Map<String, ArchiveDirectory.Entry> entries, long end) {
    List<ArchiveDirectory.Entry> inOrder = new ArrayList<>(entries.values());
    inOrder.sort(Comparator.comparingLong(ArchiveDirectory.Entry::offset));
    long free = 0;
    for (ArchiveDirectory.Entry entry : inOrder) {
      if (entry.offset() < free) {
        throw new ProtocolException("entries of the archive overlap");
      }
      free = entry.offset() + LOCAL_BYTES + entry.packed();
    }
    if (free > end) {
      throw new ProtocolException("an entry of the archive reaches into its directory");
    }
  }

  /** Returns the names of all entries. */
  public Set<String> names() {
    return Collections.unmodifiableSet(entries.keySet());
  }

  /** Returns what the library says of itself. */
  public LibraryManifest manifest() throws IOException {
    ArchiveDirectory.Entry entry = entries.get(LibraryManifest.ENTRY);
    if (entry == null) {
      throw new ProtocolException("the jar has no " + LibraryManifest.ENTRY + ": it is no library");
    }
    if (entry.size() > LibraryManifest.MAX_BYTES) {
      throw new ProtocolException(LibraryManifest.ENTRY + " is larger than " + LibraryManifest.MAX_BYTES + " bytes");
    }
    return LibraryManifest.decode(inflate(entry));
  }

  /**
   * Returns an entry's content, if there is such an entry.
   *
   * @throws ProtocolException if it is damaged, or is not as long as was stated
   */
  public Optional<byte[]> read(String name) throws IOException {
    ArchiveDirectory.Entry entry = entries.get(name);
    return entry == null ? Optional.empty() : Optional.of(inflate(entry));
  }

  private byte[] inflate(ArchiveDirectory.Entry entry) throws IOException {
    byte[] packed = new byte[entry.packed()];
    source.read(dataOf(entry), packed, 0, packed.length);
    byte[] content = entry.stored() ? packed : inflated(packed, entry.size());
    var crc = new CRC32();
    crc.update(content);
    if (content.length != entry.size() || crc.getValue() != entry.crc()) {
      throw damaged(entry);
    }
    return content;
  }

  private byte[] inflated(byte[] packed, int size) {
    try (var inflater = new Inflater(true)) {
      inflater.setInput(packed);
      byte[] content = new byte[size];
      int at = 0;
      while (at < size) {
        int count = inflater.inflate(content, at, size - at);
        if (count == 0) {
          throw new ProtocolException("an entry of the archive is shorter than it says");
        }
        at += count;
      }
      if (inflater.inflate(new byte[1]) != 0 || !inflater.finished()) {
        throw new ProtocolException("an entry of the archive is longer than it says");
      }
      return content;
    } catch (DataFormatException e) {
      throw new ProtocolException("an entry of the archive cannot be inflated", e);
    }
  }

  private long dataOf(ArchiveDirectory.Entry entry) throws IOException {
    byte[] header = new byte[LOCAL_BYTES];
    source.read(entry.offset(), header, 0, header.length);
    if (ArchiveDirectory.int32(header, 0) != LOCAL) {
      throw damaged(entry);
    }
    long data = entry.offset() + LOCAL_BYTES + ArchiveDirectory.int16(header, 26) + ArchiveDirectory.int16(header, 28);
    if (data + entry.packed() > source.size()) {
      throw damaged(entry);
    }
    return data;
  }

  private static ProtocolException damaged(ArchiveDirectory.Entry entry) {
    return new ProtocolException("the entry " + entry.name() + " of the archive is damaged");
  }
}
