package dev.sallyport.server.store;

import java.io.IOException;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import java.util.Properties;
import java.util.UUID;
import javax.sql.DataSource;

import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.support.SQLExceptionTranslator;
import org.springframework.jdbc.support.SQLStateSQLExceptionTranslator;

/** PostgreSQL, with an advisory lock held by the writer's connection, so that a second server notices the first. */
final class PostgresEngine implements Engine {

  /** The advisory lock of all Sallyport servers on one database: "sallypor" in ASCII. */
  private static final String TRY_LOCK = "SELECT pg_try_advisory_lock(x'73616c6c79706f72'::bigint)";
  /**
   * When the way to the database broke, the database may hold our old connection, and its lock, for hours. It is ours by
   * its name, so it may be ended; waits up to 5 s until it is.
   */
  private static final String END_PREDECESSOR = """
      SELECT pg_terminate_backend(holder.pid, 5000)
      FROM pg_locks held JOIN pg_stat_activity holder USING (pid)
      WHERE held.locktype = 'advisory' AND held.objsubid = 1 AND held.granted
        AND held.classid = x'73616c6c'::bigint::oid AND held.objid = x'79706f72'::bigint::oid
        AND holder.application_name = ? AND holder.pid <> pg_backend_pid()""";
  private static final String OBJECT_IN_USE = "55006";
  /** Until a connection stands, its log-in included. */
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
  /** Until an answer; a database that says nothing for so long counts as gone. */
  private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(30);

  private final Database.Postgres place;
  /** Names this process among the database's clients. */
  private final String instance = "sallyport " + UUID.randomUUID();

  PostgresEngine(Database.Postgres place) {
    this.place = place;
  }

  @Override
  public DataSource migrations() {
    var properties = new Properties();
    properties.setProperty("user", place.user());
    properties.setProperty("password", password());
    properties.setProperty("connectTimeout", Long.toString(CONNECT_TIMEOUT.toSeconds()));
    properties.setProperty("loginTimeout", Long.toString(CONNECT_TIMEOUT.toSeconds()));
    properties.setProperty("socketTimeout", Long.toString(ANSWER_TIMEOUT.toSeconds()));
    properties.setProperty("tcpKeepAlive", "true");
    properties.setProperty("ApplicationName", instance);
    return new DriverManagerDataSource(place.url(), properties);
  }

  @Override
  public Connection openWriter() throws SQLException {
    Connection writer = migrations().getConnection();
    try (Statement statement = writer.createStatement()) {
      if (!yes(statement, TRY_LOCK)) {
        endPredecessor(writer);
        if (!yes(statement, TRY_LOCK)) {
          throw new SQLException("another server holds the database", OBJECT_IN_USE);
        }
      }
      statement.execute("SET synchronous_commit = on");
      return writer;
    } catch (SQLException e) {
      writer.close();
      throw e;
    }
  }

  @Override
  public Connection openReader() throws SQLException {
    Connection reader = migrations().getConnection();
    try {
      reader.setReadOnly(true);
      reader.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
      reader.setAutoCommit(false);
      return reader;
    } catch (SQLException e) {
      reader.close();
      throw e;
    }
  }

  @Override
  public SQLExceptionTranslator translator() {
    return new SQLStateSQLExceptionTranslator();
  }

  @Override
  public Optional<String> outage(SQLException error, boolean writing) {
    String state = error.getSQLState() == null ? "" : error.getSQLState();
    if (severed(error)) {
      return Optional
          .of("The database at " + place.url() + " does not answer. Start it, or mend the way to it, and repeat "
              + "the request.");
    }
    return switch (state) {
      case "53100" ->
        Optional.of("The disk of the database at " + place.url() + " is full. Free some space and repeat the "
            + "request.");
      case "53200", "53300" ->
        Optional.of("The database at " + place.url() + " has no memory or no connection left for this "
            + "server. Raise its limits (max_connections) or stop what else uses them.");
      case OBJECT_IN_USE ->
        Optional.of("Another Sallyport server uses the database at " + place.url() + ". Stop it, or give this "
            + "server a database of its own.");
      case "28P01", "28000" -> Optional.of("The database at " + place.url() + " refuses the log-in of '" + place.user()
          + "'. Put the right password into " + place.passwordFile() + ".");
      case "3D000" -> Optional.of("There is no database at " + place.url() + ". Create it: createdb -O " + place.user()
          + " NAME.");
      case "42501" -> Optional.of("The role '" + place.user() + "' may not use the database at " + place.url()
          + ". Make it the owner of the database.");
      case "25006" -> !writing
          ? Optional.empty()
          : Optional.of("The database at " + place.url() + " is read-only, a standby perhaps. Point the setting "
              + "'database' to the primary.");
      default -> Optional.empty();
    };
  }

  /** Class 08 is a broken connection; class 57P and 58 a server that stops, crashed or lost its files. */
  @Override
  public boolean severed(SQLException error) {
    String state = error.getSQLState() == null ? "" : error.getSQLState();
    return state.startsWith("08") || state.startsWith("57P") || state.startsWith("58");
  }

  @Override
  public void farewell(Connection writer) {
    // Closing the connection gives the lock back.
  }

  private void endPredecessor(Connection connection) throws SQLException {
    try (PreparedStatement end = connection.prepareStatement(END_PREDECESSOR)) {
      end.setString(1, instance);
      end.execute();
    }
  }

  private static boolean yes(Statement statement, String question) throws SQLException {
    try (ResultSet answer = statement.executeQuery(question)) {
      return answer.next() && answer.getBoolean(1);
    }
  }

  private String password() {
    try (var lines = Files.lines(place.passwordFile())) {
      return lines.findFirst().orElse("");
    } catch (IOException e) {
      throw new StoreUnavailableException(
          "The password file " + place.passwordFile() + " cannot be read. Create it with the "
              + "password as its first line, readable by the server's user only.",
          e);
    }
  }
}
