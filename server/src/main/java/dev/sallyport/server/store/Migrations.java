package dev.sallyport.server.store;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.configuration.FluentConfiguration;

/** Brings the database to this version's tables; the same files serve both databases. */
final class Migrations {

  /** Where the history of migrations stands. */
  static final String TABLE = "schema_history";

  /** Where the numbered SQL files lie on the class path. A file that was released is never changed again. */
  private static final String FILES = "classpath:db/migration";

  private Migrations() {
  }

  /** @throws StoreUnavailableException if the database was written by a newer server, or a migration failed */
  static void run(Engine engine) {
    try {
      configuration(engine).load().migrate();
    } catch (FlywayException e) {
      throw new StoreUnavailableException("The database's tables do not fit this server: " + firstLine(e)
          + " If a newer server has used this database, start that one again, or put back the backup made before.", e);
    }
  }

  /**
   * Brings the database to the tables of another version.
   *
   * @throws StoreUnavailableException if this server does not know that version, or the database is beyond it
   */
  static void run(Engine engine, String version) {
    try {
      configuration(engine).target(version).load().migrate();
    } catch (FlywayException e) {
      throw new StoreUnavailableException("The tables of the backup (version " + version
          + ") cannot be made here: " + firstLine(e)
          + " A backup is put back by the server that wrote it or a newer one, into an empty database.", e);
    }
  }

  /** The version of the tables, as the last migration has left them. */
  static String version(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet last = statement.executeQuery(
            "SELECT \"version\" FROM " + TABLE + " ORDER BY \"installed_rank\" DESC LIMIT 1")) {
      if (!last.next()) {
        throw new SQLException("it has no tables of a server");
      }
      return last.getString(1);
    }
  }

  private static FluentConfiguration configuration(Engine engine) {
    return Flyway.configure(Migrations.class.getClassLoader()).dataSource(engine.migrations()).locations(FILES)
        .table(TABLE).ignoreMigrationPatterns("").validateMigrationNaming(true).cleanDisabled(true);
  }

  private static String firstLine(FlywayException e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("").strip();
  }
}
