package dev.sallyport.server.store;

import java.nio.file.Path;

/** The databases a test that depends on SQL runs on, one after the other. */
public enum TestDatabase {
  SQLITE {
    @Override
    public Database fresh(Path directory) {
      return new Database.Sqlite(directory.resolve("sallyport.db"));
    }
  },
  POSTGRES {
    @Override
    public Database fresh(Path directory) {
      return PostgresServer.shared().newDatabaseWithTables();
    }
  };

  /** A new database without rows. */
  public abstract Database fresh(Path directory);
}
