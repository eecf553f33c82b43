package dev.sallyport.cli.directive;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;

import dev.sallyport.cli.api.ApiClient;
import dev.sallyport.cli.api.Fields;
import dev.sallyport.cli.output.Terminal;
import dev.sallyport.protocol.json.JsonArray;
import dev.sallyport.protocol.json.JsonObject;

/** Gives a directive and follows it, for commands that do so as one of their steps. */
public final class DirectiveRunner {
  private static final Duration END_WITHIN = Duration.ofSeconds(20);

  private final Terminal terminal;
  private final ApiClient client;

  public DirectiveRunner(Terminal terminal, ApiClient client) {
    this.terminal = terminal;
    this.client = client;
  }

  /**
   * Runs a shell command and prints its output as it comes.
   *
   * @param machines names by id
   * @return the exit code as `sallyport run` would give it
   */
  public int shell(Map<String, String> machines, String command) {
    String id = client.post("/api/v1/directives", order(machines.keySet(), command)).string("id");
    var printer = new OutputPrinter(terminal, machines);
    new Follower(terminal, client, printer).follow(id);
    printer.finish();
    return Directive.exitCode(Fields.list(Directive.get(client, id), "runs"));
  }

  /** Runs a shell command on one machine and waits for its end, saying nothing. */
  public void quietly(String machine, String command) {
    client.post("/api/v1/directives", order(List.of(machine), command), END_WITHIN);
  }

  /**
   * Gives an order for any action, prints its output as it comes, and waits for its end.
   *
   * @param machines names by id
   * @return the directive as the API shows it then
   */
  public JsonObject run(Map<String, String> machines, String action, JsonObject parameters) {
    String id = new OrderSender(terminal, client).give(JsonObject.builder().put("action", action)
        .put("parameters", parameters).put("machines", JsonArray.ofStrings(machines.keySet())).build());
    var printer = new OutputPrinter(terminal, machines);
    new Follower(terminal, client, printer).follow(id);
    printer.finish();
    return Directive.get(client, id);
  }

  /**
   * Like {@link #run}, for commands whose standard output is their own: what is put out goes to the other stream, or nowhere. An interrupt
   * cancels the directive.
   *
   * @param order apart from its machines
   */
  public JsonObject beside(Map<String, String> machines, JsonObject.Builder order, boolean quiet) {
    String id = new OrderSender(terminal, client)
        .give(order.put("machines", JsonArray.ofStrings(machines.keySet())).build());
    try (var _ = CancelOnInterrupt.arm(terminal, client, id)) {
      if (quiet) {
        new Follower(terminal, client, _ -> {}).follow(id);
      } else {
        var aside = new Terminal(terminal.environment(), terminal.in(), terminal.err(), terminal.err());
        var printer = new OutputPrinter(aside, machines);
        new Follower(terminal, client, printer).follow(id);
        printer.finish();
      }
    }
    return Directive.get(client, id);
  }

  /** The exit code that tells how these runs ended. */
  public static int exitCode(List<JsonObject> runs) {
    return Directive.exitCode(runs);
  }

  private static JsonObject order(Collection<String> machines, String command) {
    return JsonObject.builder().put("action", "shell")
        .put("parameters", JsonObject.builder().put("command", command).build())
        .put("machines", JsonArray.ofStrings(machines)).build();
  }
}
