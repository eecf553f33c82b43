package dev.sallyport.cli.library;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Looks after libraries. */
@Command(name = "library", mixinStandardHelpOptions = true, description = "Libraries that machines load when one of their functions is called.", subcommands = {
    NewCommand.class, KeygenCommand.class, SignCommand.class, AddCommand.class, ListCommand.class, ShowCommand.class,
    CallCommand.class, WithdrawCommand.class, FloorCommand.class, KeysCommand.class, TrustCommand.class,
    DistrustCommand.class})
public final class LibraryCommand implements Runnable {
  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli before the command runs
  private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(),
        "say what to do: new, keygen, sign, add, list, show, call, withdraw, floor, keys, trust or distrust");
  }
}
