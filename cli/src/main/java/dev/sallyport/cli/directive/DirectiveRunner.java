package dev.sallyport.cli.directive;

import java.util.Map;

import dev.sallyport.cli.api.ApiClient;
import dev.sallyport.cli.api.Fields;
import dev.sallyport.cli.output.Terminal;
import dev.sallyport.protocol.json.JsonArray;
import dev.sallyport.protocol.json.JsonObject;

/** Gives a directive and follows it, for commands that do so as one of their steps. */
public final class DirectiveRunner {
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
    JsonObject request = JsonObject.builder().put("action", "shell")
        .put("parameters", JsonObject.builder().put("command", command).build())
        .put("machines", JsonArray.ofStrings(machines.keySet())).build();
    String id = client.post("/api/v1/directives", request).string("id");
    var printer = new OutputPrinter(terminal, machines);
    new Follower(terminal, client, printer).follow(id);
    printer.finish();
    return Directive.exitCode(Fields.list(Directive.get(client, id), "runs"));
  }
}
