package dev.sallyport.cli.schedule;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Looks after orders that are given again and again. */
@Command(name = "schedule", mixinStandardHelpOptions = true, description = "Gives orders again and again at certain times.", subcommands = {
    CreateCommand.class, ListCommand.class, ShowCommand.class, EnableCommand.class, DisableCommand.class,
    DeleteCommand.class, RunNowCommand.class})
public final class ScheduleCommand implements Runnable {
  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli before the command runs
  private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(),
        "say what to do: create, list, show, enable, disable, delete or run");
  }
}
