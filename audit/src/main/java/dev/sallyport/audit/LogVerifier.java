package dev.sallyport.audit;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;

import dev.sallyport.protocol.Bytes;
import dev.sallyport.protocol.ProtocolException;
import dev.sallyport.protocol.json.Json;
import dev.sallyport.protocol.json.JsonLimits;
import dev.sallyport.protocol.json.JsonObject;

/**
 * Verifies a log offline: computes the tree anew from the entries and compares it with the tiles, with the newest checkpoint and with
 * checkpoints that were kept elsewhere; and that entries number themselves without gaps and times do not go back.
 */
public final class LogVerifier {
  private static final JsonLimits LIMITS = new JsonLimits(EntryBundle.MAX_ENTRY_BYTES, JsonLimits.MAX_DEPTH);

  private final LogFiles files;
  private final NoteKey key;
  private final List<Checkpoint> kept;
  private Instant latest = Instant.EPOCH;

  /** A finding that ends the verification. */
  private static final class Found extends IOException {
    private static final long serialVersionUID = 1L;
    private final transient Verdict verdict;

    Found(Verdict verdict) {
      this.verdict = verdict;
    }
  }

  /**
   * @param key from a source that whoever may have changed the log cannot have changed as well
   * @param kept checkpoints that the log must have had
   */
  public LogVerifier(LogFiles files, NoteKey key, List<Checkpoint> kept) {
    this.files = files;
    this.key = key;
    this.kept = List.copyOf(kept);
  }

  /**
   * Verifies.
   *
   * @throws IOException if a file is there and cannot be read
   */
  public Verdict verify() throws IOException {
    try {
      return whole();
    } catch (Found found) {
      return found.verdict;
    } catch (NoSuchFileException missing) {
      return new Verdict.Incomplete("The file " + missing.getMessage() + " is missing.");
    }
  }

  private Verdict whole() throws IOException, Found {
    Checkpoint signed = signed();
    var rebuilt = new HashStack();
    for (long tile = 0; tile * TileId.FULL < signed.size(); tile++) {
      int width = (int) Math.min(TileId.FULL, signed.size() - tile * TileId.FULL);
      compare(rebuilt, tile, entries(tile, width));
    }
    upperEdge(rebuilt);
    var tree = new Tree(files, signed.size());
    if (!tree.root(signed.size()).equals(signed.root())) {
      throw new Found(new Verdict.Tampered(-1, "The tree over the entries is not the one that was signed."));
    }
    for (Checkpoint checkpoint : kept) {
      compare(tree, signed, checkpoint);
    }
    return new Verdict.Sound(signed, unsigned(signed.size()));
  }

  private Checkpoint signed() throws IOException, Found {
    try {
      return SignedCheckpoint.open(files.checkpoint(), key).checkpoint();
    } catch (ProtocolException e) {
      throw new Found(new Verdict.Tampered(-1, "The checkpoint cannot be trusted: " + e.getMessage() + "."));
    }
  }

  private List<byte[]> entries(long tile, int width) throws IOException, Found {
    try {
      return files.entries(tile, width);
    } catch (ProtocolException e) {
      throw new Found(new Verdict.Tampered(tile * TileId.FULL, "From entry " + tile * TileId.FULL + " on: "
          + e.getMessage() + "."));
    }
  }

  /** Compares entries with the hashes that were written when they came, which say which of them is another. */
  private void compare(HashStack rebuilt, long tile, List<byte[]> entries) throws IOException, Found {
    byte[] hashes = tile(new TileId(0, tile, entries.size()));
    for (int i = 0; i < entries.size(); i++) {
      long number = tile * TileId.FULL + i;
      byte[] leaf = TreeHash.leaf(entries.get(i));
      byte[] written = Arrays.copyOfRange(hashes, i * TreeHash.BYTES, (i + 1) * TreeHash.BYTES);
      if (!Arrays.equals(leaf, written)) {
        throw new Found(new Verdict.Tampered(number, "Entry " + number + " is not the one that was recorded."));
      }
      content(number, entries.get(i));
      rebuilt.add(leaf, (id, bytes) -> {
        if (id.level() > 0) {
          same(id, bytes);
        }
      });
    }
  }

