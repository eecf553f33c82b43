package dev.sallyport.server.inventory;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

import dev.sallyport.protocol.json.Json;
import dev.sallyport.protocol.json.JsonArray;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The table {@code inventory_section}, within one transaction. */
final class SectionTable {
  private static final String SELECT = """
      SELECT section, scope, digest, items, audited, cut, unsupported FROM inventory_section WHERE machine = ?""";
  private static final int MAX_SOURCES = 100;

  private final JdbcClient sql;

  SectionTable(JdbcClient sql) {
    this.sql = sql;
  }

  Optional<SectionState> find(String machine, String section) {
    return sql.sql(SELECT + " AND section = ?").params(machine, section).query(SectionTable::state).optional();
  }

  List<SectionState> all(String machine) {
    return sql.sql(SELECT + " ORDER BY section").param(machine).query(SectionTable::state).list();
  }

  void put(String machine, SectionState state) {
    sql.sql("""
        INSERT INTO inventory_section (machine, section, scope, digest, items, audited, cut, unsupported)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (machine, section) DO UPDATE SET scope = excluded.scope,
        digest = excluded.digest, items = excluded.items, audited = excluded.audited, cut = excluded.cut,
        unsupported = excluded.unsupported""")
        .params(Arrays.<@Nullable Object>asList(machine, state.section(), state.scope(), state.digest(), state.items(),
            state.audited().map(Instant::toEpochMilli).orElse(null), state.cut() ? 1 : 0,
            JsonArray.ofStrings(state.unsupported()).text()))
        .update();
  }

  private static SectionState state(ResultSet row, int number) throws SQLException {
    long audited = row.getLong("audited");
    Optional<Instant> at = row.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(audited));
    List<String> unsupported = Json.parse(row.getString("unsupported")) instanceof JsonArray array
        ? array.strings(MAX_SOURCES, MAX_SOURCES)
        : List.of();
    return new SectionState(row.getString("section"), row.getString("scope"), row.getString("digest"),
        row.getLong("items"), at, row.getLong("cut") == 1, unsupported);
  }
}
