package dev.sallyport.server.access.account;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

import dev.sallyport.server.access.Role;
import dev.sallyport.server.store.Store;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The table of accounts. */
public final class Accounts {

  private static final String COLUMNS = "id, name, role, enabled";

  private final Store store;

  public Accounts(Store store) {
    this.store = store;
  }

  /** The account of this identifier, as it stands now. */
  public Optional<Account> find(String id) {
    return store.read(sql -> find(sql, id));
  }

  /** The same within a unit of work. */
  public static Optional<Account> find(JdbcClient sql, String id) {
    return sql.sql("SELECT " + COLUMNS + " FROM account WHERE id = ?").param(id).query(Accounts::row).optional();
  }

  /** The account that logs in with this name, with its password's hash. */
  Optional<WithHash> findByName(String name) {
    return store.read(sql -> sql.sql("SELECT " + COLUMNS + ", password_hash FROM account WHERE name = ?").param(name)
        .query((r, i) -> new WithHash(row(r, i), r.getString("password_hash"))).optional());
  }

  /** The account that logs in with this name. */
  public Optional<Account> named(String name) {
    return findByName(Credentials.canonical(name)).map(WithHash::account);
  }

  /** All accounts, by name. */
  public List<Account> all() {
    return store.read(sql -> sql.sql("SELECT " + COLUMNS + " FROM account ORDER BY name").query(Accounts::row).list());
  }

  /** How many there are. */
  public static long count(JdbcClient sql) {
    return sql.sql("SELECT COUNT(*) FROM account").query(Long.class).single();
  }

  /** How many enabled owners there are. */
  public static long owners(JdbcClient sql) {
    return sql.sql("SELECT COUNT(*) FROM account WHERE role = ? AND enabled = 1").param(Role.OWNER.word())
        .query(Long.class).single();
  }

  /** Stores an account's role and whether it may act; its sessions and tokens notice at their next request. */
  public static void update(JdbcClient sql, Account account) {
    sql.sql("UPDATE account SET role = ?, enabled = ? WHERE id = ?")
        .params(account.role().word(), account.enabled() ? 1 : 0, account.id()).update();
  }

  /** Replaces the hash of an account's password. */
  public static void setPassword(JdbcClient sql, String id, String hash) {
    sql.sql("UPDATE account SET password_hash = ? WHERE id = ?").params(hash, id).update();
  }

  /** Adds an account. */
  public static void insert(JdbcClient sql, Account account, String passwordHash, long created) {
    sql.sql("INSERT INTO account (id, name, role, password_hash, enabled, created) VALUES (?, ?, ?, ?, ?, ?)")
        .params(account.id(), account.name(), account.role().word(), passwordHash, account.enabled() ? 1 : 0, created)
        .update();
  }

  /** Replaces a hash by one with newer parameters, unless the password was changed meanwhile. */
  void rehash(String id, String old, String replacement) {
    store.write(sql -> sql.sql("UPDATE account SET password_hash = ? WHERE id = ? AND password_hash = ?")
        .params(replacement, id, old).update());
  }

  /** Lets an account act or keeps it from acting; its sessions and tokens notice at their next request. */
  public void enable(String id, boolean enabled) {
    store.write(sql -> sql.sql("UPDATE account SET enabled = ? WHERE id = ?").params(enabled ? 1 : 0, id).update());
  }

  private static Account row(ResultSet r, int i) throws SQLException {
    String role = r.getString("role");
    return new Account(r.getString("id"), r.getString("name"),
        Role.ofWord(role).orElseThrow(() -> new IllegalStateException("account with the unknown role " + role)),
        r.getLong("enabled") == 1);
  }

  /** An account and what its password is checked against. */
  record WithHash(Account account, String hash) {
    @Override
    public String toString() {
      return account.toString();
    }
  }
}
