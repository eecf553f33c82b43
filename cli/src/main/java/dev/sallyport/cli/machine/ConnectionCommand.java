package dev.sallyport.cli.machine;

import java.util.concurrent.Callable;

import dev.sallyport.cli.ExitCode;
import dev.sallyport.cli.api.ApiClient;
import dev.sallyport.cli.api.Fields;
import dev.sallyport.cli.output.JsonOption;
import dev.sallyport.cli.output.SafeText;
import dev.sallyport.cli.output.Terminal;
import dev.sallyport.protocol.json.JsonObject;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Shows how a machine finds its way to the server. */
@Command(name = "connection", mixinStandardHelpOptions = true, description = "Shows how a machine comes here, and why not by another way.", footer = {
    "", "On the machine itself, `sallyport-agent diagnose` tells the same and tries all ways anew."})
public final class ConnectionCommand implements Callable<Integer> {
  private static final int LABEL = 14;

  private final Terminal terminal;

  @Parameters(index = "0", paramLabel = "MACHINE", description = "The machine, " + MachineChoice.HELP + ".")
  private String machine = "";

  @Mixin
  private final JsonOption json = new JsonOption();

  public ConnectionCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    try (ApiClient client = terminal.connect()) {
      JsonObject chosen = MachineChoice.one(client, machine);
      JsonObject connection = client.get("/api/v1/machines/" + chosen.string("id") + "/connection");
      if (json.wanted()) {
        terminal.out().println(connection.text());
      } else {
        print(connection);
      }
    }
    return ExitCode.OK;
  }

  private void print(JsonObject connection) {
    line("state", connection.string("state") + since(connection));
    line("transport", Fields.text(connection, "transport"));
    line("address", Fields.text(connection, "address"));
    if (!Fields.text(connection, "inspectedBy").isEmpty()) {
      line("TLS inspected", "by " + Fields.text(connection, "inspectedBy"));
    }
    for (JsonObject tried : Fields.list(connection, "tried")) {
      String failure = tried.string("failure");
      line("tried", tried.string("transport") + " " + tried.string("address") + ": "
          + (failure.isEmpty() ? "worked, " + tried.string("route") : failure));
    }
  }

  private static String since(JsonObject connection) {
    String since = Fields.text(connection, "since");
    return since.isEmpty() ? "" : " since " + since;
  }

  private void line(String what, String value) {
    terminal.out().println(what + ":" + " ".repeat(Math.max(1, LABEL + 1 - what.length())) + SafeText.oneLine(value));
  }
}
