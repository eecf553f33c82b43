package dev.sallyport.cli.directive;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Looks after directives that were given. */
@Command(name = "directive", mixinStandardHelpOptions = true, description = "Shows, lists or cancels directives.", subcommands = {
    ShowCommand.class, ListCommand.class, CancelCommand.class})
public final class DirectiveCommand implements Runnable {
  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli before the command runs
  private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "say what to do: show, list or cancel");
  }
}
