package dev.sallyport.cli.file;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Looks after the files on the server. */
@Command(name = "file", mixinStandardHelpOptions = true, description = "Files on the server, on their way to machines or fetched from them.", subcommands = {
    ListCommand.class, DeleteCommand.class})
public final class FileCommand implements Runnable {
  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli before the command runs
  private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "say what to do: list or delete");
  }
}
