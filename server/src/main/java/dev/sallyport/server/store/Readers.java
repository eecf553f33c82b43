package dev.sallyport.server.store;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A few reading connections, opened when first needed, each lent to one caller at a time. */
final class Readers implements AutoCloseable {

  /** Connections that read at once. SQLite reads hold a carrier thread while they run, so this stays near the cores. */
  static final int MAX_READERS = 4;

  private static final Logger LOG = System.getLogger(Readers.class.getName());

  private final Engine engine;
  private final CurrentConnection current;
  private final JdbcClient sql;
  private final Duration patience;
  private final Semaphore places = new Semaphore(MAX_READERS, true);
  private final ConcurrentLinkedDeque<Connection> idle = new ConcurrentLinkedDeque<>();
  private volatile boolean closed;

  /** @param patience how long a caller may wait for a connection */
  Readers(Engine engine, CurrentConnection current, JdbcClient sql, Duration patience) {
    this.engine = engine;
    this.current = current;
    this.sql = sql;
    this.patience = patience;
  }

  <T extends @Nullable Object> T read(Transaction<T> query) {
    await();
    try {
      if (closed) {
        throw Intake.closing();
      }
      Connection kept = idle.pollFirst();
      if (kept != null) {
        try {
          return run(kept, query);
        } catch (SeveredException stale) { // it lay idle while the database restarted; a query may be asked twice
          LOG.log(Level.DEBUG, "a kept connection was dead", stale);
        }
      }
      try {
        return run(engine.openReader(), query);
      } catch (SeveredException e) {
        throw unavailable(e.cause);
      }
    } catch (SQLException e) {
      throw unavailable(e);
    } finally {
      places.release();
    }
  }

  @Override
  public void close() {
    closed = true;
    places.acquireUninterruptibly(MAX_READERS);
    for (Connection c = idle.pollFirst(); c != null; c = idle.pollFirst()) {
      discard(c);
    }
    places.release(MAX_READERS);
  }

  private <T extends @Nullable Object> T run(Connection connection, Transaction<T> query) throws SQLException {
    boolean sound = false;
    try {
      T answer = current.with(connection, () -> query.run(sql));
      connection.rollback();
      sound = true;
      return answer;
    } catch (RuntimeException e) {
      for (Throwable t = e; t != null; t = t.getCause()) {
        if (t instanceof SQLException s && engine.severed(s)) {
          throw new SeveredException(s);
        }
        if (t instanceof SQLException s && engine.outage(s, false).isPresent()) {
          throw unavailable(s);
        }
      }
      connection.rollback();
      sound = true;
      throw e;
    } finally {
      if (sound) {
        idle.addFirst(connection);
      } else {
        discard(connection);
      }
    }
  }

  private void await() {
    try {
      if (!places.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new StoreUnavailableException("The store is overloaded with queries. Repeat the request in a minute.");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoreUnavailableException("The request was given up while it waited for the store.", e);
    }
  }

  private StoreUnavailableException unavailable(SQLException e) {
    LOG.log(Level.ERROR, "reading from the database failed", e);
    return new StoreUnavailableException(
        engine.outage(e, false).orElse("The database failed. The server's log says why."), e);
  }

  private static void discard(Connection connection) {
    try {
      connection.close();
    } catch (SQLException e) {
      LOG.log(Level.DEBUG, "closing a reading connection failed", e);
    }
  }

  /** The connection is dead; the query itself may be sound. */
  private static final class SeveredException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final SQLException cause;

    SeveredException(SQLException cause) {
      super(cause);
      this.cause = cause;
    }
  }
}
