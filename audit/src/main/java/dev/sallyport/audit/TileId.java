package dev.sallyport.audit;

/**
 * Names a tile of hashes (C2SP tlog-tiles): up to 256 neighbouring nodes of the tree, each the root of a complete subtree of
 * {@code 256^level} entries.
 *
 * @param level 0 for hashes of entries
 * @param index which one of its level, from the left
 * @param width how many hashes, from 1; a full tile has {@link #FULL} and never changes
 */
public record TileId(int level, long index, int width) {
  /** Hashes of a full tile, and entries of a full bundle. */
  public static final int FULL = 256;
  /** Tiles of a level are 2^HEIGHT hashes wide. */
  static final int HEIGHT = 8;
  /** Levels that a tree of 2^63 entries has. */
  static final int LEVELS = 8;
  private static final int GROUP = 1_000;

  /** Checks. */
  public TileId {
    if (level < 0 || level >= LEVELS || index < 0 || width < 1 || width > FULL) {
      throw new IllegalArgumentException("no tile: level " + level + ", index " + index + ", width " + width);
    }
  }

  /** Where the tile lies below a log's directory or address, {@code tile/0/x001/067.p/12} say. */
  public String path() {
    return "tile/" + level + "/" + name(index) + partial(width);
  }

  /** Where the bundle of entries under a tile of level 0 lies. */
  public static String entriesPath(long index, int width) {
    return "tile/entries/" + name(index) + partial(width);
  }

  private static String partial(int width) {
    return width == FULL ? "" : ".p/" + width;
  }

  /** Groups of three digits, all but the last marked by an x, so that no directory grows beyond 2,000 names. */
  private static String name(long index) {
    String last = String.valueOf(GROUP + index % GROUP).substring(1);
    return index < GROUP ? last : marked(index / GROUP) + last;
  }

  private static String marked(long index) {
    String last = "x" + String.valueOf(GROUP + index % GROUP).substring(1) + "/";
    return index < GROUP ? last : marked(index / GROUP) + last;
  }
}
