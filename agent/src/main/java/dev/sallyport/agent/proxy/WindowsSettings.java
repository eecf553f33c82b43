package dev.sallyport.agent.proxy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import dev.sallyport.transport.proxy.discovery.ProxySetting;
import dev.sallyport.transport.proxy.discovery.ProxySource;

/**
 * The Internet settings of those who are logged in at a Windows machine, read by {@code reg.exe}: a service has none of its own, but sees
 * those of everybody whose part of the registry is loaded.
 */
final class WindowsSettings implements ProxySource {
  private static final String PROGRAM = "C:\\Windows\\System32\\reg.exe";
  private static final String USERS = "HKEY_USERS";
  /** What accounts of people begin with. */
  private static final String PERSON = USERS + "\\S-1-5-21-";
  private static final String CLASSES = "_CLASSES";
  private static final String SETTINGS = "\\Software\\Microsoft\\Windows\\CurrentVersion\\Internet Settings";
  private static final String CONNECTIONS = SETTINGS + "\\Connections";
  private static final Duration TIME = Duration.ofSeconds(10);
  private static final int MAX_BYTES = 256 << 10;

  /** Most people who are asked. */
  private static final int MAX_USERS = 8;

  private final List<String> command;
  private final Map<String, String> environment;

  WindowsSettings() {
    this(List.of(PROGRAM), Map.of());
  }

  /** @param command the tool, with what stands before its arguments */
  WindowsSettings(List<String> command, Map<String, String> environment) {
    this.command = List.copyOf(command);
    this.environment = Map.copyOf(environment);
  }

  @Override
  public String name() {
    return "desktop";
  }

  @Override
  public List<ProxySetting> settings(String host, int port) throws IOException {
    var settings = new ArrayList<ProxySetting>();
    for (String user : users()) {
      Map<String, String> values = values(query(user + SETTINGS));
      if (!values.isEmpty()) {
        values.putAll(values(query(user + CONNECTIONS)));
      }
      settings.addAll(WindowsProxy.settings(values, host, port));
    }
    return settings;
  }

  private List<String> users() throws IOException {
    var users = new ArrayList<String>();
    for (String line : query(USERS).lines().map(String::strip).toList()) {
      String key = line.toUpperCase(Locale.ROOT);
      if (key.startsWith(PERSON) && !key.endsWith(CLASSES) && users.size() < MAX_USERS) {
        users.add(line);
      }
    }
    return users;
  }

  /** What stands in a key; empty if there is no such key. */
  private String query(String key) throws IOException {
    var argv = new ArrayList<>(command);
    argv.addAll(List.of("query", key));
    Child.Ended ended = new Child(argv, environment, TIME, MAX_BYTES).run(new byte[0]);
    return ended.code() == 0 ? new String(ended.output(), StandardCharsets.ISO_8859_1) : "";
  }

  /** By lower-case name; each stands in a line with its type, four blanks between. */
  static Map<String, String> values(String listing) {
    var values = new HashMap<String, String>();
    for (String line : listing.lines().toList()) {
      String[] columns = line.strip().split(" {4}", 3);
      if (columns.length == 3 && columns[1].startsWith("REG_")) {
        values.put(columns[0].toLowerCase(Locale.ROOT), columns[2].strip());
      }
    }
    return values;
  }
}
