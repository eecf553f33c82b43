package dev.sallyport.server.app.setting;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * The settings there are. Each may be given as an argument, in the environment, or in the file in the data directory. (The empty comments keep one
 * setting to a line when the source is formatted.)
 */
enum Setting {
  DATA("data", "directory", "where everything is kept; made with mode 0700"), //
  PORT("port", "number", "the one public port, 0 for any free one (default 8443)"), //
  PLAIN_PORTS("plain-ports", "numbers",
      "ports without TLS, separated by commas, for agents that can come no other way (80, say)"), //
  BIND("bind", "address", "address to listen on (default: all)"), //
  PUBLIC_ADDRESS("public-address", "host:port",
      "where agents and browsers reach this server (default: this host's name)"), //
  DATABASE("database", "sqlite|url", "sqlite (default), or jdbc:postgresql://host/name"), //
  DATABASE_USER("database-user", "name", "PostgreSQL role (default sallyport)"), //
  DATABASE_PASSWORD_FILE("database-password-file", "file", "first line: the role's password"), //
  KEYS("keys", "directory", "where the key files lie (default: keys in the data directory)"), //
  CERTIFICATE("certificate", "file", "PEM chain of the TLS certificate (default: self-made)"), //
  CERTIFICATE_KEY("certificate-key", "file", "PEM private key of the TLS certificate"), //
  FTP_PORT("ftp-port", "number",
      "port of a built-in FTP server for agents that can come no other way (default: none)"), //
  FTP_PASSIVE_PORTS("ftp-passive-ports", "first-last", "its ports for transfers (default 40000-40099)"), //
  FTP_SPACE("ftp-space", "MiB", "how much may lie there at once (default 512)"), //
  FTP_DROP("ftp-drop", "url",
      "ftp://user@host/directory or ftps://…: somebody else's FTP server that agents may use"), //
  FTP_DROP_PASSWORD_FILE("ftp-drop-password-file", "file", "first line: that user's password"), //
  FTP_DROP_PIN("ftp-drop-pin", "sha256", "its certificate's fingerprint, unless an authority vouches for it"), //
  FTP_LINKS("ftp-links", "number", "links at once at each FTP server (default 500)");

  private final String key;
  private final String value;
  private final String meaning;

  Setting(String key, String value, String meaning) {
    this.key = key;
    this.value = value;
    this.meaning = meaning;
  }

  /** The name in arguments and in the file. */
  String key() {
    return key;
  }

  /** The name in the environment. */
  String variable() {
    return "SALLYPORT_" + key.replace('-', '_').toUpperCase(Locale.ROOT);
  }

  /** One line of help. */
  String help() {
    return String.format("  --%-36s %s", key + "=" + value, meaning);
  }

  static Optional<Setting> ofKey(String key) {
    return Arrays.stream(values()).filter(s -> s.key.equals(key)).findFirst();
  }

  static Optional<Setting> ofVariable(String variable) {
    return Arrays.stream(values()).filter(s -> s.variable().equals(variable)).findFirst();
  }
}
