package dev.sallyport.cli.directive;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

import dev.sallyport.cli.ExitCode;
import dev.sallyport.cli.api.ApiClient;
import dev.sallyport.cli.api.Fields;
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

/** Has machines take stock and follows it to its end. */
@Command(name = "take", mixinStandardHelpOptions = true, sortOptions = false, description = "Has machines take stock of themselves; only what changed travels.", footer = {
    "",
    "Sections: hardware, system, software, services, users, ports, printers, files. Without --section",
    "all are taken, files only where patterns say which: absolute paths with *, ? and once ** for any",
    "directories.", "", "  sallyport inventory take --on 'web-*'",
    "  sallyport inventory take --on web-3 --section files --files '/etc/**/*.conf'", "",
    "`sallyport inventory MACHINE` shows what was found, and what changed since when."})
public final class TakeInventoryCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Option(names = "--on", paramLabel = "PATTERN", description = "Machines by name, where * and ? are wildcards, or one by its id (id:4f2a91c0). May be left out when there is only one.")
  private @Nullable String pattern;

  @Option(names = "--section", paramLabel = "SECTION", split = ",", description = "Only these sections.")
  private List<String> sections = List.of();

  @Option(names = "--files", paramLabel = "PATTERN", description = "Also files whose paths fit.")
  private List<String> files = List.of();

  @Option(names = "--full", description = "Have everything told anew, not only what changed.")
  private boolean full;

  @Option(names = "--detach", description = "Give the directive, print its id and do not wait.")
  private boolean detach;

  @Mixin
  private final JsonOption json = new JsonOption();

  public TakeInventoryCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws IOException {
    try (ApiClient client = terminal.connect()) {
      Map<String, String> machines = TargetMachines.of(client, pattern);
      String id = new OrderSender(terminal, client).give(JsonObject.builder().put("action", "inventory")
          .put("parameters", parameters()).put("machines", JsonArray.ofStrings(machines.keySet())).build());
      if (detach) {
        terminal.out().println(json.wanted() ? JsonObject.builder().put("id", id).build().text() : id);
        return ExitCode.OK;
      }
      try (var _ = CancelOnInterrupt.arm(terminal, client, id)) {
        new Follower(terminal, client, _ -> {}).follow(id);
      }
      JsonObject directive = Directive.get(client, id);
      if (json.wanted()) {
        terminal.out().println(directive.text());
      } else {
        print(Fields.list(directive, "runs"));
      }
      return Directive.exitCode(Fields.list(directive, "runs"));
    }
  }

  private JsonObject parameters() {
    var parameters = JsonObject.builder();
    if (!sections.isEmpty()) {
      parameters.putStrings("sections", sections);
    }
    if (!files.isEmpty()) {
      parameters.putStrings("patterns", files);
    }
    return parameters.put("full", full ? "yes" : "no").build();
  }

  private void print(List<JsonObject> runs) {
    var table = new Table("MACHINE", "SECTION", "OUTCOME", "ITEMS", "TOLD", "BYTES", "REASON");
    for (JsonObject run : runs) {
      JsonObject value = run.isNone("value") ? JsonObject.EMPTY : run.object("value");
      List<JsonObject> told = value.isNone("sections") ? List.of() : Fields.list(value, "sections");
      for (JsonObject section : told) {
        boolean done = !section.isNone("items");
        table.row(run.string("name"), section.string("section"), section.string("outcome"),
            done ? Long.toString(Fields.number(section, "items", 0)) : "",
            done ? Fields.number(section, "told", 0) + (Fields.flag(section, "all") ? " (all)" : "") : "",
            done ? Long.toString(Fields.number(section, "bytes", 0)) : "", Fields.text(section, "reason"));
      }
      if (told.isEmpty()) {
        terminal.note(SafeText.oneLine(run.string("name") + ": " + run.string("state") + ", "
            + Fields.text(run, "reason")));
      }
    }
    table.print(terminal.out());
  }
}
