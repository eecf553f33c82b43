package dev.sallyport.server.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

class PostgresStoreTest extends StoreContract {

  private Database.Postgres database = PostgresServer.shared().newDatabase();

  @Override
  Database newDatabase(Path directory) {
    return database;
  }

  /** A tablespace of a few pages would need root; the error itself is the server's real one. */
  @Override
  void fillTheDisk(JdbcClient sql) {
    sql.sql("DO $$ BEGIN RAISE EXCEPTION 'disk full' USING ERRCODE = 'disk_full'; END $$").update();
  }

  @Test
  void keepsASecondServerOut() {
    assertThatThrownBy(() -> DatabaseStore.open(database)).isInstanceOf(StoreUnavailableException.class)
        .hasMessageContaining("Another Sallyport server uses");
  }

  @Test
  void takesItsOwnLockBackFromAConnectionThatHangs() throws SQLException {
    var fresh = PostgresServer.shared().newDatabase();
    var engine = new PostgresEngine(fresh);
    try (Connection hanging = engine.openWriter(); Connection next = engine.openWriter()) {
      assertThat(next.isValid(5)).isTrue();
      assertThat(hanging.isValid(5)).isFalse();
    }
  }

  @Test
  void goesOnWhenTheDatabaseEndedItsIdleConnections() throws SQLException {
    store.write(sql -> insert(sql, "before"));
    assertThat(names()).hasSize(1);
    try (Connection admin = PostgresServer.shared().connect(database); Statement statement = admin.createStatement()) {
      statement
          .execute("SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = current_database() "
              + "AND pid <> pg_backend_pid()");
    }

    assertThat(names()).containsExactly("before");
    store.write(sql -> insert(sql, "after"));
    assertThat(names()).containsExactly("after", "before");
  }

  @Test
  void saysThatTheDatabaseIsGoneAndGoesOnWhenItIsBack() {
    var own = new PostgresServer();
    try (var mortal = DatabaseStore.open(own.newDatabase())) {
      mortal.write(sql -> sql.sql("CREATE TABLE thing (name TEXT)").update());
      own.kill();

      assertThatThrownBy(() -> mortal.write(sql -> insert(sql, "lost"))).isInstanceOf(StoreUnavailableException.class)
          .hasMessageContaining("does not answer");
      assertThatThrownBy(() -> mortal.read(StoreContract::count)).isInstanceOf(StoreUnavailableException.class)
          .hasMessageContaining("does not answer");

      own.start();
      mortal.write(sql -> insert(sql, "kept"));
      assertThat(mortal.<String>read(sql -> sql.sql("SELECT name FROM thing").query(String.class).single()))
          .isEqualTo("kept");
    } finally {
      own.kill();
    }
  }

  @Test
  void saysWhatIsWrongWithAWrongPasswordDatabaseOrPasswordFile() throws Exception {
    Path wrong = Files.writeString(directory.resolve("wrong"), "wrong\n");

    assertThatThrownBy(() -> DatabaseStore.open(new Database.Postgres(database.url(), "sallyport", wrong)))
        .isInstanceOf(StoreUnavailableException.class).hasMessageContaining("refuses the log-in");
    assertThatThrownBy(() -> DatabaseStore
        .open(new Database.Postgres(database.url() + "_missing", "sallyport", database.passwordFile())))
        .isInstanceOf(StoreUnavailableException.class).hasMessageContaining("no database");
    assertThatThrownBy(() -> DatabaseStore
        .open(new Database.Postgres(database.url(), "sallyport", directory.resolve("missing"))))
        .isInstanceOf(StoreUnavailableException.class).hasMessageContaining("cannot be read");
  }
}
