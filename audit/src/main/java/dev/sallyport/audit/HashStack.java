package dev.sallyport.audit;

import java.util.ArrayList;
import java.util.List;

/** The right edge of a growing tree: of each level the hashes that do not fill a tile yet. Not for several threads. */
final class HashStack {
  private final List<List<byte[]>> levels = new ArrayList<>();
  private long size;

  /** Is told each tile as it gets full. */
  @FunctionalInterface
  interface FullTiles<X extends Exception> {
    void full(TileId id, byte[] hashes) throws X;
  }

  HashStack() {
    for (int level = 0; level < TileId.LEVELS; level++) {
      levels.add(new ArrayList<>());
    }
  }

  /** How many entries the tree has. */
  long size() {
    return size;
  }

  /** Adds an entry's hash. */
  <X extends Exception> void add(byte[] leaf, FullTiles<X> full) throws X {
    levels.getFirst().add(leaf);
    size++;
    for (int level = 0; level < TileId.LEVELS - 1 && levels.get(level).size() == TileId.FULL; level++) {
      byte[] hashes = partial(level, TileId.FULL);
      full.full(new TileId(level, (size >> (level * TileId.HEIGHT)) / TileId.FULL - 1, TileId.FULL), hashes);
      levels.get(level).clear();
      levels.get(level + 1).add(Tree.fold(hashes, 0, TileId.FULL));
    }
  }

  /** Puts in what was there before: the roots of full tiles of the level below. Only before the first {@link #add}. */
  void restore(int level, byte[] hash) {
    levels.get(level).add(hash);
    size += 1L << (level * TileId.HEIGHT);
  }

  /** How many hashes of this level do not fill a tile. */
  int width(int level) {
    return levels.get(level).size();
  }

  /** The first {@code width} of the hashes that do not fill a tile. */
  byte[] partial(int level, int width) {
    List<byte[]> hashes = levels.get(level);
    byte[] bytes = new byte[width * TreeHash.BYTES];
    for (int i = 0; i < width; i++) {
      System.arraycopy(hashes.get(i), 0, bytes, i * TreeHash.BYTES, TreeHash.BYTES);
    }
    return bytes;
  }
}
