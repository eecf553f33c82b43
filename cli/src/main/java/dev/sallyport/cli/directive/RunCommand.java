package dev.sallyport.cli.directive;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;

import dev.sallyport.cli.api.ApiClient;
import dev.sallyport.cli.output.JsonOption;
import dev.sallyport.cli.output.Terminal;
import dev.sallyport.protocol.json.JsonObject;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Runs one command on one or many machines and follows it to its end. */
@Command(name = "run", mixinStandardHelpOptions = true, sortOptions = false, description = "Runs a command on machines and shows its output while it runs.", footer = {
    "",
    "A single word is a command line for the machine's shell; several words are a program and its",
    "arguments, passed on exactly as they are, without a shell.", "",
    "  sallyport run --on web-3 -- 'df -h | sort'",
    "  sallyport run --on 'web-*' --concurrency 5 --stop-after 1 -- systemctl restart nginx", "",
    "Of one machine, standard output and standard error come through as they are, and the exit code is",
    "the remote command's (125: it did not run). Of many, lines carry the machine's name and a table",
    "follows. Ctrl-C cancels the directive. Durations: 90s, 30m, 24h, 7d."})
public final class RunCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Option(names = "--on", paramLabel = "PATTERN", description = "Machines by name, where * and ? are wildcards, or one by its id (id:4f2a91c0). May be left out when there is only one.")
  private @Nullable String pattern;

  @Mixin
  private final OrderOptions options = new OrderOptions();

  @Option(names = "--detach", description = "Give the directive, print its id and do not wait.")
  private boolean detach;

  @Mixin
  private final JsonOption json = new JsonOption();

  @Parameters(arity = "1..*", paramLabel = "COMMAND", description = "What to run; put -- before it.")
  private List<String> command = List.of();

  public RunCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws IOException {
    JsonObject.Builder order = options.order(command);
    try (ApiClient client = terminal.connect()) {
      return new OrderGiver(terminal, client, json.wanted(), false).give(order, pattern, detach);
    }
  }
}
