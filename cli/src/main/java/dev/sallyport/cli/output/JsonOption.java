package dev.sallyport.cli.output;

import picocli.CommandLine.Option;

/** The option every command with a result has. */
public final class JsonOption {
  @Option(names = "--json", description = "Print the result as JSON, for scripts; errors become JSON on standard error.")
  private boolean json;

  public boolean wanted() {
    return json;
  }
}
