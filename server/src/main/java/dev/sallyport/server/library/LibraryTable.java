package dev.sallyport.server.library;

import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import dev.sallyport.protocol.Base64Url;
import dev.sallyport.protocol.Bytes;
import dev.sallyport.protocol.library.LibraryManifest;
import dev.sallyport.protocol.library.LibraryStatement;
import dev.sallyport.protocol.library.LibraryTrust;
import dev.sallyport.protocol.library.LibraryVersion;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The tables {@code library…}, within one transaction. */
final class LibraryTable {
  private static final String SELECT = "SELECT jar, id, version, envelope, manifest, bytes, added, added_by, withdrawn FROM library ";

  private final JdbcClient sql;

  LibraryTable(JdbcClient sql) {
    this.sql = sql;
  }

  void insert(StoredLibrary library) {
    sql.sql("INSERT INTO library (jar, id, version, envelope, manifest, bytes, added, added_by, withdrawn)"
        + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)")
        .params(library.jar().base64Url(), library.id(), library.statement().version().toString(),
            library.envelope().base64Url(), library.manifest().toJson().text(), library.statement().bytes(),
            library.added().toEpochMilli(), library.addedBy(), library.withdrawn() ? 1 : 0)
        .update();
  }

  Optional<StoredLibrary> find(Bytes jar) {
    return sql.sql(SELECT + "WHERE jar = ?").param(jar.base64Url()).query(LibraryTable::library).optional();
  }

  Optional<StoredLibrary> find(String id, LibraryVersion version) {
    return sql.sql(SELECT + "WHERE id = ? AND version = ?").params(id, version.toString())
        .query(LibraryTable::library).optional();
  }

  List<StoredLibrary> all() {
    return sql.sql(SELECT + "ORDER BY id").query(LibraryTable::library).list();
  }

  void withdraw(Bytes jar) {
    sql.sql("UPDATE library SET withdrawn = 1 WHERE jar = ?").param(jar.base64Url()).update();
  }

  List<LibraryKey> keys() {
    return sql.sql("SELECT name, key, added, added_by FROM library_key ORDER BY name")
        .query((row, _) -> new LibraryKey(row.getString("name"), bytes(row, "key"),
            Instant.ofEpochMilli(row.getLong("added")), row.getString("added_by")))
        .list();
  }

  void insert(LibraryKey key) {
    sql.sql("INSERT INTO library_key (name, key, added, added_by) VALUES (?, ?, ?, ?)")
        .params(key.name(), key.key().base64Url(), key.added().toEpochMilli(), key.addedBy()).update();
  }

  boolean deleteKey(String name) {
    return sql.sql("DELETE FROM library_key WHERE name = ?").param(name).update() == 1;
  }

  Map<String, LibraryVersion> floors() {
    var floors = new TreeMap<String, LibraryVersion>();
    sql.sql("SELECT id, version FROM library_floor")
        .query(row -> {
          floors.put(row.getString("id"), LibraryVersion.of(row.getString("version")));
        });
    return floors;
  }

  void setFloor(String id, LibraryVersion version) {
    sql.sql("INSERT INTO library_floor (id, version) VALUES (?, ?)"
        + " ON CONFLICT (id) DO UPDATE SET version = excluded.version").params(id, version.toString()).update();
  }

  /** The serial of what agents were last told; 0 before anything was. */
  long serial() {
    return sql.sql("SELECT serial FROM library_trust WHERE id = 1").query(Long.class).optional().orElse(0L);
  }

  Optional<Bytes> trust() {
    return sql.sql("SELECT envelope FROM library_trust WHERE id = 1")
        .query((row, _) -> bytes(row, "envelope")).optional();
  }

  void setTrust(LibraryTrust trust, Bytes envelope) {
    sql.sql("INSERT INTO library_trust (id, serial, envelope) VALUES (1, ?, ?)"
        + " ON CONFLICT (id) DO UPDATE SET serial = excluded.serial, envelope = excluded.envelope")
        .params(trust.serial(), envelope.base64Url()).update();
  }

  private static Bytes bytes(ResultSet row, String column) throws SQLException {
    return Bytes.of(Base64Url.decode(row.getString(column)));
  }

  private static StoredLibrary library(ResultSet row, int number) throws SQLException {
    LibraryManifest manifest = LibraryManifest.decode(row.getString("manifest").getBytes(StandardCharsets.UTF_8));
    var statement = new LibraryStatement(row.getString("id"), LibraryVersion.of(row.getString("version")),
        bytes(row, "jar"), row.getInt("bytes"), manifest.platforms());
    return new StoredLibrary(statement, bytes(row, "envelope"), manifest,
        Instant.ofEpochMilli(row.getLong("added")), row.getString("added_by"), row.getLong("withdrawn") == 1);
  }
}
