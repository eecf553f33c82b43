package dev.sallyport.server.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import org.jspecify.annotations.Nullable;

/** Fills an empty database with the rows of a dump, all or nothing: without {@link #commit} it stays empty. */
public final class DatabaseLoad implements TableReader, AutoCloseable {
  /** Rows that are sent at once. */
  private static final int BATCH_ROWS = 200;
  /** If there are no rows in these, no server has used the database. */
  private static final List<String> TELLING = List.of("account", "machine");

  private final Engine engine;
  private final Connection connection;
  private final List<String> tables;
  private @Nullable PreparedStatement insert;
  private int columnCount;
  private int waiting;
  private boolean committed;

  private DatabaseLoad(Engine engine, Connection connection, List<String> tables) {
    this.engine = engine;
    this.connection = connection;
    this.tables = tables;
  }

  /**
   * Makes the tables as they were when the dump was made.
   *
   * @param schema of the dump
   * @throws StoreUnavailableException if the database is not empty, cannot be used, or the dump is of a newer server
   */
  public static DatabaseLoad open(Database database, String schema) {
    Engine engine = Engine.of(database);
    try {
      Connection connection = engine.openWriter();
      try {
        Migrations.run(engine, schema);
        connection.setAutoCommit(false);
        List<String> tables = Tables.inOrder(connection);
        requireEmpty(connection);
        for (String table : tables.reversed()) {
          run(connection, "DELETE FROM " + Tables.quoted(table)); // what a migration has put there comes with the dump
        }
        return new DatabaseLoad(engine, connection, tables);
      } catch (SQLException | RuntimeException e) {
        connection.close();
        throw e;
      }
    } catch (SQLException e) {
      throw DatabaseDump.unavailable(engine, e);
    }
  }

  private static void requireEmpty(Connection connection) throws SQLException {
    for (String table : TELLING) {
      try (Statement statement = connection.createStatement();
          ResultSet rows = statement.executeQuery("SELECT 1 FROM " + Tables.quoted(table) + " LIMIT 1")) {
        if (rows.next()) {
          throw new StoreUnavailableException(
              "The database is in use: it has rows in the table " + table + ". Give an empty one.");
        }
      }
    }
  }

  private static void run(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.executeUpdate(sql);
    }
  }

  @Override
  public void table(String name, List<String> columns) {
    if (!tables.contains(name)) {
      throw new StoreUnavailableException("The backup has a table '" + name + "' that this server does not know.");
    }
    try {
      finish();
      var names = new ArrayList<String>();
      columns.forEach(column -> names.add(Tables.quoted(column)));
      columnCount = columns.size();
      insert = connection.prepareStatement("INSERT INTO " + Tables.quoted(name) + " (" + String.join(", ", names)
          + ") VALUES (" + String.join(", ", Collections.nCopies(columnCount, "?")) + ")");
    } catch (SQLException e) {
      throw DatabaseDump.unavailable(engine, e);
    }
  }

  @Override
  public void row(List<@Nullable Object> values) {
    PreparedStatement statement = insert;
    if (statement == null || values.size() != columnCount) {
      throw new StoreUnavailableException("The backup is damaged: a row does not fit its table.");
    }
    try {
      for (int i = 0; i < columnCount; i++) {
        set(statement, i + 1, values.get(i));
      }
      statement.addBatch();
      if (++waiting == BATCH_ROWS) {
        send(statement);
      }
    } catch (SQLException e) {
      throw DatabaseDump.unavailable(engine, e);
    }
  }

  private static void set(PreparedStatement statement, int index, @Nullable Object value) throws SQLException {
    switch (value) {
      case null -> statement.setNull(index, Types.NULL);
      case Long number -> statement.setLong(index, number);
      case String text -> statement.setString(index, text);
      case byte[] bytes -> statement.setBytes(index, bytes);
      default -> throw new IllegalArgumentException("a row holds a " + value.getClass().getSimpleName());
    }
  }

  private void send(PreparedStatement statement) throws SQLException {
    statement.executeBatch();
    waiting = 0;
  }

  private void finish() throws SQLException {
    PreparedStatement statement = insert;
    if (statement != null) {
      if (waiting > 0) {
        send(statement);
      }
      statement.close();
    }
    insert = null;
  }

  /** All rows are there: now they count. */
  public void commit() {
    try {
      finish();
      connection.commit();
      connection.setAutoCommit(true);
      engine.farewell(connection);
      committed = true;
    } catch (SQLException e) {
      throw DatabaseDump.unavailable(engine, e);
    }
  }

  @Override
  public void close() {
    try {
      if (!committed) {
        connection.rollback();
      }
      connection.close();
    } catch (SQLException e) {
      throw DatabaseDump.unavailable(engine, e);
    }
  }
}
