package dev.sallyport.server.inventory;

import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

import dev.sallyport.protocol.audit.AuditItem;
import dev.sallyport.protocol.json.JsonObject;
import dev.sallyport.protocol.json.JsonString;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The table {@code inventory_item}, within one transaction. */
final class ItemTable {
  /** Most characters that are searched of an item. */
  private static final int MAX_WORDS_LENGTH = 2_000;
  /** Most characters by which software is found: what an index of any database can hold. */
  private static final int MAX_NAME_LENGTH = 200;

  private final JdbcClient sql;

  ItemTable(JdbcClient sql) {
    this.sql = sql;
  }

  /**
   * A piece of software on a machine.
   *
   * @param name the machine's
   */
  record Found(String machine, String name, StoredItem item) {}

  Optional<StoredItem> find(String machine, String section, String key) {
    return sql.sql("SELECT item_key, fields FROM inventory_item WHERE machine = ? AND section = ? AND item_key = ?")
        .params(machine, section, bytes(key)).query(ItemTable::item).optional();
  }

  void put(String machine, String section, AuditItem item) {
    sql.sql("""
        INSERT INTO inventory_item (machine, section, item_key, fields, words, name_key) VALUES (?, ?, ?, ?, ?, ?)
        ON CONFLICT (machine, section, item_key)
        DO UPDATE SET fields = excluded.fields, words = excluded.words, name_key = excluded.name_key""")
        .params(machine, section, bytes(item.key()), item.fields().text(), words(item), nameKey(item.fields()))
        .update();
  }

  void remove(String machine, String section, String key) {
    sql.sql("DELETE FROM inventory_item WHERE machine = ? AND section = ? AND item_key = ?")
        .params(machine, section, bytes(key)).update();
  }

  /** Items in the order of their keys' bytes, after one of them; with this text in key or fields, in any case. */
  List<StoredItem> page(String machine, String section, String after, String text, int limit) {
    return sql.sql("""
        SELECT item_key, fields FROM inventory_item WHERE machine = :machine AND section = :section
        AND item_key > :after AND words LIKE :like ESCAPE '!' ORDER BY item_key LIMIT :limit""")
        .param("machine", machine).param("section", section).param("after", bytes(after))
        .param("like", "%" + literal(lower(text)) + "%").param("limit", limit).query(ItemTable::item).list();
  }

  /** Software of such a name on all machines that are not dismissed, by name and machine, after a position. */
  List<Found> software(String pattern, Position after, int limit) {
    return sql.sql("""
        SELECT i.name_key, i.machine, m.name, i.item_key, i.fields
        FROM inventory_item i JOIN machine m ON m.id = i.machine
        WHERE i.section = 'software' AND m.state <> 'revoked' AND i.name_key LIKE :like ESCAPE '!'
        AND (i.name_key, i.machine, i.item_key) > (:name, :machine, :key)
        ORDER BY i.name_key, i.machine, i.item_key LIMIT :limit""")
        .param("like", wild(lower(pattern))).param("name", after.nameKey()).param("machine", after.machine())
        .param("key", bytes(after.key())).param("limit", limit)
        .query((row, number) -> new Found(row.getString("machine"), row.getString("name"), item(row, number))).list();
  }

  /** Where a page of {@link #software} ended. */
  record Position(String nameKey, String machine, String key) {
    static final Position START = new Position("", "", "");

    static Position of(Found last) {
      return new Position(ItemTable.nameKey(StoredItem.parse(last.item().fields())), last.machine(), last.item().key());
    }
  }

  private static StoredItem item(ResultSet row, int number) throws SQLException {
    return new StoredItem(text(row.getBytes("item_key")), row.getString("fields"));
  }

  static byte[] bytes(String key) {
    return key.getBytes(StandardCharsets.UTF_8);
  }

  static String text(byte[] key) {
    return new String(key, StandardCharsets.UTF_8);
  }

  private static String words(AuditItem item) {
    var words = new StringBuilder(item.key());
    for (String name : item.fields().names()) {
      if (item.fields().get(name) instanceof JsonString(String text)) {
        words.append(' ').append(text);
      }
    }
    words.setLength(Math.min(words.length(), MAX_WORDS_LENGTH));
    return lower(words.toString());
  }

  private static String nameKey(JsonObject fields) {
    return fields.has("name") && fields.get("name") instanceof JsonString(String name)
        ? lower(name.substring(0, Math.min(name.length(), MAX_NAME_LENGTH)))
        : "";
  }

  private static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }

  private static String literal(String text) {
    return text.replace("!", "!!").replace("%", "!%").replace("_", "!_");
  }

  private static String wild(String pattern) {
    return literal(pattern).replace('*', '%').replace('?', '_');
  }
}
