package dev.sallyport.server.site;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import dev.sallyport.server.store.Store;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The sites of this server. There is one so far, made when the server starts for the first time. */
public final class Sites {
  /** The name of the site that every server begins with. */
  static final String FIRST_NAME = "default";

  private static final String SELECT = "SELECT id, name, created FROM site";
  private static final String IN_ORDER = SELECT + " ORDER BY created, id";

  private final Store store;
  private final Site first;

  /** Finds the first site, or makes it. */
  public Sites(Store store, InstantSource clock) {
    this.store = store;
    first = store.write(sql -> oldest(sql).orElseGet(() -> make(sql, clock.instant())));
  }

  /** The site that machines join. */
  public Site first() {
    return first;
  }

  /** All sites, the oldest first. */
  public List<Site> all() {
    return store.read(sql -> sql.sql(IN_ORDER).query(Sites::site).list());
  }

  /** The site of this id. */
  public Optional<Site> find(String id) {
    return store.read(sql -> sql.sql(SELECT + " WHERE id = ?").param(id).query(Sites::site).optional());
  }

  private static Optional<Site> oldest(JdbcClient sql) {
    return sql.sql(IN_ORDER + " LIMIT 1").query(Sites::site).optional();
  }

  private static Site make(JdbcClient sql, Instant now) {
    var site = new Site(UUID.randomUUID().toString(), FIRST_NAME, Instant.ofEpochMilli(now.toEpochMilli()));
    sql.sql("INSERT INTO site (id, name, created) VALUES (?, ?, ?)")
        .params(site.id(), site.name(), site.created().toEpochMilli())
        .update();
    return site;
  }

  private static Site site(ResultSet row, int number) throws SQLException {
    return new Site(row.getString("id"), row.getString("name"), Instant.ofEpochMilli(row.getLong("created")));
  }
}
