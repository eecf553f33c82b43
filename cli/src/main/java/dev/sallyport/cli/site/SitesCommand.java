package dev.sallyport.cli.site;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Looks after sites, which are machines with one owner and one policy. */
@Command(name = "sites", mixinStandardHelpOptions = true, description = "Shows and changes what counts for all machines of a site.", subcommands = {
    ListCommand.class, ConnectionCommand.class})
public final class SitesCommand implements Runnable {
  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli before the command runs
  private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "say what to do: list or connection");
  }
}
