package dev.sallyport.operation.process;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;

/**
 * What every program is given: of the agent's own environment only what tells a program about its account and its machine. What the
 * agent's service was configured with (its flags, credentials of its proxy) is nobody else's business.
 */
final class Environment {
  private static final Set<String> KEPT = Set.of("PATH", "HOME", "USER", "LOGNAME", "SHELL", "LANG", "LANGUAGE", "TZ",
      "TMPDIR", "SystemRoot", "SystemDrive", "ComSpec", "PATHEXT", "TEMP", "TMP", "USERPROFILE");
  private static final String KEPT_PREFIX = "LC_";

  /** What systemd gives its services, for an agent that was started without any. */
  private static final String DEFAULT_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

  private Environment() {
  }

  /** Turns the agent's environment into a program's. */
  static void prepare(Map<String, String> environment, Map<String, String> added, String mark) {
    environment.keySet().removeIf(name -> !KEPT.contains(name) && !name.startsWith(KEPT_PREFIX));
    environment.putIfAbsent("PATH", DEFAULT_PATH);
    environment.putIfAbsent("HOME", home());
    environment.putAll(added);
    environment.put(ProcessTree.MARK, mark);
  }

  /** The account's own directory; the root directory for an account without one. */
  static String home() {
    String home = System.getProperty("user.home", "/");
    return Files.isDirectory(Path.of(home)) ? home : "/";
  }
}
