package dev.sallyport.cli.audit;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The audit log. */
@Command(name = "audit", mixinStandardHelpOptions = true, description = "Who did what: the log that cannot be rewritten unnoticed.", subcommands = {
    SearchCommand.class, TailCommand.class, ProveCommand.class, ExportCommand.class, VerifyCommand.class}, footer = {"",
        "`verify` and `export` read a copy of the server's directory `audit` and need no server."})
public final class AuditCommand implements Runnable {
  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli before the command runs
  private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "say what to do: search, tail, prove, export or verify");
  }
}
