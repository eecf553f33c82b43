package dev.sallyport.cli.procedure;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;

import dev.sallyport.cli.action.Arguments;
import dev.sallyport.cli.api.ApiClient;
import dev.sallyport.cli.api.Fields;
import dev.sallyport.cli.directive.OrderGiver;
import dev.sallyport.cli.directive.OrderOptions;
import dev.sallyport.cli.output.JsonOption;
import dev.sallyport.cli.output.Terminal;
import dev.sallyport.protocol.json.JsonObject;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Runs a procedure on machines and shows what comes of it. */
@Command(name = "run", mixinStandardHelpOptions = true, description = "Runs a procedure on machines and shows what comes of it.")
public final class RunCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Parameters(index = "0", paramLabel = "NAME", description = "The procedure.")
  private String name = "";

  @Parameters(index = "1..*", arity = "0..*", paramLabel = "INPUT=VALUE", description = "Its inputs; a secret is typed after INPUT=- or read from INPUT=@FILE.")
  private List<String> arguments = List.of();

  @Option(names = "--on", paramLabel = "PATTERN", description = "Machines by name, where * and ? are wildcards, or one by its id (id:4f2a91c0). May be left out when there is only one.")
  private @Nullable String pattern;

  @Option(names = "--version-number", paramLabel = "N", description = "Which version; the newest if left out.")
  private long version;

  @Mixin
  private final OrderOptions options = new OrderOptions();

  @Option(names = "--detach", description = "Give the directive, print its id and do not wait.")
  private boolean detach;

  @Mixin
  private final JsonOption json = new JsonOption();

  public RunCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws IOException {
    var given = new Arguments(arguments);
    try (ApiClient client = terminal.connect()) {
      JsonObject procedure = client.get(Procedures.path(name, version));
      var parameters = JsonObject.builder().put("name", name).put("version", Fields.number(procedure, "version", 0));
      inputs(procedure, given, parameters);
      return new OrderGiver(terminal, client, json.wanted(), true)
          .give(options.order("procedure", parameters.build()), pattern, detach);
    }
  }

  private void inputs(JsonObject procedure, Arguments given, JsonObject.Builder parameters) {
    List<String> secret = Fields.list(procedure, "inputs").stream()
        .filter(input -> input.string("type").equals("secret")).map(input -> input.string("name")).toList();
    var inputs = JsonObject.builder();
    var secrets = JsonObject.builder();
    for (String input : given.names()) {
      if (secret.contains(input)) {
        secrets.put(input, given.secret(input, terminal));
      } else {
        inputs.put(input, String.join(",", given.all(input)));
      }
    }
    parameters.put("inputs", inputs.build()).put("secrets", secrets.build());
  }
}
