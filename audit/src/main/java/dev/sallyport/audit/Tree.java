package dev.sallyport.audit;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import dev.sallyport.protocol.Bytes;

/** A Merkle tree of a known size over tiles (RFC 6962 section 2.1); makes its root and proofs. Not for several threads. */
public final class Tree {
  private final TileSource tiles;
  private final long size;
  private final Map<TileId, byte[]> read = new HashMap<>();

  /** @param size how many entries the tree has; the tiles may hold more */
  public Tree(TileSource tiles, long size) {
    if (size < 0) {
      throw new IllegalArgumentException("a tree has no fewer entries than none");
    }
    this.tiles = tiles;
    this.size = size;
  }

  /** The root of the tree over its first {@code entries} entries. */
  public Bytes root(long entries) throws IOException {
    if (entries < 0 || entries > size) {
      throw new IllegalArgumentException("the tree has " + size + " entries, not " + entries);
    }
    return Bytes.of(entries == 0 ? TreeHash.empty() : hash(0, entries));
  }

  /**
   * The proof that an entry is in the tree (RFC 6962 section 2.1.1).
   *
   * @param entry its number, below the tree's size
   */
  public List<Bytes> inclusion(long entry) throws IOException {
    if (entry < 0 || entry >= size) {
      throw new IllegalArgumentException("the tree has " + size + " entries, and none of number " + entry);
    }
    var path = new ArrayList<Bytes>();
    path(entry, 0, size, path);
    return path;
  }

  /**
   * The proof that this tree begins with all of the tree that had {@code before} entries (RFC 6962 section 2.1.2); empty for none and for all.
   */
  public List<Bytes> consistency(long before) throws IOException {
    if (before < 0 || before > size) {
      throw new IllegalArgumentException("the tree has " + size + " entries and never had " + before);
    }
    var path = new ArrayList<Bytes>();
    if (before > 0 && before < size) {
      subproof(before, 0, size, true, path);
    }
    return path;
  }

  private void path(long entry, long from, long to, List<Bytes> path) throws IOException {
    if (to - from == 1) {
      return;
    }
    long middle = from + split(to - from);
    if (entry < middle) {
      path(entry, from, middle, path);
      path.add(Bytes.of(hash(middle, to)));
    } else {
      path(entry, middle, to, path);
      path.add(Bytes.of(hash(from, middle)));
    }
  }

  private void subproof(long before, long from, long to, boolean whole, List<Bytes> path) throws IOException {
    if (before == to) {
      if (!whole) {
        path.add(Bytes.of(hash(from, to)));
      }
      return;
    }
    long middle = from + split(to - from);
    if (before <= middle) {
      subproof(before, from, middle, whole, path);
      path.add(Bytes.of(hash(middle, to)));
    } else {
      subproof(before, middle, to, false, path);
      path.add(Bytes.of(hash(from, middle)));
    }
  }

  /** The hash over entries {@code from} to before {@code to}, which is a subtree: from is a multiple of its power of two. */
  private byte[] hash(long from, long to) throws IOException {
    long count = to - from;
    if (Long.bitCount(count) == 1) {
      int height = Long.numberOfTrailingZeros(count);
      return node(height, from >> height);
    }
    long middle = from + split(count);
    return TreeHash.node(hash(from, middle), hash(middle, to));
  }

  /** The root of a complete subtree, from the tile that has it or what it is made of. */
  private byte[] node(int height, long index) throws IOException {
    int level = height / TileId.HEIGHT;
    int above = height % TileId.HEIGHT;
    long first = index << above;
    long tile = first / TileId.FULL;
    long known = (size >> (level * TileId.HEIGHT)) - tile * TileId.FULL;
    byte[] hashes = tile(new TileId(level, tile, (int) Math.min(TileId.FULL, known)));
    return fold(hashes, (int) (first % TileId.FULL), 1 << above);
  }

  private byte[] tile(TileId id) throws IOException {
    byte[] known = read.get(id);
    if (known == null) {
      known = tiles.tile(id);
      if (known.length != id.width() * TreeHash.BYTES) {
        throw new IOException(id.path() + " has " + known.length + " bytes");
      }
      read.put(id, known);
    }
    return known;
  }

  /** The root over so many neighbouring hashes, a power of two. */
  static byte[] fold(byte[] hashes, int first, int count) {
    if (count == 1) {
      return Arrays.copyOfRange(hashes, first * TreeHash.BYTES, (first + 1) * TreeHash.BYTES);
    }
    int half = count / 2;
    return TreeHash.node(fold(hashes, first, half), fold(hashes, first + half, half));
  }

  /** The largest power of two below {@code count}, which is 2 or more. */
  private static long split(long count) {
    return Long.highestOneBit(count - 1);
  }
}
