package dev.sallyport.server.store;

import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/** Brings the database to this version's tables; the same files serve both databases. */
final class Migrations {

  /** Where the numbered SQL files lie on the class path. A file that was released is never changed again. */
  private static final String FILES = "classpath:db/migration";

  private Migrations() {
  }

  /** @throws StoreUnavailableException if the database was written by a newer server, or a migration failed */
  static void run(Engine engine) {
    try {
      Flyway.configure(Migrations.class.getClassLoader()).dataSource(engine.migrations()).locations(FILES)
          .table("schema_history").ignoreMigrationPatterns("").validateMigrationNaming(true).cleanDisabled(true)
          .load().migrate();
    } catch (FlywayException e) {
      throw new StoreUnavailableException("The database's tables do not fit this server: " + firstLine(e)
          + " If a newer server has used this database, start that one again, or put back the backup made before.", e);
    }
  }

  private static String firstLine(FlywayException e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("").strip();
  }
}
