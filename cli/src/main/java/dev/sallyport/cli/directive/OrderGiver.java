package dev.sallyport.cli.directive;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import dev.sallyport.cli.ExitCode;
import dev.sallyport.cli.api.ApiClient;
import dev.sallyport.cli.api.Fields;
import dev.sallyport.cli.output.SafeText;
import dev.sallyport.cli.output.Terminal;
import dev.sallyport.cli.output.ValueText;
import dev.sallyport.protocol.json.Json;
import dev.sallyport.protocol.json.JsonArray;
import dev.sallyport.protocol.json.JsonObject;
import org.jspecify.annotations.Nullable;

/** Gives an order to the machines that are meant, follows it to its end, and tells what came of it. */
public final class OrderGiver {
  private final Terminal terminal;
  private final ApiClient client;
  private final boolean json;
  private final boolean values;

  /**
   * @param json whether the result is told as JSON
   * @param values whether what an action found out is told too
   */
  public OrderGiver(Terminal terminal, ApiClient client, boolean json, boolean values) {
    this.terminal = terminal;
    this.client = client;
    this.json = json;
    this.values = values;
  }

  /**
   * Does all of it.
   *
   * @param pattern which machines; none where there is only one
   * @param detach whether only its id is told
   * @return how the process ends
   */
  public int give(JsonObject.Builder order, @Nullable String pattern, boolean detach) throws IOException {
    Map<String, String> machines = TargetMachines.of(client, pattern);
    String id = new OrderSender(terminal, client)
        .give(order.put("machines", JsonArray.ofStrings(machines.keySet())).build());
    if (detach) {
      terminal.out().println(json ? JsonObject.builder().put("id", id).build().text() : id);
      return ExitCode.OK;
    }
    try (var _ = CancelOnInterrupt.arm(terminal, client, id)) {
      if (json) {
        new Follower(terminal, client, _ -> {}).follow(id);
      } else {
        var printer = new OutputPrinter(terminal, machines);
        new Follower(terminal, client, printer).follow(id);
        printer.finish();
      }
    }
    return result(id);
  }

  private int result(String id) throws IOException {
    JsonObject directive = Directive.get(client, id);
    List<JsonObject> runs = Fields.list(directive, "runs");
    if (json) {
      terminal.out().println(withOutput(id, runs).text());
    } else if (runs.size() > 1) {
      tellValues(runs);
      terminal.out().println();
      Directive.table(runs).print(terminal.out());
    } else {
      tellValues(runs);
      String reason = Fields.text(runs.getFirst(), "reason");
      String state = runs.getFirst().string("state");
      if (!state.equals("done") || !reason.isEmpty()) {
        terminal.note("sallyport: " + state + (reason.isEmpty() ? "" : ": " + SafeText.oneLine(reason)));
      }
    }
    return Directive.exitCode(runs);
  }

  private void tellValues(List<JsonObject> runs) {
    for (JsonObject run : values ? runs : List.<JsonObject>of()) {
      JsonObject value = run.isNone("value") ? JsonObject.EMPTY : run.object("value");
      if (value.size() > 0 && runs.size() > 1) {
        terminal.out().println(SafeText.oneLine(run.string("name")) + ":");
      }
      ValueText.print(terminal.out(), value, runs.size() > 1 ? 1 : 0);
    }
  }

  private JsonObject withOutput(String id, List<JsonObject> runs) throws IOException {
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
