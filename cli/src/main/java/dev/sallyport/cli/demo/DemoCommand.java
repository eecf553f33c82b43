package dev.sallyport.cli.demo;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;

import dev.sallyport.cli.ExitCode;
import dev.sallyport.cli.output.Terminal;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Shows all of Sallyport on one machine: server, agent, a first directive. Needs no root and no configuration. */
@Command(name = "demo", mixinStandardHelpOptions = true, description = "Starts a server and an agent here and runs a first directive.", footer = {
    "",
    "Everything is real and lives in one private directory, which is removed at the end unless --data names it.",
    "Ctrl-C stops agent and server."})
public final class DemoCommand implements Callable<Integer> {
  private static final String FIRST_COMMAND = "printf 'Hello from %s (%s)\\n' \"$(uname -n)\" \"$(uname -sr)\"; id";

  private final Terminal terminal;

  @Option(names = "--once", description = "Stop after the first directive; the exit code is the directive's.")
  private boolean once;

  @Option(names = "--port", paramLabel = "PORT", defaultValue = "0", description = "Port of the server; by default the first free one from 8443 on.")
  private int port;

  @Option(names = "--data", paramLabel = "DIR", description = "Keep everything in this directory, which must be new or empty.")
  private @Nullable Path data;

  @Option(names = "--repeat", paramLabel = "N", defaultValue = "0", hidden = true, description = "Give the first directive so many times more, silently: trains the start-up caches.")
  private int repeat;

  public DemoCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    Distribution distribution = Distribution.here();
    int serverPort = port == 0 ? Ports.firstFree() : Ports.checked(port);
    try (var interrupt = new Interrupt(terminal);
        var directory = DemoDirectory.open(data);
        var programs = new Programs(interrupt)) {
      var stage = new Stage(terminal, distribution, directory.path(), programs);
      try (var owner = stage.startServer(serverPort)) {
        stage.startAgent(owner);
        int code = stage.firstDirective(owner, FIRST_COMMAND);
        stage.repeat(owner, FIRST_COMMAND, repeat);
        if (once) {
          return code;
        }
        stage.invite(owner);
        programs.awaitStop();
      }
    }
    return ExitCode.OK;
  }
}
