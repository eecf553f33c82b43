package dev.sallyport.server.action.account;

import java.util.Arrays;
import java.util.List;

import dev.sallyport.protocol.Bytes;
import dev.sallyport.protocol.json.JsonObject;
import dev.sallyport.server.action.ActionContext;
import dev.sallyport.server.action.Parameter;
import dev.sallyport.server.action.Spelling;
import dev.sallyport.server.action.Tool;

/** What the actions on users and groups have in common: the programs of the shadow suite. */
final class Accounts {
  /** Most characters of a password. */
  static final int MAX_PASSWORD = 512;
  static final Parameter USER = new Parameter.Word("user", "The user, by name.", true, Spelling.ACCOUNT);
  static final Parameter GROUP = new Parameter.Word("group", "The group, by name.", true, Spelling.ACCOUNT);

  private static final String MARK = "/usr/sbin/useradd";

  private Accounts() {
  }

  static void require(ActionContext context) {
    if (!Tool.exists(context, MARK)) {
      throw Tool.unsupported("this machine has no useradd, so its accounts cannot be managed");
    }
  }

  static String user(ActionContext context) {
    return context.parameters().string(USER.name());
  }

  static String group(ActionContext context) {
    return context.parameters().string(GROUP.name());
  }

  /** Refuses a password that the line for chpasswd could not hold. */
  static void checkPassword(JsonObject parameters, String name) {
    if (parameters.has(name)
        && parameters.string(name, MAX_PASSWORD).chars().anyMatch(c -> c < ' ' || c == 0x7f)) {
      throw parameters.refused(name, "expected text without line breaks and control characters");
    }
  }

  /** Sets a password: it goes in by standard input, where no list of processes shows it, and is wiped here. */
  static void setPassword(ActionContext context, String user, String secretName) {
    byte[] secret = context.secret(secretName);
    byte[] head = Bytes.ofUtf8(user + ":").toArray();
    byte[] line = Arrays.copyOf(head, head.length + secret.length + 1);
    System.arraycopy(secret, 0, line, head.length, secret.length);
    line[line.length - 1] = '\n';
    Arrays.fill(secret, (byte) 0);
    try {
      Tool.run(context, List.of("/usr/sbin/chpasswd"), Bytes.of(line));
    } finally {
      Arrays.fill(line, (byte) 0);
    }
  }
}
