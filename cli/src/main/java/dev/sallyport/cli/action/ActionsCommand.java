package dev.sallyport.cli.action;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Tells which actions there are. */
@Command(name = "actions", mixinStandardHelpOptions = true, description = "Tells which actions there are and what they take.", subcommands = {
    ListCommand.class, ShowCommand.class})
public final class ActionsCommand implements Runnable {
  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli before the command runs
  private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "say what to do: list or show");
  }
}
