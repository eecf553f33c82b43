package dev.sallyport.server.machine;

import java.net.InetAddress;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

import dev.sallyport.protocol.Bytes;
import dev.sallyport.protocol.channel.AgentMessage.Describe;
import dev.sallyport.protocol.enrol.EnrolRequest;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The table {@code machine}, within one transaction. */
final class MachineTable {
  private static final String COLUMNS = "id, site, state, token, enrolled, name, fingerprint, os, kernel, arch,"
      + " agent_version, boot_id, address, transport, inspected_by, since, last_seen";
  private static final String SELECT = "SELECT " + COLUMNS + " FROM machine ";

  private final JdbcClient sql;

  MachineTable(JdbcClient sql) {
    this.sql = sql;
  }

  /** Where a listing goes on: after the machine of this name and id. */
  record Position(String nameKey, String id) {
    static final Position START = new Position("", "");
  }

  void insert(String id, String site, MachineState state, String token, Bytes staticKey, EnrolRequest request,
      InetAddress remote,
      Instant now) {
    String name = MachineText.line(request.hostname());
    sql.sql("INSERT INTO machine (" + COLUMNS + """
        , name_key, static_key, signing_key, box_x25519, box_mlkem)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, '', '', '', '', ?, '', '', NULL, NULL, ?, ?, ?, ?, ?)""")
        .params(id, site, state.word(), token, now.toEpochMilli(), name, MachineText.line(request.fingerprint()),
            MachineText.line(request.os()), MachineText.address(remote), Machine.key(name), staticKey.toArray(),
            request.signingKey().toArray(), request.boxX25519().toArray(), request.boxMlKem().toArray())
        .update();
  }

  Optional<Machine> find(String id) {
    return sql.sql(SELECT + "WHERE id = ?").param(id).query(MachineTable::machine)
        .optional();
  }

  Optional<Machine> findByKey(byte[] staticKey) {
    return sql.sql(SELECT + "WHERE static_key = ?").param(staticKey)
        .query(MachineTable::machine).optional();
  }

  List<String> idsOf(String site) {
    return sql.sql("SELECT id FROM machine WHERE site = ?").param(site).query((row, _) -> row.getString("id")).list();
  }

  List<Machine> findAll(Collection<String> ids) {
    return ids.isEmpty()
        ? List.of()
        : sql.sql(SELECT + "WHERE id IN (:ids)").param("ids", ids)
            .query(MachineTable::machine).list();
  }

  /** Machines in these states by name, after a position. */
  List<Machine> page(NameGlob glob, Collection<MachineState> states, Position after, int limit) {
    return sql.sql(SELECT + """
        WHERE (name_key, id) > (:key, :id) AND name_key LIKE :like ESCAPE '!' AND state IN (:states)
        ORDER BY name_key, id LIMIT :limit""")
        .param("key", after.nameKey()).param("id", after.id()).param("like", glob.like())
        .param("states", states.stream().map(MachineState::word).toList()).param("limit", limit)
        .query(MachineTable::machine).list();
  }

  /** Changes the state if it is another; false if the machine was not in the state it is said to leave. */
  boolean change(String id, MachineState from, MachineState to) {
    return sql.sql("UPDATE machine SET state = ? WHERE id = ? AND state = ?").params(to.word(), id, from.word())
        .update() == 1;
  }

  void arrived(String id, Describe says, InetAddress remote, String transport, String inspectedBy, Instant at) {
    String name = MachineText.line(says.hostname());
    sql.sql(
        """
            UPDATE machine SET name = ?, name_key = ?, os = ?, kernel = ?, arch = ?, agent_version = ?, boot_id = ?, address = ?,
            transport = ?, inspected_by = ?, since = ?, last_seen = ? WHERE id = ?""")
        .params(name, Machine.key(name), MachineText.line(says.os()), MachineText.line(says.kernel()),
            MachineText.line(says.arch()),
            MachineText.line(says.version()), MachineText.line(says.bootId()), MachineText.address(remote), transport,
            MachineText.line(inspectedBy),
            at.toEpochMilli(),
            at.toEpochMilli(), id)
        .update();
  }

  void way(String id, String way) {
    sql.sql("UPDATE machine SET way = ? WHERE id = ?").params(way, id).update();
  }

  FoundWay wayOf(String id) {
    return sql.sql("SELECT way FROM machine WHERE id = ?").param(id).query(String.class).optional().map(FoundWay::of)
        .orElse(FoundWay.UNTOLD);
  }

  void left(String id, Instant at) {
    sql.sql("UPDATE machine SET last_seen = ? WHERE id = ?").params(at.toEpochMilli(), id).update();
  }

  private static Machine machine(ResultSet row, int number) throws SQLException {
    return new Machine(row.getString("id"), row.getString("site"), MachineState.ofWord(row.getString("state")),
        row.getString("token"),
        Instant.ofEpochMilli(row.getLong("enrolled")), row.getString("name"), row.getString("fingerprint"),
        row.getString("os"),
        row.getString("kernel"), row.getString("arch"), row.getString("agent_version"), row.getString("boot_id"),
        row.getString("address"), row.getString("transport"),
        row.getString("inspected_by"), instant(row, "since"), instant(row, "last_seen"));
  }

  private static Optional<Instant> instant(ResultSet row, String column) throws SQLException {
    long millis = row.getLong(column);
    return row.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(millis));
  }
}
