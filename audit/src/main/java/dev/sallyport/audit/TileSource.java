package dev.sallyport.audit;

import java.io.IOException;

/** Where a tree's tiles come from. */
@FunctionalInterface
public interface TileSource {
  /**
   * Returns the tile's hashes, {@code 32 × width} bytes.
   *
   * @throws IOException if it is not there, cannot be read or has another size
   */
  byte[] tile(TileId id) throws IOException;
}
