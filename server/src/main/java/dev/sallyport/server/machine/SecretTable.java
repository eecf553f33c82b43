package dev.sallyport.server.machine;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import dev.sallyport.server.store.SealedColumn;
import dev.sallyport.server.store.Vault;
import dev.sallyport.session.handshake.Secret;
import dev.sallyport.session.rolling.EpochSecret;
import dev.sallyport.session.rolling.ServerSecrets;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The table {@code machine_secret}, within one transaction: one row for each machine, and every change of it a compare-and-set
 * (security core, B.6.2 R2 and R4). The secrets are sealed together, bound to the machine and the newest epoch.
 */
final class SecretTable {
  private static final String COLUMN = "machine_secret.secrets";
  private static final int ENTRY_BYTES = Long.BYTES + Secret.BYTES;

  private final JdbcClient sql;
  private final Vault vault;

  SecretTable(JdbcClient sql, Vault vault) {
    this.sql = sql;
    this.vault = vault;
  }

  void insert(String machine, ServerSecrets secrets) {
    sql.sql("INSERT INTO machine_secret (machine, attempt_floor, epoch, secrets) VALUES (?, ?, ?, ?)")
        .params(machine, secrets.attemptFloor(), epoch(secrets), seal(machine, secrets)).update();
  }

  ServerSecrets find(String machine) {
    return sql.sql("SELECT attempt_floor, epoch, secrets FROM machine_secret WHERE machine = ?").param(machine)
        .query((row, _) -> open(machine, row.getLong("attempt_floor"), row.getLong("epoch"), row.getBytes("secrets")))
        .single();
  }

  /** Raises the floor if the row still is what is expected. */
  boolean raiseFloor(String machine, ServerSecrets expected, long attempt) {
    return sql.sql("UPDATE machine_secret SET attempt_floor = ? WHERE machine = ? AND attempt_floor = ? AND epoch = ?")
        .params(attempt, machine, expected.attemptFloor(), epoch(expected)).update() == 1;
  }

  /** Stores rolled secrets if no newer HELLO has raised the floor. */
  boolean commit(String machine, long attempt, ServerSecrets next) {
    return sql.sql(
        "UPDATE machine_secret SET attempt_floor = ?, epoch = ?, secrets = ? WHERE machine = ? AND attempt_floor = ?")
        .params(next.attemptFloor(), epoch(next), seal(machine, next), machine, attempt).update() == 1;
  }

  /** Starts the secrets anew if this attempt is above the floor. */
  boolean restart(String machine, ServerSecrets first) {
    return sql.sql(
        "UPDATE machine_secret SET attempt_floor = ?, epoch = ?, secrets = ? WHERE machine = ? AND attempt_floor < ?")
        .params(first.attemptFloor(), epoch(first), seal(machine, first), machine, first.attemptFloor()).update() == 1;
  }

  private static long epoch(ServerSecrets secrets) {
    return secrets.list().getFirst().epoch();
  }

  private byte[] seal(String machine, ServerSecrets secrets) {
    ByteBuffer plain = ByteBuffer.allocate(secrets.list().size() * ENTRY_BYTES);
    for (EpochSecret entry : secrets.list()) {
      byte[] secret = entry.secret().bytes();
      plain.putLong(entry.epoch()).put(secret);
      Arrays.fill(secret, (byte) 0);
    }
    try {
      return vault.seal(plain.array(), place(machine, epoch(secrets)));
    } finally {
      Arrays.fill(plain.array(), (byte) 0);
    }
  }

  private ServerSecrets open(String machine, long floor, long epoch, byte[] sealed) {
    ByteBuffer plain = ByteBuffer.wrap(vault.open(sealed, place(machine, epoch)));
    try {
      List<EpochSecret> list = new ArrayList<>();
      while (plain.hasRemaining()) {
        long number = plain.getLong();
        byte[] secret = new byte[Secret.BYTES];
        plain.get(secret);
        list.add(new EpochSecret(number, Secret.of(secret)));
        Arrays.fill(secret, (byte) 0);
      }
      return new ServerSecrets(list, floor);
    } finally {
      Arrays.fill(plain.array(), (byte) 0);
    }
  }

  private static SealedColumn place(String machine, long epoch) {
    return new SealedColumn(machine, epoch, COLUMN);
  }
}
