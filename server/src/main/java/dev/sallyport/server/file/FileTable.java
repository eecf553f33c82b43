package dev.sallyport.server.file;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

import dev.sallyport.protocol.Bytes;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The table {@code stored_file}, within one transaction. */
final class FileTable {
  private static final String SELECT = "SELECT id, name, sha256, bytes, created, created_by, mark, machine, path, expires FROM stored_file ";
  private static final String NEWEST = " ORDER BY created DESC, id DESC LIMIT ?";

  private final JdbcClient sql;

  FileTable(JdbcClient sql) {
    this.sql = sql;
  }

  void insert(StoredFile file) {
    Optional<StoredFile.Origin> origin = file.origin();
    // What was not fetched has a mark of its own, so that the column can be unique and never empty.
    sql.sql("INSERT INTO stored_file (id, name, sha256, bytes, created, created_by, mark, machine, path, expires)"
        + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
        .params(file.id(), file.name(), file.sha256().hex(), file.bytes(), file.created().toEpochMilli(),
            file.createdBy(), origin.map(StoredFile.Origin::mark).orElse(file.id()),
            origin.map(StoredFile.Origin::machine).orElse(""), origin.map(StoredFile.Origin::path).orElse(""),
            file.expires().toEpochMilli())
        .update();
  }

  Optional<StoredFile> find(String id) {
    return sql.sql(SELECT + "WHERE id = ?").param(id).query(FileTable::file).optional();
  }

  Optional<StoredFile> named(String name) {
    return sql.sql(SELECT + "WHERE name = ?" + NEWEST).params(name, 1).query(FileTable::file).optional();
  }

  Optional<StoredFile> holding(Bytes sha256) {
    return sql.sql(SELECT + "WHERE sha256 = ?" + NEWEST).params(sha256.hex(), 1).query(FileTable::file).optional();
  }

  Optional<StoredFile> marked(String mark) {
    return sql.sql(SELECT + "WHERE mark = ?").param(mark).query(FileTable::file).optional();
  }

  List<StoredFile> newest(int limit) {
    return sql.sql(SELECT + NEWEST).param(limit).query(FileTable::file).list();
  }

  /** Those whose time is over. */
  List<StoredFile> expired(Instant now, int limit) {
    return sql.sql(SELECT + "WHERE expires < ? ORDER BY expires LIMIT ?").params(now.toEpochMilli(), limit)
        .query(FileTable::file).list();
  }

  void keepUntil(String id, Instant expires) {
    sql.sql("UPDATE stored_file SET expires = ? WHERE id = ?").params(expires.toEpochMilli(), id).update();
  }

  boolean delete(String id) {
    return sql.sql("DELETE FROM stored_file WHERE id = ?").param(id).update() == 1;
  }

  private static StoredFile file(ResultSet row, int number) throws SQLException {
    String machine = row.getString("machine");
    return new StoredFile(row.getString("id"), row.getString("name"), Bytes.ofHex(row.getString("sha256")),
        row.getLong("bytes"), Instant.ofEpochMilli(row.getLong("created")), row.getString("created_by"),
        machine.isEmpty()
            ? Optional.empty()
            : Optional.of(new StoredFile.Origin(row.getString("mark"), machine, row.getString("path"))),
        Instant.ofEpochMilli(row.getLong("expires")));
  }
}
