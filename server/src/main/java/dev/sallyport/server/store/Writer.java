package dev.sallyport.server.store;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The one thread that writes, and why there is only one.
 *
 * <p>
 * A commit costs a flush of the disk, a statement does not. So whatever has gathered while the last commit was being
 * flushed becomes the next batch: one transaction, one flush, as many units of work as came. Alone, a unit waits for
 * nobody; under load the batch grows by itself.
 *
 * <p>
 * Inside a batch each unit stands in a savepoint of its own; one that has the batch for itself needs none. A unit that throws is rolled back to it and its neighbours
 * do not notice. Every caller, refused or not, is answered only after the commit: a refusal ("this name is taken") may
 * rest on what a neighbour wrote a moment ago, and must not outlive it.
 *
 * <p>
 * When the database as a whole fails (disk full, server gone), nobody in the batch is told that anything was stored. If
 * the connection broke before the commit was sent, nothing can have been stored, and the batch is run once more on a new
 * connection; a unit of work can therefore run twice and has no effect but through its statements. If it broke during
 * the commit, nobody knows, and the callers are told that it failed: whoever repeats an order names it by an identifier
 * of its own.
 *
 * <p>
 * The connection, the statements on it and the batch belong to this thread alone; the {@link Intake} is the only thing
 * shared with callers.
 */
final class Writer implements AutoCloseable {

  /** Units of work in one transaction; bounds how long the first of them waits for its neighbours. */
  static final int MAX_BATCH = 1_024;

  private static final Logger LOG = System.getLogger(Writer.class.getName());

  private final Engine engine;
  private final CurrentConnection current;
  private final JdbcClient sql;
  private final Intake intake;
  private final Thread thread;
  private @Nullable Connection connection;

  /** Starts writing on {@code connection}, which {@code engine} opened. */
  Writer(Engine engine, Connection connection, CurrentConnection current, JdbcClient sql, Duration patience) {
    this.engine = engine;
    this.connection = connection;
    this.current = current;
    this.sql = sql;
    this.intake = new Intake(patience);
    this.thread = Thread.ofPlatform().name("store-writer").start(this::loop);
  }

  <T extends @Nullable Object> T write(Transaction<T> work) {
    var unit = new UnitOfWork<T>(work);
    intake.add(unit);
    return unit.await();
  }

  int waiting() {
    return intake.size();
  }

  /** Takes no more work, finishes what waits, and returns when the connection is closed. */
  @Override
  public void close() {
    intake.close();
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void loop() {
    var batch = new ArrayList<UnitOfWork<?>>(MAX_BATCH);
    for (intake.take(batch, MAX_BATCH); !batch.isEmpty(); intake.take(batch, MAX_BATCH)) {
      try {
        store(batch);
      } catch (RuntimeException | Error e) {
        LOG.log(Level.ERROR, "a batch failed in an unforeseen way", e);
        drop();
        lose(batch, new StoreUnavailableException("The store failed. The server's log says why.", e));
      }
      batch.clear();
    }
    leave();
  }

  private void store(List<UnitOfWork<?>> batch) {
    try {
      run(batch);
    } catch (Outage | SQLException first) {
      drop();
      if (!engine.severed(cause(first))) {
        lose(batch, unavailable(cause(first)));
        return;
      }
      try {
        run(batch);
      } catch (Outage | SQLException second) {
        drop();
        lose(batch, unavailable(cause(second)));
        return;
      }
    }
    try {
      connection().setAutoCommit(true); // commits; between batches no transaction is open
    } catch (SQLException e) {
      drop();
      lose(batch, unavailable(e));
      return;
    }
    batch.forEach(UnitOfWork::committed);
  }

  /** Runs all units in one transaction, each in a savepoint, and leaves the transaction open. To one that is alone the transaction is its savepoint. */
  private void run(List<UnitOfWork<?>> batch) throws SQLException, Outage {
    Connection writer = connection();
    writer.setAutoCommit(false);
    if (batch.size() == 1) {
      UnitOfWork<?> unit = batch.getFirst();
      if (!carriedOut(unit, writer)) {
        writer.rollback();
      }
      return;
    }
    try (PreparedStatement begin = writer.prepareStatement("SAVEPOINT unit");
        PreparedStatement undo = writer.prepareStatement("ROLLBACK TO SAVEPOINT unit");
        PreparedStatement keep = writer.prepareStatement("RELEASE SAVEPOINT unit")) {
      for (UnitOfWork<?> unit : batch) {
        begin.execute();
        if (!carriedOut(unit, writer)) {
          undo.execute();
        }
        keep.execute();
      }
    }
  }

  /** Runs one unit; false if it threw, and what it wrote is to be undone. */
  private boolean carriedOut(UnitOfWork<?> unit, Connection writer) throws Outage {
    try {
      current.with(writer, () -> {
        unit.run(sql);
        return unit;
      });
      return true;
    } catch (RuntimeException | Error refusal) {
      rethrowOutage(refusal);
      unit.refused(refusal);
      return false;
    }
  }

  private void rethrowOutage(Throwable refusal) throws Outage {
    for (Throwable t = refusal; t != null; t = t.getCause()) {
      if (t instanceof SQLException e && engine.outage(e, true).isPresent()) {
        throw new Outage(e);
      }
    }
  }

  private Connection connection() throws SQLException {
    Connection open = connection;
    if (open == null) {
      open = engine.openWriter();
      connection = open;
      LOG.log(Level.INFO, "the store's writer is connected again");
    }
    return open;
  }

  /** Gives up the connection and with it the open transaction, of which nothing is kept. */
  private void drop() {
    Connection broken = connection;
    connection = null;
    if (broken == null) {
      return;
    }
    try (broken) {
      broken.rollback();
    } catch (SQLException e) {
      LOG.log(Level.DEBUG, "closing a broken connection failed, as was to be expected", e);
    }
  }

  private void leave() {
    Connection last = connection;
    if (last == null) {
      return;
    }
    try (last) {
      engine.farewell(last);
    } catch (SQLException e) {
      LOG.log(Level.WARNING, "the database did not close in order; nothing stored is lost", e);
    }
  }

  private StoreUnavailableException unavailable(SQLException e) {
    Optional<String> outage = engine.outage(e, true);
    return new StoreUnavailableException(outage.orElse("The database failed. The server's log says why."), e);
  }

  private static void lose(List<UnitOfWork<?>> batch, StoreUnavailableException reason) {
    LOG.log(Level.ERROR, reason.getMessage() + " Not stored: " + batch.size() + " change(s).", reason.getCause());
    batch.forEach(unit -> unit.lost(reason));
  }

  private static SQLException cause(Exception e) {
    return switch (e) {
      case SQLException s -> s;
      case Outage o -> o.cause;
      default -> throw new IllegalArgumentException(e);
    };
  }

  /** A statement of a unit failed for a reason that concerns the whole database. */
  private static final class Outage extends Exception {
    private static final long serialVersionUID = 1L;
    private final SQLException cause;

    Outage(SQLException cause) {
      super(cause);
      this.cause = cause;
    }
  }
}
