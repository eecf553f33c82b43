package dev.sallyport.operation.audit;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

import dev.sallyport.operation.OperationContext;
import dev.sallyport.operation.linux.ProcText;
import org.jspecify.annotations.Nullable;

/** Accounts and groups in the machine's own files (passwd(5), group(5), shadow(5)). Of a password nothing is kept but whether it is locked. */
final class UsersSource implements Source {
  /** A record of lastlog(5): seconds, the line, the host. */
  private static final int LASTLOG_RECORD_BYTES = 4 + 32 + 256;
  private static final int PASSWD_FIELDS = 7;
  private static final int GROUP_FIELDS = 4;

  private final Path root;

  UsersSource(Path root) {
    this.root = root;
  }

  @Override
  public void gather(Findings findings, OperationContext context) throws IOException {
    if (!Files.isRegularFile(root.resolve("etc/passwd"))) {
      findings.unsupported("passwd");
      return;
    }
    Map<String, Boolean> locked = locked(findings);
    try (var lines = BoundedLines.of(root.resolve("etc/passwd"))) {
      for (@Nullable
      String line = lines.next(); line != null; line = lines.next()) {
        String[] fields = line.split(":", -1);
        if (fields.length == PASSWD_FIELDS && !fields[0].isEmpty()) {
          account(findings, fields, locked);
        }
      }
    }
    groups(findings);
  }

  private void account(Findings findings, String[] fields, Map<String, Boolean> locked) {
    long uid = ProcText.leadingNumber(fields[2], -1);
    var account = new Fields().number("uid", uid).number("gid", ProcText.leadingNumber(fields[3], -1))
        .text("comment", fields[4]).text("home", fields[5]).text("shell", fields[6]);
    Boolean isLocked = locked.get(fields[0]);
    if (isLocked != null) {
      account.flag("locked", isLocked);
    }
    findings.add("user " + fields[0], account.amount("lastLoginMs", lastLogin(uid) * 1000));
  }

  /** Who has no password that opens; empty where that may not be read. */
  private Map<String, Boolean> locked(Findings findings) throws IOException {
    Map<String, Boolean> locked = new HashMap<>();
    Path shadow = root.resolve("etc/shadow");
    if (!Files.isReadable(shadow)) {
      findings.unsupported("shadow");
      return locked;
    }
    try (var lines = BoundedLines.of(shadow)) {
      for (@Nullable
      String line = lines.next(); line != null; line = lines.next()) {
        int name = line.indexOf(':');
        if (name > 0 && name + 1 < line.length()) {
          char first = line.charAt(name + 1);
          locked.put(line.substring(0, name), first == '!' || first == '*');
        }
      }
    }
    return locked;
  }

  private void groups(Findings findings) throws IOException {
    Path group = root.resolve("etc/group");
    if (!Files.isRegularFile(group)) {
      findings.unsupported("group");
      return;
    }
    try (var lines = BoundedLines.of(group)) {
      for (@Nullable
      String line = lines.next(); line != null; line = lines.next()) {
        String[] fields = line.split(":", -1);
        if (fields.length == GROUP_FIELDS && !fields[0].isEmpty()) {
          findings.add("group " + fields[0],
              new Fields().number("gid", ProcText.leadingNumber(fields[2], -1)).text("members", fields[3]));
        }
      }
    }
  }

  /** In seconds since 1970; 0 if unknown. */
  private long lastLogin(long uid) {
    Path log = root.resolve("var/log/lastlog");
    if (uid < 0 || !Files.isRegularFile(log)) {
      return 0;
    }
    try (var file = new RandomAccessFile(log.toFile(), "r")) {
      long at = uid * LASTLOG_RECORD_BYTES;
      if (at + LASTLOG_RECORD_BYTES > file.length()) {
        return 0;
      }
      file.seek(at);
      return Integer.toUnsignedLong(Integer.reverseBytes(file.readInt()));
    } catch (IOException e) {
      // Not for this account: told without.
      return 0;
    }
  }
}
