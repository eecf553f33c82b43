package dev.sallyport.server.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

class SqliteStoreTest extends StoreContract {

  @Override
  Database newDatabase(Path directory) {
    return new Database.Sqlite(directory.resolve("sallyport.db"));
  }

  /** SQLite's own limit gives the very error of a full disk. It ends with the connection, which the store gives up. */
  @Override
  void fillTheDisk(JdbcClient sql) {
    sql.sql("PRAGMA max_page_count = 1").query(Long.class).single();
    sql.sql("INSERT INTO thing (name, bytes) VALUES ('big', zeroblob(1000000))").update();
  }

  @Test
  void nobodyElseMayReadTheFiles() throws Exception {
    store.write(sql -> insert(sql, "a"));

    try (var files = Files.list(directory)) {
      assertThat(files.toList()).isNotEmpty()
          .allSatisfy(
              f -> assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(f))).isEqualTo("rw-------"));
    }
  }

  @Test
  void flushesEveryCommit() {
    assertThat(store.<String>write(sql -> sql.sql("PRAGMA synchronous").query(String.class).single())).isEqualTo("2");
    assertThat(store.<String>write(sql -> sql.sql("PRAGMA journal_mode").query(String.class).single()))
        .isEqualTo("wal");
  }

  @Test
  void refusesADatabaseOfANewerServer() {
    store.write(sql -> sql
        .sql("INSERT INTO schema_history (installed_rank, version, description, type, script, checksum, "
            + "installed_by, execution_time, success) VALUES (99, '9999', 'future', 'SQL', 'V9999__future.sql', 1, 'x', 1, 1)")
        .update());
    store.close();

    assertThatThrownBy(() -> DatabaseStore.open(newDatabase(directory))).isInstanceOf(StoreUnavailableException.class)
        .hasMessageContaining("newer server");
  }

  @Test
  void refusesAFileThatIsNoDatabase() throws Exception {
    Path file = Files.writeString(directory.resolve("letter.db"), "Dear reader, ".repeat(1_000));

    assertThatThrownBy(() -> DatabaseStore.open(new Database.Sqlite(file)))
        .isInstanceOf(StoreUnavailableException.class)
        .hasMessageContaining("damaged");
  }

  @Test
  @DisplayName("kill -9: every change that was acknowledged is there afterwards")
  void survivesBeingKilled() throws Exception {
    store.close();
    for (int round = 0; round < 3; round++) {
      Process writer = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
          "--enable-native-access=ALL-UNNAMED", "-cp", System.getProperty("java.class.path"),
          KilledWriter.class.getName(),
          directory.resolve("sallyport.db").toString(), Integer.toString(round))
          .redirectError(ProcessBuilder.Redirect.INHERIT).start();
      List<String> acknowledged = new ArrayList<>();
      try (var lines = writer.inputReader()) {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
          if (line.startsWith("stored ") && line.endsWith(".")) {
            acknowledged.add(line.substring("stored ".length(), line.length() - 1));
          }
          if (acknowledged.size() == 500) {
            writer.toHandle().destroyForcibly(); // the process itself would close its output unread
          }
        }
      }
      assertThat(acknowledged).hasSizeGreaterThanOrEqualTo(500);
      try (var after = DatabaseStore.open(newDatabase(directory))) {
        assertThat(after.<List<String>>read(sql -> sql.sql("SELECT name FROM thing").query(String.class).list()))
            .containsAll(acknowledged);
      }
    }
    openStoreAgain();
  }

  private void openStoreAgain() {
    store = DatabaseStore.open(newDatabase(directory));
  }
}
