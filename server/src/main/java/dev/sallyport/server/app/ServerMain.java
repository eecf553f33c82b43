package dev.sallyport.server.app;

import java.io.PrintStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

import dev.sallyport.server.app.command.Command;
import dev.sallyport.server.app.setting.Settings;
import dev.sallyport.server.app.setting.SettingsException;

/** The server's program. */
public final class ServerMain {

  /** It was asked for something simple and did it; or it was told to stop and stopped (143 when by SIGTERM). */
  static final int DONE = 0;
  /** It failed in an unforeseen way; the log says how. */
  static final int FAILED = 1;
  /** The settings are wrong. */
  static final int WRONG_SETTINGS = 2;
  /** Something around it is missing or in use: directory, database, port, key file. */
  static final int CANNOT_START = 3;

  private ServerMain() {
  }

  /** Runs until stopped. */
  public static void main(String[] arguments) {
    System.exit(run(arguments, System.getenv(), System.out, System.err));
  }

  static int run(String[] arguments, Map<String, String> environment, PrintStream out, PrintStream err) {
    if (arguments.length > 0 && Command.NAMES.contains(arguments[0])) {
      return new Command(environment, System.in, out, err).run(arguments);
    }
    if (Arrays.asList(arguments).contains("--help")) {
      out.print(help());
      return DONE;
    }
    if (Arrays.asList(arguments).contains("--version")) {
      out.println("sallyport-server " + Server.version());
      return DONE;
    }
    try {
      Settings settings = Settings.read(arguments, environment);
      Server server = Server.start(settings, InstantSource.system());
      return serve(server, out);
    } catch (SettingsException e) {
      e.faults().forEach(fault -> err.println("sallyport-server: " + fault));
      return WRONG_SETTINGS;
    } catch (StartException e) {
      err.println("sallyport-server: " + e.getMessage());
      logger().log(Level.DEBUG, "the server cannot start", e);
      return CANNOT_START;
    } catch (RuntimeException e) {
      err.println("sallyport-server: failed in an unforeseen way; the log tells more.");
      logger().log(Level.ERROR, "the server failed to start", e);
      return FAILED;
    }
  }

  private static int serve(Server server, PrintStream out) {
    var stopped = new CountDownLatch(1);
    Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().name("stop").unstarted(() -> {
      server.close();
      stopped.countDown();
    }));
    server.announce(out);
    try {
      stopped.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return DONE;
  }

  private static String help() {
    return String.join("\n", "sallyport-server [--name=value | --name value …]", "",
        "Starts the Sallyport server. SIGTERM (or Ctrl-C) stops it in order.", "",
        "sallyport-server backup FILE, sallyport-server restore FILE: all of a server in one encrypted file, and back; see their --help.",
        "", Settings.help(),
        "Each setting may also stand in the environment (SALLYPORT_PORT for --port) or in the file sallyport.properties",
        "in the data directory (port = 8443). Arguments count first, the file last.", "",
        "Exit codes: 0 done, 1 failed, 2 wrong settings, 3 cannot start, 143 stopped by SIGTERM.", "");
  }

  private static Logger logger() {
    return System.getLogger(ServerMain.class.getName());
  }
}
