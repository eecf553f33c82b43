package dev.sallyport.server.app.setting;

import java.io.IOException;
import java.io.Reader;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.sallyport.server.app.setting.Settings.Certificate;
import dev.sallyport.server.app.setting.Settings.PublicAddress;
import dev.sallyport.server.store.Database;
import org.jspecify.annotations.Nullable;

/** Reads and checks settings, collecting faults instead of stopping at the first. */
final class SettingsReader {

  static final String FILE = "sallyport.properties";
  private static final String VARIABLES = "SALLYPORT_";
  /** Variables of the same prefix that belong to the other programs and to the launchers. */
  private static final Set<String> OTHERS_VARIABLES = Set.of("SALLYPORT_SERVER", "SALLYPORT_TOKEN", "SALLYPORT_PIN",
      "SALLYPORT_JAVA_HOME", "SALLYPORT_TRAINING", "SALLYPORT_SERVER_JAVA_OPTIONS", "SALLYPORT_AGENT_JAVA_OPTIONS");
  private static final int DEFAULT_PORT = 8443;
  private static final int MAX_PORT = 65_535;
  private static final int MAX_PLAIN_PORTS = 8;
  private static final Pattern HOST_PORT = Pattern
      .compile("(?:\\[([0-9a-fA-F:.]+)]|([A-Za-z0-9](?:[A-Za-z0-9.-]{0,251}[A-Za-z0-9])?))(?::(\\d{1,5}))?");
  private static final Pattern POSTGRES = Pattern.compile("jdbc:postgresql://[^?\\s]+(?:\\?[^\\s]*)?");

  private final String[] arguments;
  private final Map<String, String> environment;
  private final List<String> faults = new ArrayList<>();
  private final Map<Setting, Given> given = new EnumMap<>(Setting.class);

  /** A value and where it was given. */
  private record Given(String value, String where) {}

  SettingsReader(String[] arguments, Map<String, String> environment) {
    this.arguments = arguments.clone();
    this.environment = environment;
  }

  Settings read() throws SettingsException {
    fromArguments();
    fromEnvironment();
    Path data = path(Setting.DATA, defaultData());
    fromFile(data.resolve(FILE));
    int port = port();
    InetAddress bind = bind();
    var settings = new Settings(data, path(Setting.KEYS, data.resolve("keys")), bind, port, plainPorts(),
        publicAddress(bind), database(data), certificate(), new FtpSettingsReader(this).read());
    if (!faults.isEmpty()) {
      throw new SettingsException(faults);
    }
    return settings;
  }

  private void fromArguments() {
    for (int i = 0; i < arguments.length; i++) {
      String argument = arguments[i];
      int equals = argument.indexOf('=');
      if (!argument.startsWith("--")) {
        faults.add("'" + argument + "' is not a setting. Write --name=value or --name value; --help lists the names.");
      } else if (equals >= 0) {
        take(argument.substring(2, equals), argument.substring(equals + 1), argument.substring(0, equals), true);
      } else if (i + 1 < arguments.length && !arguments[i + 1].startsWith("--")) {
        take(argument.substring(2), arguments[++i], argument, true);
      } else {
        valueless(argument);
      }
    }
  }

  private void valueless(String argument) {
    faults.add(Setting.ofKey(argument.substring(2)).isPresent()
        ? "The setting " + argument + " needs a value. Write " + argument + "=value."
        : "'" + argument + "' is not a setting. Write --name=value or --name value; --help lists the names.");
  }

  private void fromEnvironment() {
    new TreeMap<>(environment).forEach((variable, value) -> {
      if (!variable.startsWith(VARIABLES) || OTHERS_VARIABLES.contains(variable)) {
        return;
      }
      Setting.ofVariable(variable).ifPresentOrElse(setting -> take(setting.key(), value, variable, false),
          () -> faults.add("The environment variable " + variable + " is no setting. Unset it, or correct its name; "
              + "--help lists the names."));
    });
  }

