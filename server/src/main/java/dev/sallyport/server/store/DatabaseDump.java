package dev.sallyport.server.store;

import java.io.IOException;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;

import org.jspecify.annotations.Nullable;

/**
 * One consistent state of a whole database, as rows that any of the databases takes. The server may run meanwhile and is not held up: what it
 * writes after {@link #open} is not in it.
 */
public final class DatabaseDump implements AutoCloseable {
  /** Rows that are fetched at once. */
  private static final int FETCH_ROWS = 200;

  private final Engine engine;
  private final Connection connection;
  private final String schema;

  private DatabaseDump(Engine engine, Connection connection, String schema) {
    this.engine = engine;
    this.connection = connection;
    this.schema = schema;
  }

  /**
   * Begins; the state is the one of now.
   *
   * @throws StoreUnavailableException if the database cannot be read, or no server has used it yet
   */
  public static DatabaseDump open(Database database) {
    if (database instanceof Database.Sqlite(var file) && !Files.exists(file)) {
      throw new StoreUnavailableException("There is no database " + file + ". Is it the right data directory?");
    }
    Engine engine = Engine.of(database);
    try {
      Connection connection = engine.openReader();
      try {
        return new DatabaseDump(engine, connection, Migrations.version(connection));
      } catch (SQLException e) {
        connection.close();
        throw e;
      }
    } catch (SQLException e) {
      throw unavailable(engine, e);
    }
  }

  /** The version of the tables. */
  public String schema() {
    return schema;
  }

  /** Hands over all rows. */
  public void read(TableReader reader) throws IOException {
    try {
      for (String table : Tables.inOrder(connection)) {
        read(table, reader);
      }
    } catch (SQLException e) {
      throw unavailable(engine, e);
    }
  }

  private void read(String table, TableReader reader) throws SQLException, IOException {
    try (Statement statement = connection.createStatement()) {
      statement.setFetchSize(FETCH_ROWS);
      try (ResultSet rows = statement.executeQuery("SELECT * FROM " + Tables.quoted(table))) {
        ResultSetMetaData meta = rows.getMetaData();
        var columns = new ArrayList<String>();
        for (int i = 1; i <= meta.getColumnCount(); i++) {
          columns.add(meta.getColumnName(i));
        }
        reader.table(table, columns);
        while (rows.next()) {
          var values = new ArrayList<@Nullable Object>(columns.size());
          for (int i = 1; i <= columns.size(); i++) {
            values.add(value(table, columns.get(i - 1), rows.getObject(i)));
          }
          reader.row(values);
        }
      }
    }
  }

  private static @Nullable Object value(String table, String column, @Nullable Object value) {
    return switch (value) {
      case null -> null;
      case Integer number -> Long.valueOf(number);
      case Long number -> number;
      case String text -> text;
      case byte[] bytes -> bytes;
      default -> throw new IllegalStateException(
          "a " + value.getClass().getSimpleName() + " in " + table + "." + column + " belongs into no table of ours");
    };
  }

  static StoreUnavailableException unavailable(Engine engine, SQLException e) {
    return new StoreUnavailableException(
        engine.outage(e, true).orElse("The database cannot be used: " + e.getMessage() + "."), e);
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      throw unavailable(engine, e);
    }
  }

}
