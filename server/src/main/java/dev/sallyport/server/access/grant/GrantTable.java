package dev.sallyport.server.access.grant;

import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

import dev.sallyport.protocol.json.Json;
import dev.sallyport.protocol.json.JsonLimits;
import dev.sallyport.server.access.ActionClass;
import dev.sallyport.server.access.Grant;
import dev.sallyport.server.access.Role;
import dev.sallyport.server.access.Scope;
import dev.sallyport.server.time.Window;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The tables {@code access_role} and {@code access_grant}, within one transaction. */
final class GrantTable {
  private final JdbcClient sql;

  GrantTable(JdbcClient sql) {
    this.sql = sql;
  }

  /** An owner's own roles, by name. */
  Map<String, Role> roles() {
    var roles = new TreeMap<String, Role>();
    sql.sql("SELECT name, classes FROM access_role").query(GrantTable::role).list()
        .forEach(role -> roles.put(role.word(), role));
    return roles;
  }

  /** All grants by the account that holds them, oldest first. A grant of a role that is not there any more holds nothing. */
  Map<String, List<Grant>> grants(Map<String, Role> roles) {
    record Held(String account, Grant grant) {}
    var grants = new HashMap<String, List<Grant>>();
    sql.sql("SELECT id, account, role, scope, hours FROM access_grant ORDER BY id")
        .query((row, _) -> new Held(row.getString("account"), grant(row, roles))).list()
        .forEach(held -> grants.computeIfAbsent(held.account(), _ -> new ArrayList<>()).add(held.grant()));
    return grants;
  }

  void insert(Role role, long now) {
    sql.sql("INSERT INTO access_role (name, classes, created) VALUES (?, ?, ?)").params(role.word(), words(role), now)
        .update();
  }

  boolean update(Role role) {
    return sql.sql("UPDATE access_role SET classes = ? WHERE name = ?").params(words(role), role.word()).update() == 1;
  }

  boolean deleteRole(String name) {
    return sql.sql("DELETE FROM access_role WHERE name = ?").param(name).update() == 1;
  }

  boolean isGranted(String role) {
    return sql.sql("SELECT COUNT(*) FROM access_grant WHERE role = ?").param(role).query(Long.class).single() > 0;
  }

  void insert(String account, Grant grant, long now, String by) {
    sql.sql("INSERT INTO access_grant (id, account, role, scope, hours, created, by_name) VALUES (?, ?, ?, ?, ?, ?, ?)")
        .params(grant.id(), account, grant.role().word(), grant.scope().word(),
            grant.window() instanceof Window.Hours hours ? hours.toJson().text() : "", now, by)
        .update();
  }

  boolean delete(String account, String id) {
    return sql.sql("DELETE FROM access_grant WHERE id = ? AND account = ?").params(id, account).update() == 1;
  }

  private static String words(Role role) {
    return role.classes().stream().map(ActionClass::word).sorted().collect(Collectors.joining(" "));
  }

  private static Role role(ResultSet row, int number) throws SQLException {
    Set<ActionClass> classes = EnumSet.noneOf(ActionClass.class);
    for (String word : row.getString("classes").split(" ", -1)) {
      ActionClass.ofWord(word).ifPresent(classes::add);
    }
    return new Role(row.getString("name"), classes);
  }

  private static Grant grant(ResultSet row, Map<String, Role> roles) throws SQLException {
    String name = row.getString("role");
    String hours = row.getString("hours");
    Role role = Role.ofWord(name)
        .orElseGet(() -> Optional.ofNullable(roles.get(name)).orElse(new Role(name, Set.of())));
    return new Grant(row.getString("id"), role, Scope.ofWord(row.getString("scope")), hours.isEmpty()
        ? new Window.Always()
        : Window.fromJson(Json.parseObject(hours.getBytes(StandardCharsets.UTF_8), JsonLimits.DEFAULT)));
  }
}