  private void fromFile(Path file) {
    if (!Files.exists(file)) {
      return;
    }
    var properties = new Properties();
    try (Reader reader = Files.newBufferedReader(file)) {
      properties.load(reader);
    } catch (IOException | IllegalArgumentException e) {
      faults.add("The file " + file + " cannot be read: " + e.getMessage() + ". Correct it or its permissions.");
      return;
    }
    for (String key : properties.stringPropertyNames()) {
      if (key.equals(Setting.DATA.key())) {
        faults.add(
            "The setting 'data' cannot stand in " + file + ", which lies in the data directory. Give it as --data=…");
      } else {
        take(key, properties.getProperty(key), file.toString(), false);
      }
    }
  }

  private void take(String key, String value, String where, boolean onlyOnce) {
    var setting = Setting.ofKey(key);
    if (setting.isEmpty()) {
      faults.add("There is no setting '" + key + "' (from " + where + "). Correct its name; --help lists the names.");
    } else if (onlyOnce && given.containsKey(setting.get())) {
      faults.add("The setting '" + key + "' is given twice (" + where + "). Give it once.");
    } else {
      given.putIfAbsent(setting.get(), new Given(value.strip(), where));
    }
  }

  private int port() {
    Given port = given.get(Setting.PORT);
    if (port == null) {
      return DEFAULT_PORT;
    }
    if (port.value.matches("\\d{1,5}") && Integer.parseInt(port.value) <= MAX_PORT) {
      return Integer.parseInt(port.value);
    }
    fault(Setting.PORT, port, "is not a number from 0 to 65535", "Give a free port, for example 8443.");
    return DEFAULT_PORT;
  }

  private List<Integer> plainPorts() {
    Given ports = given.get(Setting.PLAIN_PORTS);
    var numbers = new ArrayList<Integer>();
    for (String port : ports == null || ports.value.isEmpty()
        ? List.<String>of()
        : List.of(ports.value.split(",", MAX_PLAIN_PORTS))) {
      if (port.strip().matches("\\d{1,5}") && validPort(port.strip())) {
        numbers.add(Integer.parseInt(port.strip()));
      } else {
        fault(Setting.PLAIN_PORTS, ports, "is not a list of numbers from 1 to 65535",
            "Give one or more free ports, for example 80.");
        break;
      }
    }
    return numbers;
  }

  private InetAddress bind() {
    Given bind = given.get(Setting.BIND);
    try {
      return InetAddress.ofLiteral(bind == null ? "0.0.0.0" : bind.value);
    } catch (IllegalArgumentException e) {
      fault(Setting.BIND, bind, "is not an IP address", "Give one of this machine, for example 127.0.0.1.");
      return InetAddress.getLoopbackAddress();
    }
  }

  private PublicAddress publicAddress(InetAddress bind) {
    Given address = given.get(Setting.PUBLIC_ADDRESS);
    if (address == null) {
      return new PublicAddress(bind.isAnyLocalAddress() ? hostName() : bind.getHostAddress(), 0);
    }
    Matcher parts = HOST_PORT.matcher(address.value);
    if (!parts.matches() || (parts.group(3) != null && !validPort(parts.group(3)))) {
      fault(Setting.PUBLIC_ADDRESS, address, "is not a host and a port",
          "Give host:port, for example sallyport.example.org:443.");
      return new PublicAddress("localhost", 0);
    }
    String host = parts.group(1) != null ? parts.group(1) : parts.group(2);
    return new PublicAddress(host, parts.group(3) == null ? 0 : Integer.parseInt(parts.group(3)));
  }

