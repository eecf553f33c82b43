package dev.sallyport.agent;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import dev.sallyport.agent.execute.ExecutorLimits;
import dev.sallyport.transport.proxy.discovery.ProxySetting;

/**
 * What stands on the command line.
 *
 * @param command the first word, or empty
 * @param words further words that are no options
 * @param state the state directory
 * @param bundle file with an enrolment bundle, or empty
 * @param proxy a setting as {@link ProxySetting#of} reads it, or empty
 * @param atOnce operations that may change something, run at once
 */
record Options(String command, List<String> words, Path state, String bundle, String proxy, int atOnce) {
  private static final Path DEFAULT_STATE = Path.of("/var/lib/sallyport-agent");

  static Options parse(String[] args) throws AgentFailure {
    var words = new ArrayList<String>();
    Path state = DEFAULT_STATE;
    String bundle = "";
    String proxy = "";
    int atOnce = ExecutorLimits.DEFAULT.changing();
    for (int i = 0; i < args.length; i++) {
      String[] option = args[i].startsWith("--") ? args[i].split("=", 2) : new String[]{args[i]};
      boolean joined = option.length == 2;
      switch (option[0]) {
        case "--state" -> state = path(joined ? option[1] : value(args, i++));
        case "--bundle" -> bundle = joined ? option[1] : value(args, i++);
        case "--proxy" -> proxy = proxy(joined ? option[1] : value(args, i++));
        case "--at-once" -> atOnce = number(joined ? option[1] : value(args, i++));
        case "--help", "-h" -> words.addFirst("help");
        case "--version" -> words.addFirst("version");
        default -> {
          if (args[i].length() > 1 && args[i].startsWith("-")) {
            throw wrong("unknown option " + option[0]);
          }
          words.add(args[i]);
        }
      }
    }
    String command = words.isEmpty() ? "" : words.removeFirst();
    return new Options(command, List.copyOf(words), state, bundle, proxy, atOnce);
  }

  /** Refuses words that the command has no use for: whoever wrote them expects something of them. */
  void requireNoWords() throws AgentFailure {
    if (!words.isEmpty()) {
      throw wrong(command + " takes no \"" + words.getFirst() + "\"");
    }
  }

  private static String value(String[] args, int option) throws AgentFailure {
    if (option + 1 >= args.length || args[option + 1].isEmpty()) {
      throw wrong(args[option] + " needs a value");
    }
    return args[option + 1];
  }

  private static Path path(String text) throws AgentFailure {
    try {
      return Path.of(text);
    } catch (InvalidPathException e) {
      throw wrong("\"" + text + "\" is no path");
    }
  }

  private static String proxy(String text) throws AgentFailure {
    try {
      var _ = ProxySetting.of(text);
      return text;
    } catch (IllegalArgumentException e) {
      throw wrong("--proxy: " + e.getMessage());
    }
  }

  private static int number(String text) throws AgentFailure {
    try {
      int number = Integer.parseInt(text);
      if (number >= 1 && number <= ExecutorLimits.MOST) {
        return number;
      }
    } catch (NumberFormatException e) {
      throw wrong("\"" + text + "\" is no number");
    }
    throw wrong("--at-once takes 1 to " + ExecutorLimits.MOST);
  }

  static AgentFailure wrong(String what) {
    return new AgentFailure(ExitCode.USAGE, what + "; see sallyport-agent --help");
  }
}
