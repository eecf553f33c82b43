package dev.sallyport.server.store;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;

/** A real PostgreSQL for tests; ends with the virtual machine, because it lives as long as its standard input. */
public final class PostgresServer {

  private static final String PASSWORD = "for tests only";
  private static final String WITH_TABLES = "with_tables";
  private static final AtomicInteger DATABASES = new AtomicInteger();

  private final Process process;
  private final BufferedReader answers;
  private final Writer orders;
  private final int port;
  private final Path passwordFile;
  private boolean tablesMade;

  /** Starts one; without PostgreSQL on this machine the test fails and says what to install. */
  public PostgresServer() {
    try {
      port = freePort();
      process = new ProcessBuilder("src/test/sh/postgres", Integer.toString(port), PASSWORD)
          .redirectError(ProcessBuilder.Redirect.INHERIT).start();
      answers = process.inputReader();
      orders = process.outputWriter();
      expect("ready");
      passwordFile = Files.createTempFile("sallyport", ".password");
      Files.writeString(passwordFile, PASSWORD + "\n");
      passwordFile.toFile().deleteOnExit();
    } catch (IOException e) {
      throw new UncheckedIOException("the test script src/test/sh/postgres could not be run", e);
    }
  }

  /** The one that most tests share. */
  public static PostgresServer shared() {
    return Shared.SERVER;
  }

  /** A new, empty database. */
  public Database.Postgres newDatabase() {
    return newDatabase("template1");
  }

  /** A new database with this version's tables; copying one is several times faster than making them. */
  public synchronized Database.Postgres newDatabaseWithTables() {
    if (!tablesMade) {
      Database.Postgres first = newDatabase();
      DatabaseStore.open(first).close();
      execute("ALTER DATABASE " + name(first) + " RENAME TO " + WITH_TABLES);
      tablesMade = true;
    }
    return newDatabase(WITH_TABLES);
  }

  private Database.Postgres newDatabase(String template) {
    String name = "test" + DATABASES.incrementAndGet();
    execute("CREATE DATABASE " + name + " TEMPLATE " + template);
    return new Database.Postgres(url(name), "sallyport", passwordFile);
  }

  private void execute(String order) {
    try (Connection admin = connect("postgres"); Statement statement = admin.createStatement()) {
      statement.execute(order);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A connection beside the store's own. */
  public Connection connect(Database.Postgres database) throws SQLException {
    return connect(name(database));
  }

  /** Ends the database at once, as a power cut would. */
  public void kill() {
    order("kill", "killed");
  }

  /** Starts it again after {@link #kill}. */
  public void start() {
    order("start", "ready");
  }

  private static String name(Database.Postgres database) {
    return database.url().substring(database.url().lastIndexOf('/') + 1);
  }

  private Connection connect(String name) throws SQLException {
    return DriverManager.getConnection(url(name), "sallyport", PASSWORD);
  }

  private String url(String name) {
    return "jdbc:postgresql://127.0.0.1:" + port + "/" + name;
  }

  private void order(String order, String answer) {
    try {
      orders.write(order + "\n");
      orders.flush();
      expect(answer);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void expect(String answer) throws IOException {
    String line = answers.readLine();
    if (!answer.equals(line)) {
      throw new IllegalStateException("no PostgreSQL for the tests; src/test/sh/postgres says why on standard error");
    }
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static final class Shared {
    static final PostgresServer SERVER = new PostgresServer();
  }
}
