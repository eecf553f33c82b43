package dev.sallyport.cli.directive;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

import dev.sallyport.cli.ExitCode;
import dev.sallyport.cli.api.ApiClient;
import dev.sallyport.cli.api.Fields;
import dev.sallyport.cli.output.JsonOption;
import dev.sallyport.cli.output.Terminal;
import dev.sallyport.protocol.json.Json;
import dev.sallyport.protocol.json.JsonArray;
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
      Map<String, String> machines = TargetMachines.of(client, pattern);
      String id = new OrderSender(terminal, client)
          .give(order.put("machines", JsonArray.ofStrings(machines.keySet())).build());
      if (detach) {
        terminal.out().println(json.wanted() ? JsonObject.builder().put("id", id).build().text() : id);
        return ExitCode.OK;
      }
      try (var _ = CancelOnInterrupt.arm(terminal, client, id)) {
        if (json.wanted()) {
          new Follower(terminal, client, _ -> {}).follow(id);
        } else {
          var printer = new OutputPrinter(terminal, machines);
          new Follower(terminal, client, printer).follow(id);
          printer.finish();
        }
      }
      return result(client, id);
    }
  }

  private int result(ApiClient client, String id) throws IOException {
    JsonObject directive = Directive.get(client, id);
    List<JsonObject> runs = Fields.list(directive, "runs");
    if (json.wanted()) {
      terminal.out().println(withOutput(client, id, runs).text());
    } else if (runs.size() > 1) {
      terminal.out().println();
      Directive.table(runs).print(terminal.out());
    } else {
      String reason = Fields.text(runs.getFirst(), "reason");
      String state = runs.getFirst().string("state");
      if (!state.equals("done") || !reason.isEmpty()) {
        terminal.note(
            "sallyport: " + state + (reason.isEmpty() ? "" : ": " + dev.sallyport.cli.output.SafeText.oneLine(reason)));
      }
    }
    return Directive.exitCode(runs);
  }

  private JsonObject withOutput(ApiClient client, String id, List<JsonObject> runs) throws IOException {
    var complete = new ArrayList<Json>();
    for (JsonObject run : runs) {
      var copy = JsonObject.builder();
      run.names().forEach(name -> copy.put(name, run.get(name)));
      for (String stream : List.of("stdout", "stderr")) {
        var bytes = new ByteArrayOutputStream();
        client.download(Directive.outputPath(id, run.string("machine"), stream), bytes);
        copy.put(stream, bytes.toString(StandardCharsets.UTF_8));
      }
      complete.add(copy.build());
    }
    return JsonObject.builder().put("id", id).put("runs", JsonArray.of(complete)).build();
  }
}
