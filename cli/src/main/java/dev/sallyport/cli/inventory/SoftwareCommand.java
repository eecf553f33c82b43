package dev.sallyport.cli.inventory;

import java.util.ArrayList;
import java.util.Map;
import java.util.concurrent.Callable;

import dev.sallyport.cli.ExitCode;
import dev.sallyport.cli.api.ApiClient;
import dev.sallyport.cli.output.JsonOption;
import dev.sallyport.cli.output.Table;
import dev.sallyport.cli.output.Terminal;
import dev.sallyport.protocol.json.JsonObject;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Finds software on all machines. */
@Command(name = "software", mixinStandardHelpOptions = true, description = "Tells which machines have some software, as their last inventories found it.", footer = {
    "", "  sallyport software openssl --below 3.0.15", "  sallyport software 'linux-image-*'", "",
    "Versions are compared as Debian does: 1.10 is above 1.9, and 1.0~rc1 below 1.0."})
public final class SoftwareCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Parameters(index = "0", paramLabel = "NAME", description = "Name of the package, in any case; * and ? are wildcards.")
  private String name = "";

  @Option(names = "--below", paramLabel = "VERSION", defaultValue = "", description = "Only versions older than this.")
  private String below = "";

  @Mixin
  private final JsonOption json = new JsonOption();

  public SoftwareCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    var found = new ArrayList<JsonObject>();
    try (ApiClient client = terminal.connect()) {
      Pages.each(client, "/api/v1/inventory/software", Map.of("name", name, "below", below), "software", found::add);
    }
    if (json.wanted()) {
      terminal.out().println(Pages.json("software", found));
    } else if (found.isEmpty()) {
      terminal.note(
          "No machine has it, as far as inventories have seen; `sallyport inventory take` has machines take stock.");
    } else {
      var table = new Table("MACHINE", "NAME", "VERSION", "ARCH", "MANAGER");
      for (JsonObject each : found) {
        JsonObject fields = each.object("fields");
        table.row(each.string("machineName"), Pages.value(fields, "name"), Pages.value(fields, "version"),
            Pages.value(fields, "arch"), Pages.value(fields, "manager"));
      }
      table.print(terminal.out());
    }
    return ExitCode.OK;
  }
}
