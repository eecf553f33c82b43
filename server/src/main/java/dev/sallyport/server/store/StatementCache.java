package dev.sallyport.server.store;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * A connection whose closed prepared statements are kept for the next use of the same text. SQLite's driver compiles each text anew,
 * which costs more than running most of them. For one thread at a time, like the connection itself.
 */
final class StatementCache implements InvocationHandler {
  /** Statements kept; the server has fewer texts, but those with a list of values have one text for each length. */
  static final int MAX_KEPT = 128;

  private final Connection connection;
  private final LinkedHashMap<String, PreparedStatement> idle = new LinkedHashMap<>(MAX_KEPT, 0.75f, true);

  private StatementCache(Connection connection) {
    this.connection = connection;
  }

  /** The connection with such a cache. */
  static Connection around(Connection connection) {
    return (Connection) Proxy.newProxyInstance(StatementCache.class.getClassLoader(), new Class<?>[]{Connection.class},
        new StatementCache(connection));
  }

  /** How many statements such a connection keeps now. */
  static int kept(Connection cached) {
    return ((StatementCache) Proxy.getInvocationHandler(cached)).idle.size();
  }

  @Override
  public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) throws Throwable {
    if (method.getName().equals("prepareStatement") && arguments != null && arguments.length == 1) {
      String text = (String) arguments[0];
      PreparedStatement kept = idle.remove(text);
      return lent(text, kept == null ? connection.prepareStatement(text) : kept);
    }
    if (method.getName().equals("close")) {
      idle.clear(); // the driver closes a connection's statements with it
    }
    return call(connection, method, arguments);
  }

  private PreparedStatement lent(String text, PreparedStatement statement) {
    return (PreparedStatement) Proxy.newProxyInstance(StatementCache.class.getClassLoader(),
        new Class<?>[]{PreparedStatement.class}, new Loan(text, statement));
  }

  private void giveBack(String text, PreparedStatement statement) throws SQLException {
    statement.clearParameters();
    PreparedStatement other = idle.put(text, statement);
    if (other != null) {
      other.close();
    }
    if (idle.size() > MAX_KEPT) {
      idle.pollFirstEntry().getValue().close();
    }
  }

  private static @Nullable Object call(Object target, Method method, Object @Nullable [] arguments) throws Throwable {
    try {
      return method.invoke(target, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause() == null ? e : e.getCause();
    }
  }

  /** A statement in somebody's hands; closing it gives it back, unless it failed: then it is not used again. */
  private final class Loan implements InvocationHandler {
    private static final Set<String> OBJECT = Set.of("equals", "hashCode", "toString");

    private final String text;
    private final PreparedStatement statement;
    private @Nullable ResultSet rows;
    private boolean closed;
    private boolean failed;

    Loan(String text, PreparedStatement statement) {
      this.text = text;
      this.statement = statement;
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) throws Throwable {
      switch (method.getName()) {
        case "close" -> {
          end();
          return null;
        }
        case "isClosed" -> {
          return closed;
        }
        default -> {
          if (closed && !OBJECT.contains(method.getName())) {
            throw new SQLException("the statement is closed");
          }
        }
      }
      try {
        Object answer = call(statement, method, arguments);
        if (answer instanceof ResultSet query) {
          rows = query;
        }
        return answer;
      } catch (SQLException e) {
        failed = true;
        throw e;
      }
    }

    private void end() throws SQLException {
      if (closed) {
        return;
      }
      closed = true;
      if (rows != null) {
        rows.close(); // a query that was not read to its end would go on holding its tables
      }
      if (failed) {
        statement.close();
      } else {
        giveBack(text, statement);
      }
    }
  }
}
