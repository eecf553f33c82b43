package dev.sallyport.cli.procedure;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Looks after operators' scripts of actions. */
@Command(name = "procedure", mixinStandardHelpOptions = true, description = "Saves, compares and runs scripts of actions.", subcommands = {
    ListCommand.class, ShowCommand.class, ValidateCommand.class, SaveCommand.class, DiffCommand.class, RunCommand.class,
    DeleteCommand.class})
public final class ProcedureCommand implements Runnable {
  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli before the command runs
  private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(),
        "say what to do: list, show, validate, save, diff, run or delete");
  }
}
