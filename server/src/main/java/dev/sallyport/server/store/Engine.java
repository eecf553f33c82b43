package dev.sallyport.server.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import javax.sql.DataSource;

import org.springframework.jdbc.support.SQLExceptionTranslator;

/** What differs between the databases; everything above speaks the same SQL to both. */
sealed interface Engine permits SqliteEngine, PostgresEngine {

  /** The one for this database. */
  static Engine of(Database database) {
    return switch (database) {
      case Database.Sqlite(var file) -> new SqliteEngine(file);
      case Database.Postgres place -> new PostgresEngine(place);
    };
  }

  /** Where migrations get their connections. */
  DataSource migrations();

  /** Opens the one connection that writes, in autocommit mode between batches, with no other server beside it. */
  Connection openWriter() throws SQLException;

  /** Opens a connection whose transactions each see one consistent state and cannot write. */
  Connection openReader() throws SQLException;

  /** Turns the driver's errors into the same exceptions for every database. */
  SQLExceptionTranslator translator();

  /**
   * If the error concerns the database as a whole and not one statement: what failed, why, and what to do.
   *
   * @param writing whether the connection is the writer; that a reader cannot write is no outage
   */
  Optional<String> outage(SQLException error, boolean writing);

  /** Whether after this error the connection is dead and a new one could work at once. */
  boolean severed(SQLException error);

  /** Last act on the writer before it is closed. */
  void farewell(Connection writer) throws SQLException;
}
