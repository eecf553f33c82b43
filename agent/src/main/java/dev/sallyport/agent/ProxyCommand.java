package dev.sallyport.agent;

import java.io.Console;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;

import dev.sallyport.agent.proxy.ProxyRoutes;
import dev.sallyport.agent.proxy.ProxyStore;
import dev.sallyport.agent.state.StateDirectory;
import dev.sallyport.agent.state.StateFiles;
import dev.sallyport.transport.proxy.ProxyAddress;
import dev.sallyport.transport.proxy.Routes;
import dev.sallyport.transport.proxy.discovery.ProxySetting;
import dev.sallyport.transport.proxy.login.Login;

/** {@code proxy}: keeps the proxy of this machine's agent. The agent that runs asks for it at its next attempt. */
final class ProxyCommand {
  private static final int MAX_SETTING_BYTES = 4_096;
  private static final String USE = "proxy takes set, show or clear";

  private final Options options;
  private final InputStream in;
  private final PrintStream out;
  private final PrintStream err;

  ProxyCommand(Options options, InputStream in, PrintStream out, PrintStream err) {
    this.options = options;
    this.in = in;
    this.out = out;
    this.err = err;
  }

  /** What to ask for proxies, with what the command line says. */
  static Routes routes(Options options, StateFiles files) {
    return ProxyRoutes.of(options.proxy(), new ProxyStore(files));
  }

  /** Keeps what the command line says. */
  static void keep(Options options, StateFiles files) throws IOException {
    if (!options.proxy().isEmpty()) {
      new ProxyStore(files).write(options.proxy(), new SecureRandom());
    }
  }

  /** Keeps it only if there is a log-in in it, so that the next start needs none on its command line. */
  static void keepLogin(Options options, StateFiles files) throws IOException {
    if (!options.proxy().isEmpty() && login(ProxySetting.of(options.proxy())).isGiven()) {
      keep(options, files);
    }
  }

  void run() throws AgentFailure, IOException {
    List<String> words = options.words();
    String what = words.isEmpty() ? "" : words.getFirst();
    if (words.size() > (what.equals("set") ? 2 : 1)) {
      throw Options.wrong(USE + ", and a proxy only after set");
    }
    switch (what) {
      case "set" -> set(words.size() == 2 ? words.get(1) : "-");
      case "show" -> out.println(described(new ProxyStore(StateDirectory.open(options.state()).files()).read()));
      case "clear" -> {
        new ProxyStore(StateDirectory.open(options.state()).files()).clear();
        out.println("no proxy is kept any more");
      }
      default -> throw Options.wrong(USE);
    }
    out.flush();
  }

  private void set(String word) throws AgentFailure, IOException {
    String setting = word.equals("-") ? asked() : word;
    ProxySetting read;
    try {
      read = ProxySetting.of(setting);
    } catch (IllegalArgumentException e) {
      throw Options.wrong("proxy set: " + e.getMessage());
    }
    if (setting.equals(word) && !login(read).password().isEmpty()) {
      err.println(
          "sallyport-agent: everybody on this machine could see that password on the command line; next time leave"
              + " the proxy away, and it is asked for");
    }
    new ProxyStore(StateDirectory.openOrCreate(options.state()).files()).write(setting, new SecureRandom());
    out.println("kept: " + described(setting));
  }

  /** From whoever sits there, without echo; else a line from standard input. */
  @SuppressWarnings("SystemConsoleNull") // the console of java.base alone is null where there is no terminal
  private String asked() throws AgentFailure, IOException {
    Console console = System.console();
    if (console != null && console.isTerminal()) {
      char[] typed = console.readPassword("proxy, such as http://user:password@host:port (not shown): ");
      String setting = typed == null ? "" : new String(typed).strip();
      if (typed != null) {
        Arrays.fill(typed, ' ');
      }
      return setting;
    }
    byte[] line = in.readNBytes(MAX_SETTING_BYTES + 1);
    if (line.length > MAX_SETTING_BYTES) {
      throw Options.wrong("proxy set: a proxy has at most " + MAX_SETTING_BYTES + " bytes");
    }
    String setting = new String(line, StandardCharsets.UTF_8).strip();
    Arrays.fill(line, (byte) 0);
    return setting;
  }

  private static Login login(ProxySetting setting) {
    return setting instanceof ProxySetting.Through(List<ProxyAddress> proxies)
        ? proxies.getFirst().login()
        : Login.NONE;
  }

  private static String described(String setting) {
    if (setting.isEmpty()) {
      return "no proxy is kept";
    }
    return switch (ProxySetting.of(setting)) {
      case ProxySetting.Straight() -> "no proxy, whatever else is configured";
      case ProxySetting.Detect() -> "what the network names (WPAD)";
      case ProxySetting.Script(var location) -> "proxy script " + location;
      case ProxySetting.Through(List<ProxyAddress> proxies) -> described(proxies.getFirst());
    };
  }

  private static String described(ProxyAddress proxy) {
    Login login = proxy.login();
    return proxy.route().describe() + (login.isGiven() ? ", as " + login.user() : "")
        + (login.password().isEmpty() ? "" : " with a password");
  }
}
