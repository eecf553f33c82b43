package dev.sallyport.cli.directive;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

import dev.sallyport.cli.ExitCode;
import dev.sallyport.cli.api.ApiClient;
import dev.sallyport.cli.api.Fields;
import dev.sallyport.cli.machine.MachineChoice;
import dev.sallyport.cli.output.Consent;
import dev.sallyport.cli.output.JsonOption;
import dev.sallyport.cli.output.SafeText;
import dev.sallyport.cli.output.Table;
import dev.sallyport.cli.output.Terminal;
import dev.sallyport.protocol.json.JsonArray;
import dev.sallyport.protocol.json.JsonObject;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows what waits and what runs, and takes back what waits for one machine. */
@Command(name = "queue", mixinStandardHelpOptions = true, description = "Shows what waits and what runs, of one machine or of all.", footer = {
    "", "WAITS FOR tells why a run has not begun: its machine is away, it is not its turn on the machine,",
    "or its batch, or that batch's window, holds it back. `sallyport directive cancel ID --on MACHINE`",
    "takes a single run back."})
public final class QueueCommand implements Callable<Integer> {
  private static final String PAGE = "500";

  private final Terminal terminal;

  @Parameters(index = "0", arity = "0..1", paramLabel = "MACHINE", description = "Only this machine's, "
      + MachineChoice.HELP
      + ".")
  private @Nullable String machine;

  @Option(names = "--limit", paramLabel = "N", defaultValue = "1000", description = "Show this many at most (default: ${DEFAULT-VALUE}).")
  private int limit;

  @Option(names = "--cancel", description = "Cancel what waits for the machine; what runs goes on.")
  private boolean cancel;

  @Mixin
  private final Consent consent = new Consent();

  @Mixin
  private final JsonOption json = new JsonOption();

  public QueueCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws IOException {
    if (cancel && machine == null) {
      throw new IllegalArgumentException("say of which machine the queue is to be cancelled");
    }
    try (ApiClient client = terminal.connect()) {
      if (machine == null) {
        show(client, "/api/v1/queue");
        return ExitCode.OK;
      }
      JsonObject chosen = MachineChoice.one(client, machine);
      String path = "/api/v1/machines/" + chosen.string("id") + "/queue";
      if (cancel) {
        clear(client, path, SafeText.oneLine(chosen.string("name")));
      } else {
        show(client, path);
      }
    }
    return ExitCode.OK;
  }

  private void clear(ApiClient client, String path, String name) throws IOException {
    consent.require(terminal, "Cancel everything that waits for " + name + "?");
    JsonObject answer = client.post(path + "/cancel", JsonObject.EMPTY);
    if (json.wanted()) {
      terminal.out().println(answer.text());
      return;
    }
    long kept = Fields.number(answer, "kept", 0);
    terminal.out().println("Cancelled: " + Fields.number(answer, "cancelled", 0)
        + (kept == 0 ? "." : "; " + kept + " stay, which your role may not cancel."));
  }

  private void show(ApiClient client, String path) {
    List<JsonObject> runs = read(client, path);
    if (json.wanted()) {
      terminal.out().println(JsonObject.builder().put("runs", JsonArray.of(runs)).build().text());
      return;
    }
    if (runs.isEmpty()) {
      terminal.note("Nothing waits and nothing runs.");
      return;
    }
    var table = new Table("MACHINE", "STATE", "WAITS FOR", "ACTION", "BY", "GIVEN", "UNTIL", "DIRECTIVE");
    for (JsonObject run : runs) {
      table.row(run.string("name"), run.string("state"), Fields.text(run, "waitsFor"), run.string("action"),
          run.string("by"), run.string("created"), run.string("expires"), run.string("directive"));
    }
    table.print(terminal.out());
    if (runs.size() == limit) {
      terminal.note("These are the first " + limit + "; --limit shows more.");
    }
  }

  private List<JsonObject> read(ApiClient client, String path) {
    var runs = new ArrayList<JsonObject>();
    String after = "";
    do {
      Map<String, String> parameters = new LinkedHashMap<>();
      parameters.put("limit", PAGE);
      if (!after.isEmpty()) {
        parameters.put("after", after);
      }
      JsonObject page = client.get(ApiClient.query(path, parameters));
      runs.addAll(Fields.list(page, "runs"));
      after = Fields.text(page, "next");
    } while (!after.isEmpty() && runs.size() < limit);
    return runs.subList(0, Math.min(limit, runs.size()));
  }
}
