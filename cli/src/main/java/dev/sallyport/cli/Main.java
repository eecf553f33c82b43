package dev.sallyport.cli;

import java.io.PrintStream;
import java.util.Map;

import dev.sallyport.cli.output.Failures;
import dev.sallyport.cli.output.Terminal;
import picocli.CommandLine;

/** Entry of the {@code sallyport} command; the only place that ends the process. */
public final class Main {
  private static final int HELP_WIDTH = 100;

  private Main() {
  }

  /** Runs one command and exits with its code; see {@link ExitCode}. */
  public static void main(String[] arguments) {
    System.exit(run(System.getenv(), System.in, System.out, System.err, arguments));
  }

  static int run(Map<String, String> environment, java.io.InputStream in, PrintStream out, PrintStream err,
      String... arguments) {
    var terminal = new Terminal(environment, in, out, err);
    var failures = new Failures(err);
    return new CommandLine(new Sallyport(), new CommandFactory(terminal))
        .setUsageHelpWidth(HELP_WIDTH)
        // A file name after an @ is text like any other: nothing is read because of an argument (incident T33).
        .setExpandAtFiles(false)
        .setOut(new java.io.PrintWriter(out, true, java.nio.charset.StandardCharsets.UTF_8))
        .setErr(new java.io.PrintWriter(err, true, java.nio.charset.StandardCharsets.UTF_8))
        .setExecutionExceptionHandler(failures)
        .setParameterExceptionHandler(failures)
        .execute(arguments);
  }
}
