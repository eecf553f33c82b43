package dev.sallyport.server.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StatementCacheTest {
  private Connection connection;

  @BeforeEach
  void open() throws SQLException {
    connection = StatementCache.around(DriverManager.getConnection("jdbc:sqlite::memory:"));
    try (Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE thing (id INTEGER PRIMARY KEY, name TEXT)");
    }
  }

  @AfterEach
  void close() throws SQLException {
    connection.close();
  }

  @Test
  void usesAStatementAgainWithNewValuesOnly() throws SQLException {
    for (String name : new String[]{"first", "second"}) {
      try (PreparedStatement insert = connection.prepareStatement("INSERT INTO thing (name) VALUES (?)")) {
        insert.setString(1, name);
        insert.executeUpdate();
      }
    }
    try (PreparedStatement insert = connection.prepareStatement("INSERT INTO thing (name) VALUES (?)")) {
      insert.executeUpdate(); // the value of the last time is gone
    }
    assertThat(names()).isEqualTo("first second null ");
  }

  @Test
  void lendsTheSameTextTwiceAtATime() throws SQLException {
    try (PreparedStatement one = connection.prepareStatement("SELECT ?");
        PreparedStatement two = connection.prepareStatement("SELECT ?")) {
      one.setInt(1, 1);
      two.setInt(1, 2);
      try (ResultSet first = one.executeQuery(); ResultSet second = two.executeQuery()) {
        assertThat(first.getInt(1)).isEqualTo(1);
        assertThat(second.getInt(1)).isEqualTo(2);
      }
    }
  }

  @Test
  void endsAQueryThatWasNotReadToItsEnd() throws SQLException {
    names();
    try (PreparedStatement insert = connection.prepareStatement("INSERT INTO thing (name) VALUES ('a'), ('b')")) {
      insert.executeUpdate();
    }
    try (PreparedStatement query = connection.prepareStatement("SELECT name FROM thing ORDER BY id")) {
      ResultSet rows = query.executeQuery();
      assertThat(rows.next()).isTrue();
    }
    try (Statement statement = connection.createStatement()) {
      statement.execute("DROP TABLE thing"); // refused as long as a query reads it
    }
  }

  @Test
  void givesWhatWasClosedToNobody() throws SQLException {
    PreparedStatement statement = connection.prepareStatement("SELECT 1");
    statement.close();
    statement.close();

    assertThat(statement.isClosed()).isTrue();
    assertThatThrownBy(statement::executeQuery).isInstanceOf(SQLException.class).hasMessageContaining("closed");
  }

  @Test
  void goesOnAfterAStatementThatFailed() throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement("INSERT INTO thing (id) VALUES (?)")) {
      insert.setInt(1, 7);
      insert.executeUpdate();
      assertThatThrownBy(insert::executeUpdate).isInstanceOf(SQLException.class).hasMessageContaining("UNIQUE");
    }
    try (PreparedStatement insert = connection.prepareStatement("INSERT INTO thing (id) VALUES (?)")) {
      insert.setInt(1, 8);
      assertThat(insert.executeUpdate()).isEqualTo(1);
    }
  }

  @Test
  void keepsNoMoreStatementsThanItsLimit() throws SQLException {
    for (int i = 0; i < 3 * StatementCache.MAX_KEPT; i++) {
      try (PreparedStatement query = connection.prepareStatement("SELECT " + i); ResultSet row = query.executeQuery()) {
        assertThat(row.getInt(1)).isEqualTo(i);
      }
    }
    assertThat(StatementCache.kept(connection)).isEqualTo(StatementCache.MAX_KEPT);
  }

  private String names() throws SQLException {
    var names = new StringBuilder();
    try (PreparedStatement query = connection.prepareStatement("SELECT name FROM thing ORDER BY id");
        ResultSet rows = query.executeQuery()) {
      while (rows.next()) {
        names.append(rows.getString(1)).append(' ');
      }
    }
    return names.toString();
  }
}
