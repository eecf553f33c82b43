package dev.sallyport.server.backup;

import java.nio.file.Path;

import dev.sallyport.server.store.Database;

/**
 * Where a server keeps what it has.
 *
 * @param data its data directory
 * @param keys its key files, perhaps within the data directory
 * @param database where its tables are
 */
public record ServerPlace(Path data, Path keys, Database database) {
  /** Makes the paths absolute. */
  public ServerPlace {
    data = data.toAbsolutePath().normalize();
    keys = keys.toAbsolutePath().normalize();
  }
}