  private void upperEdge(HashStack rebuilt) throws IOException, Found {
    for (int level = 1; level < TileId.LEVELS; level++) {
      int width = rebuilt.width(level);
      if (width > 0) {
        same(new TileId(level, (rebuilt.size() >> (level * TileId.HEIGHT)) / TileId.FULL, width),
            rebuilt.partial(level, width));
      }
    }
  }

  private void same(TileId id, byte[] bytes) throws IOException, Found {
    if (!Arrays.equals(bytes, tile(id))) {
      throw new Found(new Verdict.Tampered(-1, "The hashes in " + id.path() + " are not those of the entries."));
    }
  }

  private byte[] tile(TileId id) throws IOException, Found {
    try {
      return files.tile(id);
    } catch (ProtocolException e) {
      throw new Found(new Verdict.Tampered(-1, e.getMessage() + "."));
    }
  }

  private void content(long number, byte[] entry) throws Found {
    try {
      JsonObject json = Json.parseObject(entry, LIMITS);
      long said = json.integer("n", 0, Long.MAX_VALUE);
      if (said != number) {
        throw new Found(new Verdict.Tampered(number, "Entry " + number + " says it is number " + said + "."));
      }
      Instant at = Instant.parse(json.string("ts"));
      if (at.isBefore(latest)) {
        throw new Found(new Verdict.Tampered(number, "Entry " + number + " is older than the one before it."));
      }
      latest = at;
    } catch (ProtocolException | DateTimeException e) {
      throw new Found(new Verdict.Tampered(number, "Entry " + number + " is no audit entry: " + e.getMessage() + "."));
    }
  }

  private static void compare(Tree tree, Checkpoint signed, Checkpoint before) throws IOException, Found {
    if (!before.origin().equals(signed.origin())) {
      throw new Found(new Verdict.Tampered(-1, "The checkpoint that was kept is of another log, " + before.origin()
          + "."));
    }
    if (before.size() > signed.size()) {
      throw new Found(new Verdict.Tampered(signed.size(), "The log ends after " + signed.size() + " entries; when the"
          + " checkpoint that was kept was signed it had " + before.size() + "."));
    }
    Bytes root = tree.root(before.size());
    if (!root.equals(before.root())) {
      throw new Found(new Verdict.Tampered(-1, "The first " + before.size() + " entries are not those that were there"
          + " when the checkpoint that was kept was signed."));
    }
  }

  /** Entries that came after the checkpoint; those before it must be the same in the tail as under the tiles. */
  private int unsigned(long size) throws IOException, Found {
    List<byte[]> tail = files.tail();
    long first = tailStart(size);
    int covered = (int) (size - first);
    if (covered < 0) {
      return tail.size() - covered;
    }
    if (!files.hasTail()) {
      return 0; // a copy of tiles alone
    }
    if (tail.size() < covered) {
      throw new Found(new Verdict.Tampered(first + tail.size(), "Entry " + (first + tail.size())
          + " is missing in the tail, or is no entry there."));
    }
    List<byte[]> signed = covered == 0 ? List.of() : entries(first / TileId.FULL, covered);
    for (int i = 0; i < covered; i++) {
      if (!Arrays.equals(signed.get(i), tail.get(i))) {
        throw new Found(new Verdict.Tampered(first + i, "Entry " + (first + i)
            + " is another in the tail than under its tile."));
      }
    }
    for (int i = covered; i < tail.size(); i++) {
      content(first + i, tail.get(i));
    }
    return tail.size() - covered;
  }

  private long tailStart(long size) {
    long full = size / TileId.FULL;
    while (files.hasEntries(full)) {
      full++;
    }
    return full * TileId.FULL;
  }
}
