package dev.sallyport.server.store;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Which tables a database has. */
final class Tables {
  private Tables() {
  }

  /** All but the migrations' own, each behind those that it refers to. */
  static List<String> inOrder(Connection connection) throws SQLException {
    DatabaseMetaData meta = connection.getMetaData();
    Set<String> left = names(connection, meta);
    var ordered = new LinkedHashSet<String>();
    while (!left.isEmpty()) {
      var ready = new ArrayList<String>();
      for (String table : left) {
        Set<String> needs = referredTo(connection, meta, table);
        needs.remove(table);
        if (ordered.containsAll(needs)) {
          ready.add(table);
        }
      }
      if (ready.isEmpty()) {
        throw new IllegalStateException("the tables " + left + " refer to each other in a circle");
      }
      ordered.addAll(ready);
      ready.forEach(left::remove);
    }
    return List.copyOf(ordered);
  }

  private static Set<String> names(Connection connection, DatabaseMetaData meta) throws SQLException {
    var names = new TreeSet<String>();
    try (ResultSet tables = meta.getTables(connection.getCatalog(), connection.getSchema(), "%",
        new String[]{"TABLE"})) {
      while (tables.next()) {
        String name = tables.getString("TABLE_NAME");
        if (!name.equals(Migrations.TABLE) && !name.startsWith("sqlite_")) {
          names.add(name);
        }
      }
    }
    return names;
  }

  private static Set<String> referredTo(Connection connection, DatabaseMetaData meta, String table)
      throws SQLException {
    var names = new TreeSet<String>();
    try (ResultSet keys = meta.getImportedKeys(connection.getCatalog(), connection.getSchema(), table)) {
      while (keys.next()) {
        names.add(keys.getString("PKTABLE_NAME"));
      }
    }
    return names;
  }

  /** A table's or column's name as it stands in a statement; names come from our own migrations, or are refused. */
  static String quoted(String name) {
    if (!name.matches("[a-z][a-z0-9_]{0,62}")) {
      throw new IllegalArgumentException("'" + name + "' is not a name of ours");
    }
    return '"' + name + '"';
  }
}
