package dev.sallyport.cli;

import dev.sallyport.cli.action.ActionsCommand;
import dev.sallyport.cli.action.DoCommand;
import dev.sallyport.cli.audit.AuditCommand;
import dev.sallyport.cli.demo.DemoCommand;
import dev.sallyport.cli.directive.DirectiveCommand;
import dev.sallyport.cli.directive.QueueCommand;
import dev.sallyport.cli.directive.RunCommand;
import dev.sallyport.cli.enrol.EnrolTokenCommand;
import dev.sallyport.cli.file.FileCommand;
import dev.sallyport.cli.file.PullCommand;
import dev.sallyport.cli.file.PushCommand;
import dev.sallyport.cli.inventory.InventoryCommand;
import dev.sallyport.cli.inventory.SoftwareCommand;
import dev.sallyport.cli.library.LibraryCommand;
import dev.sallyport.cli.login.LoginCommand;
import dev.sallyport.cli.login.LogoutCommand;
import dev.sallyport.cli.machine.MachinesCommand;
import dev.sallyport.cli.output.Version;
import dev.sallyport.cli.procedure.ProcedureCommand;
import dev.sallyport.cli.schedule.ScheduleCommand;
import dev.sallyport.cli.site.SitesCommand;
import dev.sallyport.cli.user.RolesCommand;
import dev.sallyport.cli.user.UsersCommand;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The root command: prints the list of commands when it is called without one. */
@Command(name = "sallyport", description = "Looks after machines behind any firewall, from the inside out.", mixinStandardHelpOptions = true, versionProvider = Version.class, synopsisSubcommandLabel = "COMMAND", subcommands = {
    DemoCommand.class, LoginCommand.class, LogoutCommand.class, MachinesCommand.class, RunCommand.class,
    DoCommand.class, PushCommand.class, PullCommand.class, FileCommand.class, ActionsCommand.class,
    ProcedureCommand.class,
    InventoryCommand.class, SoftwareCommand.class, QueueCommand.class, DirectiveCommand.class,
    ScheduleCommand.class, SitesCommand.class, LibraryCommand.class, AuditCommand.class,
    EnrolTokenCommand.class, UsersCommand.class, RolesCommand.class,
    HelpCommand.class}, footer = {"",
        "Programs of this distribution:",
        "  server               runs the server (sallyport server --help)",
        "  agent                runs the agent on this machine (sallyport agent --help)", "",
        "Exit codes: 0 done, 1 something failed, 2 wrong usage, 69 server unreachable, 70 internal fault,",
        "77 not logged in or not allowed, 125 the directive did not run, 130 interrupted;",
        "`run` on one machine exits with the remote command's code."})
final class Sallyport implements Runnable {
  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli before the command runs
  private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "a command is missing");
  }
}
