package dev.sallyport.agent.proxy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import dev.sallyport.transport.proxy.discovery.ProxySetting;
import dev.sallyport.transport.proxy.discovery.ProxySource;

/**
 * What the people who are logged in at this machine have set in GNOME, and in desktops that keep to its settings. An agent that runs as root
 * asks as each of them, one after another; any other asks as itself.
 */
final class GnomeSettings implements ProxySource {
  private static final Path PROGRAM = Path.of("/usr/bin/gsettings");
  private static final String SCHEMA = "org.gnome.system.proxy";
  private static final Path SESSIONS = Path.of("/run/user");
  private static final Path SELF = Path.of("/proc/self");
  private static final Duration TIME = Duration.ofSeconds(5);
  private static final int MAX_BYTES = 64 << 10;

  /** Most people who are asked. */
  private static final int MAX_USERS = 8;
  /** Below are accounts of the system, some with a desktop of their own for the log-in. */
  private static final int FIRST_PERSON = 1_000;

  private final Path sessions;
  private final Map<String, String> environment;

  GnomeSettings() {
    this(SESSIONS, Map.of());
  }

  /**
   * @param sessions has a directory, named by number, for each account that is logged in
   * @param environment for the tool, beyond what it needs
   */
  GnomeSettings(Path sessions, Map<String, String> environment) {
    this.sessions = sessions;
    this.environment = Map.copyOf(environment);
  }

  @Override
  public String name() {
    return "desktop";
  }

  @Override
  public List<ProxySetting> settings(String host, int port) throws IOException {
    var settings = new ArrayList<ProxySetting>();
    if (Files.isExecutable(PROGRAM) && Files.isDirectory(sessions)) {
      int self = self();
      for (int user : users(self)) {
        settings.addAll(GnomeProxy.settings(ask(user, self), host, port));
      }
    }
    return settings;
  }

  private static int self() throws IOException {
    return Files.exists(SELF) ? (int) Files.getAttribute(SELF, "unix:uid") : 0;
  }

  private List<Integer> users(int self) throws IOException {
    var users = new ArrayList<Integer>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(sessions)) {
      for (Path entry : entries) {
        int user = number(entry.getFileName().toString());
        if ((user == self || (self == 0 && user >= FIRST_PERSON)) && users.size() < MAX_USERS) {
          users.add(user);
        }
      }
    }
    users.sort(null);
    return users;
  }

  private static int number(String name) {
    try {
      return Integer.parseInt(name);
    } catch (NumberFormatException e) {
      return -1; // no account's
    }
  }

  private String ask(int user, int self) throws IOException {
    Account account = Account.of(user);
    var argv = new ArrayList<String>();
    if (user != self) {
      argv.addAll(List.of("/usr/bin/setpriv", "--reuid=" + user, "--regid=" + account.group(), "--init-groups", "--"));
    }
    argv.addAll(List.of(PROGRAM.toString(), "list-recursively", SCHEMA));
    Path session = sessions.resolve(String.valueOf(user));
    var known = new java.util.HashMap<>(Map.of("HOME", account.home(), "XDG_RUNTIME_DIR", session.toString(),
        "DBUS_SESSION_BUS_ADDRESS", "unix:path=" + session.resolve("bus"), "PATH", "/usr/bin:/bin", "LC_ALL",
        "C.UTF-8"));
    known.putAll(environment);
    Child.Ended ended = new Child(argv, known, TIME, MAX_BYTES).run(new byte[0]);
    // Without GNOME's settings on this machine the tool fails, and there is nothing to tell.
    return ended.code() == 0 ? new String(ended.output(), StandardCharsets.UTF_8) : "";
  }

  /** What the machine knows of an account. */
  private record Account(String group, String home) {
    private static final int GROUP = 3;
    private static final int HOME = 5;

    static Account of(int user) throws IOException {
      Child.Ended ended = new Child(List.of("/usr/bin/getent", "passwd", String.valueOf(user)), Map.of(), TIME,
          MAX_BYTES).run(new byte[0]);
      String[] fields = new String(ended.output(), StandardCharsets.UTF_8).strip().split(":", -1);
      if (ended.code() != 0 || fields.length <= HOME) {
        throw new IOException("the account " + user + ", which is logged in, is not known here");
      }
      return new Account(fields[GROUP], fields[HOME]);
    }
  }
}
