package dev.sallyport.audit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

import dev.sallyport.protocol.ProtocolException;

/**
 * A log's directory, read by whoever has it: the server's own, or a copy of it.
 *
 * <pre>
 * checkpoint            the newest signed checkpoint
 * tile/&lt;L&gt;/&lt;N&gt;          256 hashes of level L; tile/&lt;L&gt;/&lt;N&gt;.p/&lt;W&gt; the first W of them, as the checkpoint needs
 * tile/entries/&lt;N&gt;      the 256 entries under tile/0/&lt;N&gt;; .p/&lt;W&gt; likewise
 * tail                  the newest entries as they come, those not yet in a full tile
 * vkey                  the key that verifies checkpoints, as the server says; compare it with one you got otherwise
 * </pre>
 */
public final class LogFiles implements TileSource {
  static final String CHECKPOINT = "checkpoint";
  static final String TAIL = "tail";
  static final String KEY = "vkey";

  private static final int MAX_NAME_LENGTH = 64;
  private static final Pattern TILE_NAME = Pattern
      .compile("tile/(?:[0-7]|entries)(?:/x\\d{3}){0,6}/\\d{3}(?:\\.p/\\d{1,3})?");

  private final Path directory;

  public LogFiles(Path directory) {
    this.directory = directory;
  }

  /** Where the log is. */
  public Path directory() {
    return directory;
  }

  /**
   * The newest checkpoint's note.
   *
   * @throws NoSuchFileException if there is none
   */
  public byte[] checkpoint() throws IOException {
    return read(CHECKPOINT, SignedCheckpoint.MAX_BYTES);
  }

  @Override
  public byte[] tile(TileId id) throws IOException {
    byte[] hashes = read(id.path(), TileId.FULL * TreeHash.BYTES);
    if (hashes.length != id.width() * TreeHash.BYTES) {
      throw new ProtocolException(
          id.path() + ": expected " + id.width() + " hashes, found " + hashes.length + " bytes");
    }
    return hashes;
  }

  /**
   * The entries under a tile.
   *
   * @throws ProtocolException if the file is no bundle of so many
   */
  public List<byte[]> entries(long index, int width) throws IOException {
    String path = TileId.entriesPath(index, width);
    List<byte[]> entries = EntryBundle.read(read(path, EntryBundle.MAX_BYTES));
    if (entries.size() != width) {
      throw new ProtocolException(path + ": expected " + width + " entries, found " + entries.size());
    }
    return entries;
  }

  /** Whether all entries under this tile are there. */
  boolean hasEntries(long index) {
    return Files.isRegularFile(path(TileId.entriesPath(index, TileId.FULL)));
  }

  /** Whether a name is one that a tile or a bundle can have; no other leads out of the log's directory. */
  public static boolean names(String name) {
    return name.length() <= MAX_NAME_LENGTH && TILE_NAME.matcher(name).matches();
  }

  /**
   * A published file.
   *
   * @param name one that {@link #names} accepts
   */
  public byte[] published(String name, int most) throws IOException {
    if (!names(name)) {
      throw new NoSuchFileException(name);
    }
    return read(name, most);
  }

  /** Whether this is not a copy of the tiles alone. */
  boolean hasTail() {
    return Files.isRegularFile(path(TAIL));
  }

  /** Entries that no full tile holds yet, as far as they are whole; what a crash tore off is left out. */
  List<byte[]> tail() throws IOException {
    var entries = new ArrayList<byte[]>();
    try {
      EntryBundle.readSound(read(TAIL, EntryBundle.MAX_BYTES + LogWriter.ROOM_BYTES), entries);
    } catch (NoSuchFileException absent) {
      return entries;
    }
    return entries;
  }

  Path path(String name) {
    return directory.resolve(name);
  }

  /** Never more than {@code most} bytes, whatever somebody has put there. */
  private byte[] read(String name, int most) throws IOException {
    Path file = path(name);
    try (var in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(most + 1);
      if (bytes.length > most) {
        throw new ProtocolException(name + ": larger than " + most + " bytes");
      }
      return bytes;
    }
  }
}
