package dev.sallyport.server.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The store on a real database: opened once at start, closed last. */
public final class DatabaseStore implements Store, AutoCloseable {

  /** How long a caller waits for its turn before it is told that the store is overloaded. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final CurrentConnection current;
  private final Writer writer;
  private final Readers readers;

  private DatabaseStore(CurrentConnection current, Writer writer, Readers readers) {
    this.current = current;
    this.writer = writer;
    this.readers = readers;
  }

  /**
   * Opens the database for this server alone and brings its tables up to date.
   *
   * @throws StoreUnavailableException if it cannot be used; the message says what to do
   */
  public static DatabaseStore open(Database database) {
    Engine engine = Engine.of(database);
    Connection connection = connect(engine);
    try {
      Migrations.run(engine);
    } catch (RuntimeException e) {
      close(connection, e);
      throw e;
    }
    var current = new CurrentConnection();
    var template = new JdbcTemplate();
    template.setDataSource(current);
    template.setExceptionTranslator(engine.translator());
    JdbcClient sql = JdbcClient.create(template);
    return new DatabaseStore(current, new Writer(engine, connection, current, sql, PATIENCE),
        new Readers(engine, current, sql, PATIENCE));
  }

  @Override
  public <T extends @Nullable Object> T write(Transaction<T> work) {
    refuseNesting();
    return writer.write(work);
  }

  @Override
  public <T extends @Nullable Object> T read(Transaction<T> query) {
    refuseNesting();
    return readers.read(query);
  }

  /** Finishes the work that waits, then closes; later calls throw {@link StoreUnavailableException}. */
  @Override
  public void close() {
    writer.close();
    readers.close();
  }

  /** How many units of work wait for the writer now. */
  int waiting() {
    return writer.waiting();
  }

  private void refuseNesting() {
    if (current.present()) {
      throw new IllegalStateException("a unit of work may not call the store again; use the client it was given");
    }
  }

  private static Connection connect(Engine engine) {
    try {
      return engine.openWriter();
    } catch (SQLException e) {
      throw new StoreUnavailableException(
          engine.outage(e, true).orElse("The database cannot be opened: " + e.getMessage() + "."), e);
    }
  }

  private static void close(Connection connection, RuntimeException reason) {
    try {
      connection.close();
    } catch (SQLException e) {
      reason.addSuppressed(e);
    }
  }
}
