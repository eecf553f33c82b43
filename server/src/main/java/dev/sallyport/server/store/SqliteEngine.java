package dev.sallyport.server.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import javax.sql.DataSource;

import org.jspecify.annotations.Nullable;
import org.springframework.dao.CannotAcquireLockException;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.UncategorizedSQLException;
import org.springframework.jdbc.support.SQLExceptionTranslator;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.JournalMode;
import org.sqlite.SQLiteConfig.SynchronousMode;
import org.sqlite.SQLiteConfig.TransactionMode;
import org.sqlite.SQLiteDataSource;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;
import org.sqlite.SQLiteOpenMode;

/** SQLite: write-ahead log, every commit flushed, one writer and readers that never wait for it. */
final class SqliteEngine implements Engine {

  /** How long a connection waits for another's lock; only a checkpoint or a backup tool can hold one. */
  private static final Duration BUSY_TIMEOUT = Duration.ofSeconds(5);
  /** Pages each connection keeps in memory, in KiB (SQLite counts them as a negative number). */
  private static final int CACHE_KIB = 4_096;

  private final Path file;

  SqliteEngine(Path file) {
    this.file = file;
    createPrivate(file);
  }

  @Override
  public DataSource migrations() {
    return source(TransactionMode.DEFERRED);
  }

  @Override
  public Connection openWriter() throws SQLException {
    Connection writer = source(TransactionMode.IMMEDIATE).getConnection();
    try (Statement statement = writer.createStatement();
        ResultSet mode = statement.executeQuery("PRAGMA journal_mode")) {
      if (!mode.next() || !"wal".equalsIgnoreCase(mode.getString(1))) {
        throw new SQLException("no write-ahead log on this file system; put the data directory on a local disk");
      }
      return StatementCache.around(writer);
    } catch (SQLException e) {
      writer.close();
      throw e;
    }
  }

  @Override
  public Connection openReader() throws SQLException {
    Connection reader = source(TransactionMode.DEFERRED).getConnection();
    try (Statement statement = reader.createStatement()) {
      statement.execute("PRAGMA query_only = ON");
      reader.setAutoCommit(false);
      return StatementCache.around(reader);
    } catch (SQLException e) {
      reader.close();
      throw e;
    }
  }

  @Override
  public SQLExceptionTranslator translator() {
    return SqliteEngine::translate;
  }

  @Override
  public Optional<String> outage(SQLException error, boolean writing) {
    return switch (code(error)) {
      case SQLITE_FULL ->
        Optional.of("The disk that holds " + file + " is full. Free some space and repeat the request.");
      case SQLITE_READONLY -> writing ? Optional.of(closed()) : Optional.empty();
      case SQLITE_PERM, SQLITE_CANTOPEN, SQLITE_AUTH -> Optional.of(closed());
      case SQLITE_IOERR -> Optional.of("Reading or writing the database " + file
          + " failed. Look at the disk's health and at the space left on it.");
      case SQLITE_CORRUPT, SQLITE_NOTADB -> Optional.of("The database " + file
          + " is damaged. Stop the server and put the last backup in its place.");
      case SQLITE_BUSY, SQLITE_LOCKED -> Optional.of("Another program holds the database " + file
          + " locked. Close it and repeat the request.");
      default -> Optional.empty();
    };
  }

  private String closed() {
    return "The database " + file + " cannot be opened for writing. Let the server's user own it and its directory.";
  }

  /** Never: there is no other end that could come back. */
  @Override
  public boolean severed(SQLException error) {
    return false;
  }

  @Override
  public void farewell(Connection writer) throws SQLException {
    try (Statement statement = writer.createStatement()) {
      statement.execute("PRAGMA optimize");
      statement.execute("PRAGMA wal_checkpoint(TRUNCATE)");
    }
  }

  private SQLiteDataSource source(TransactionMode mode) {
    var config = new SQLiteConfig();
    config.setJournalMode(JournalMode.WAL);
    config.setSynchronous(SynchronousMode.FULL);
    config.setBusyTimeout((int) BUSY_TIMEOUT.toMillis());
    config.enforceForeignKeys(true);
    config.setCacheSize(-CACHE_KIB);
    config.setTransactionMode(mode);
    config.resetOpenMode(SQLiteOpenMode.CREATE);
    var source = new SQLiteDataSource(config);
    source.setUrl("jdbc:sqlite:" + file);
    return source;
  }

  /** SQLite would take the process's umask; its side files take the mode of this one. */
  private static void createPrivate(Path file) {
    try {
      Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    } catch (FileAlreadyExistsException e) {
      return; // the usual case; its mode is the owner's business
    } catch (IOException e) {
      throw new UncheckedIOException("cannot create the database " + file, e);
    }
  }

  private static DataAccessException translate(String task, @Nullable String sql,
      SQLException e) {
    SQLiteErrorCode extended = e instanceof SQLiteException s ? s.getResultCode() : SQLiteErrorCode.SQLITE_ERROR;
    return switch (extended) {
      case SQLITE_CONSTRAINT_UNIQUE, SQLITE_CONSTRAINT_PRIMARYKEY, SQLITE_CONSTRAINT_ROWID ->
        new DuplicateKeyException(task, e);
      default -> switch (code(e)) {
        case SQLITE_CONSTRAINT, SQLITE_MISMATCH, SQLITE_TOOBIG -> new DataIntegrityViolationException(task, e);
        case SQLITE_BUSY, SQLITE_LOCKED -> new CannotAcquireLockException(task, e);
        default -> new UncategorizedSQLException(task, sql, e);
      };
    };
  }

  /** The primary result code, whatever the extended one. */
  private static SQLiteErrorCode code(SQLException e) {
    return SQLiteErrorCode.getErrorCode(e.getErrorCode() & 0xff);
  }
}