  private Database database(Path data) {
    Given database = given.get(Setting.DATABASE);
    Given user = given.get(Setting.DATABASE_USER);
    Given passwordFile = given.get(Setting.DATABASE_PASSWORD_FILE);
    if (database == null || database.value.equals("sqlite")) {
      for (Setting setting : List.of(Setting.DATABASE_USER, Setting.DATABASE_PASSWORD_FILE)) {
        if (given.containsKey(setting)) {
          fault(setting, given.get(setting), "means nothing to SQLite",
              "Leave it out, or set 'database' to a PostgreSQL URL.");
        }
      }
      return new Database.Sqlite(data.resolve("sallyport.db"));
    }
    if (database.value.contains("password=")) { // not repeated in the message
      faults.add(
          "The setting 'database' (from " + database.where + ") holds a password, which would show in process lists. "
              + "Put it into a file and name the file with 'database-password-file'.");
    } else if (!POSTGRES.matcher(database.value).matches()) {
      fault(Setting.DATABASE, database, "is neither 'sqlite' nor a PostgreSQL URL",
          "Give jdbc:postgresql://host:5432/sallyport, for example.");
    }
    if (passwordFile == null) {
      faults.add(
          "The setting 'database-password-file' is missing. Write the PostgreSQL role's password into a file that only "
              + "the server's user may read, and name it.");
    }
    return new Database.Postgres(database.value, user == null ? "sallyport" : user.value,
        path(Setting.DATABASE_PASSWORD_FILE, data));
  }

  private Certificate certificate() {
    boolean chain = given.containsKey(Setting.CERTIFICATE);
    boolean key = given.containsKey(Setting.CERTIFICATE_KEY);
    if (chain != key) {
      faults.add(
          "The settings 'certificate' and 'certificate-key' belong together. Give both, or neither for a self-made one.");
    }
    if (!chain || !key) {
      return new Certificate.SelfMade();
    }
    return new Certificate.Files(readable(Setting.CERTIFICATE), readable(Setting.CERTIFICATE_KEY));
  }

  private Path readable(Setting setting) {
    Path file = path(setting, Path.of(""));
    if (!Files.isReadable(file)) {
      fault(setting, given.get(setting), "is not a file that can be read",
          "Correct the path, or let the server's user read it.");
    }
    return file;
  }

  private Path path(Setting setting, Path otherwise) {
    Given path = given.get(setting);
    if (path == null) {
      return otherwise;
    }
    try {
      if (!path.value.isEmpty()) {
        return Path.of(path.value).toAbsolutePath().normalize();
      }
    } catch (InvalidPathException e) {
      fault(setting, path, "is not a path", "Correct it.");
      return otherwise;
    }
    fault(setting, path, "is empty", "Give a path, or leave the setting out.");
    return otherwise;
  }

  private void fault(Setting setting, @Nullable Given value, String wrong, String fix) {
    String text = value == null ? "" : " (from " + value.where + "): '" + value.value + "'";
    faults.add("The setting '" + setting.key() + "'" + text + " " + wrong + ". " + fix);
  }

  /** What was given. */
  Optional<String> value(Setting setting) {
    return Optional.ofNullable(given.get(setting)).map(Given::value).filter(value -> !value.isEmpty());
  }

  /** What was given makes no sense. */
  void wrong(Setting setting, String wrong, String fix) {
    fault(setting, given.get(setting), wrong, fix);
  }

  /** The same in words of its own. */
  void fault(String words) {
    faults.add(words);
  }

  private Path defaultData() {
    String home = environment.getOrDefault("HOME", ".");
    String share = environment.getOrDefault("XDG_DATA_HOME", home + "/.local/share");
    boolean root = "root".equals(System.getProperty("user.name"));
    return (root ? Path.of("/var/lib/sallyport") : Path.of(share, "sallyport")).toAbsolutePath().normalize();
  }

  /** The name the machine gives itself; no name service is asked, which could take long. */
  private static String hostName() {
    try {
      String name = Files.readString(Path.of("/etc/hostname")).strip();
      return HOST_PORT.matcher(name).matches() ? name : "localhost";
    } catch (IOException e) {
      return "localhost";
    }
  }

  private static boolean validPort(String text) {
    int port = Integer.parseInt(text);
    return port > 0 && port <= MAX_PORT;
  }
}
