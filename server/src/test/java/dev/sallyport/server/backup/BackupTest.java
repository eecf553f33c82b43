package dev.sallyport.server.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;

import dev.sallyport.protocol.Bytes;
import dev.sallyport.server.store.Database;
import dev.sallyport.server.store.DatabaseDump;
import dev.sallyport.server.store.DatabaseStore;
import dev.sallyport.server.store.TableReader;
import dev.sallyport.server.store.TestDatabase;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class BackupTest {
  private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
  private static final String ODD = "quotes ' \" \\ and tab\t, 日本語, \uD83D\uDE00, line\nbreak";

  @TempDir
  Path directory;

  private ServerPlace server;

  @BeforeEach
  void aServerHasLivedHere() throws IOException {
    Path data = Files.createDirectory(directory.resolve("data"));
    server = new ServerPlace(data, data.resolve("keys"), new Database.Sqlite(data.resolve("sallyport.db")));
    write("keys/vault.key", "the key of the vault");
    write("keys/tls/certificate.pem", "a certificate");
    write("files/0a0b", "what somebody has pushed");
    write("files/0c.part", "half of an upload");
    write("run/web.sock", "of the process");
    write("lock", "");
    write("libraries/" + "f".repeat(120) + ".jar", "a library with a name that is too long for an old tar");
    fill(server.database());
  }

  @ParameterizedTest
  @EnumSource(TestDatabase.class)
  void everythingComesBackIntoEitherDatabase(TestDatabase kind) throws Exception {
    Path data = directory.resolve("new");
    var place = new ServerPlace(data, directory.resolve("new-keys"),
        kind.fresh(Files.createDirectory(directory.resolve("elsewhere"))));
    byte[] backup = backup();

    Contents contents = Restore.read(in(backup), place, (_, _, _) -> {
    });

    assertThat(rows(place.database())).isEqualTo(rows(server.database()));
    assertThat(contents.rows()).isEqualTo(rows(server.database()).values().stream().mapToLong(List::size).sum());
    assertThat(Files.readString(directory.resolve("new-keys/vault.key"))).isEqualTo("the key of the vault");
    assertThat(Files.readString(directory.resolve("new-keys/tls/certificate.pem"))).isEqualTo("a certificate");
    assertThat(Files.readString(data.resolve("files/0a0b"))).isEqualTo("what somebody has pushed");
    assertThat(data.resolve("libraries/" + "f".repeat(120) + ".jar")).exists();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve("new-keys/vault.key"))))
        .isEqualTo("rw-------");
  }

  @Test
  void whatLivesWithTheProcessOrIsHalfwayThereStaysBehind() throws Exception {
    ServerPlace place = emptyPlace();

    Restore.read(in(backup()), place, (_, _, _) -> {
    });

    assertThat(names(place.data())).contains("sallyport.db", "files/0a0b", "keys/vault.key")
        .doesNotContain("lock", "run/web.sock", "files/0c.part", Restore.UNFINISHED);
  }

  @Test
  void theRowsAreThoseOfOneMomentWhileTheServerGoesOn() throws Exception {
    try (DatabaseStore running = DatabaseStore.open(server.database());
        DatabaseDump dump = DatabaseDump.open(server.database())) {
      running.write(sql -> sql.sql("UPDATE site SET name = 'later'").update());

      var then = new Rows();
      dump.read(then);

      assertThat(then.tables).extractingByKey("site").asString().doesNotContain("later");
      assertThat(rows(server.database())).extractingByKey("site").asString().contains("later");
    }
  }

  @Test
  void aBackupThatWasCutShortLeavesThePlaceEmpty() throws Exception {
    ServerPlace place = emptyPlace();
    byte[] backup = backup();

    for (int length : new int[]{10, backup.length / 2, backup.length - 9}) {
      assertThatThrownBy(() -> Restore.read(in(Arrays.copyOf(backup, length)), place, (_, _, _) -> {
      })).isInstanceOf(IOException.class);

      assertThat(names(place.data())).isEmpty();
    }
    Restore.read(in(backup), place, (_, _, _) -> {
    });
    assertThat(rows(place.database())).isEqualTo(rows(server.database()));
  }

  @Test
  void whatEndsWithoutProvingToBeWholeIsNotPutInPlace() throws Exception {
    ServerPlace place = emptyPlace();
    InputStream unproven = new FilterInputStream(in(backup())) {
      @Override
      public int read(byte[] into, int offset, int length) throws IOException {
        int count = super.read(into, offset, length);
        if (count < 0) {
          throw new IOException("it was changed or cut short");
        }
        return count;
      }
    };

    assertThatThrownBy(() -> Restore.read(unproven, place, (_, _, _) -> {
    })).isInstanceOf(IOException.class).hasMessageContaining("cut short");
    assertThat(names(place.data())).isEmpty();
  }

  @Test
  void aPlaceWithAServerInItIsLeftAlone() throws Exception {
    byte[] backup = backup();
    List<String> before = names(server.data());

    assertThatThrownBy(() -> Restore.read(in(backup), server, (_, _, _) -> {
    })).isInstanceOf(BackupException.class).hasMessageContaining("empty place");
    assertThat(names(server.data())).isEqualTo(before);
  }

  @Test
  void settingsThatAreThereAlreadyCount() throws Exception {
    write("sallyport.properties", "port = 1");
    ServerPlace place = emptyPlace();
    Files.createDirectory(place.data());
    Files.writeString(place.data().resolve("sallyport.properties"), "port = 2");

    Restore.read(in(backup()), place, (_, _, _) -> {
    });

    assertThat(Files.readString(place.data().resolve("sallyport.properties"))).isEqualTo("port = 2");
  }

  @Test
  void anEntryThatLeadsOutOfTheDirectoryIsRefused() throws Exception {
    for (String name : List.of("data/../../evil", "keys/../../../evil", "/etc/evil", "elsewhere/x")) {
      ServerPlace place = emptyPlace();
      byte[] forged = forged(entry(Manifest.NAME, new Manifest("1", schema(), NOW).encode()),
          entry(name, new byte[]{1}));

      assertThatThrownBy(() -> Restore.read(in(forged), place, (_, _, _) -> {
      })).as(name).isInstanceOf(BackupException.class).hasMessageContaining("damaged");
      assertThat(directory.resolve("evil")).doesNotExist();
      assertThat(names(place.data())).isEmpty();
    }
  }

  @Test
  void aBackupOfANewerServerNamesWhatToDo() throws Exception {
    byte[] newer = forged(entry(Manifest.NAME, new Manifest("9.9", "99999", NOW).encode()));

    assertThatThrownBy(() -> Restore.read(in(newer), emptyPlace(), (_, _, _) -> {
    })).isInstanceOf(BackupException.class).hasMessageContaining("newer");
  }

  @Test
  void anotherProgramsFileIsNoBackup() throws Exception {
    byte[] other = forged(entry("readme.txt", new byte[]{1}));

    assertThatThrownBy(() -> Restore.read(in(other), emptyPlace(), (_, _, _) -> {
    })).isInstanceOf(BackupException.class).hasMessageContaining("not a backup");
  }

  @Test
  void aDirectoryWithoutAServerHasNothingToSave() throws Exception {
    ServerPlace place = emptyPlace();

    assertThatThrownBy(() -> Backup.write(place, new ByteArrayOutputStream(), "1", NOW, (_, _, _) -> {
    })).isInstanceOf(BackupException.class).hasMessageContaining("There is no database");
  }

  // -- helpers ------------------------------------------------------------------------------------------------------

  private ServerPlace emptyPlace() {
    Path data = directory.resolve("empty");
    return new ServerPlace(data, data.resolve("keys"), new Database.Sqlite(data.resolve("sallyport.db")));
  }

  private String schema() {
    try (DatabaseDump dump = DatabaseDump.open(server.database())) {
      return dump.schema();
    }
  }

  private byte[] backup() throws BackupException, IOException {
    var to = new ByteArrayOutputStream();
    Backup.write(server, to, "1.2.3", NOW, (_, _, _) -> {
    });
    return to.toByteArray();
  }

  private void write(String name, String text) throws IOException {
    Path file = server.data().resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  /** Rows in tables that refer to each other, with every kind of value, and more than are sent at once. */
  private static void fill(Database database) {
    try (DatabaseStore store = DatabaseStore.open(database)) {
      store.write(sql -> {
        sql.sql("INSERT INTO site (id, name, created) VALUES ('s', ?, 1)").param(ODD).update();
        for (int i = 0; i < 500; i++) {
          sql.sql("INSERT INTO vault_key (id) VALUES (?)").param((long) i - 250).update();
        }
        sql.sql(
            "INSERT INTO account (id, name, role, password_hash, enabled, created) VALUES ('a', 'ada', 'OWNER', 'h', 1, 1)")
            .update();
        sql.sql(
            "INSERT INTO api_token (id, account, secret_hash, label, role, created, expires) VALUES ('t', 'a', ?, '', 'OWNER', 1, ?)")
            .params(new byte[]{0, -1, 127, '"'}, Long.MAX_VALUE).update();
        return null;
      });
    }
  }

  private static Map<String, List<String>> rows(Database database) throws IOException {
    try (DatabaseDump dump = DatabaseDump.open(database)) {
      var rows = new Rows();
      dump.read(rows);
      return rows.sorted();
    }
  }

  private static List<String> names(Path directory) throws IOException {
    if (!Files.exists(directory)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(directory)) {
      return files.filter(Files::isRegularFile).map(file -> directory.relativize(file).toString()).sorted().toList();
    }
  }

  private static InputStream in(byte[] bytes) {
    return new ByteArrayInputStream(bytes);
  }

  private record Entry(String name, Bytes bytes) {}

  private static Entry entry(String name, byte[] bytes) {
    return new Entry(name, Bytes.of(bytes));
  }

  private static byte[] forged(Entry... entries) throws IOException {
    var to = new ByteArrayOutputStream();
    try (var tar = new TarArchiveOutputStream(new GZIPOutputStream(to))) {
      for (Entry entry : entries) {
        var header = new TarArchiveEntry(entry.name(), true);
        header.setSize(entry.bytes().length());
        tar.putArchiveEntry(header);
        tar.write(entry.bytes().toArray());
        tar.closeArchiveEntry();
      }
    }
    return to.toByteArray();
  }

  /** Remembers rows as text, in whatever order a database hands them out. */
  private static final class Rows implements TableReader {
    private final Map<String, List<String>> tables = new TreeMap<>();
    private List<String> columns = List.of();
    private List<String> current = new ArrayList<>();

    @Override
    public void table(String name, List<String> names) {
      columns = names;
      current = new ArrayList<>();
      tables.put(name, current);
    }

    @Override
    public void row(List<@Nullable Object> values) {
      var named = new TreeMap<String, String>();
      for (int i = 0; i < columns.size(); i++) {
        Object value = values.get(i);
        named.put(columns.get(i), value instanceof byte[] bytes ? Arrays.toString(bytes) : String.valueOf(value));
      }
      current.add(named.toString());
    }

    Map<String, List<String>> sorted() {
      tables.values().forEach(Collections::sort);
      return tables;
    }
  }
}
