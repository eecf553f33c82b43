package dev.sallyport.cli.inventory;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

import dev.sallyport.cli.ExitCode;
import dev.sallyport.cli.api.ApiClient;
import dev.sallyport.cli.api.Fields;
import dev.sallyport.cli.directive.TakeInventoryCommand;
import dev.sallyport.cli.machine.MachineChoice;
import dev.sallyport.cli.output.DurationConverter;
import dev.sallyport.cli.output.JsonOption;
import dev.sallyport.cli.output.SafeText;
import dev.sallyport.cli.output.Table;
import dev.sallyport.cli.output.Terminal;
import dev.sallyport.protocol.json.JsonObject;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows a machine's inventory: its sections, the items of one, or what changed. */
@Command(name = "inventory", mixinStandardHelpOptions = true, description = "Shows what a machine is made of, and what changed.", subcommands = TakeInventoryCommand.class, footer = {
    "", "  sallyport inventory web-3", "  sallyport inventory web-3 software --text openssl",
    "  sallyport inventory web-3 --changes-since 7d", "",
    "`sallyport inventory take` has machines take stock; `sallyport software` searches all of them."})
public final class InventoryCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Parameters(index = "0", arity = "0..1", paramLabel = "MACHINE", description = "The machine, " + MachineChoice.HELP
      + ".")
  private String machine = "";

  @Parameters(index = "1", arity = "0..1", paramLabel = "SECTION", defaultValue = "", description = "hardware, system, software, services, users, ports, printers or files.")
  private String section = "";

  @Option(names = "--text", paramLabel = "TEXT", defaultValue = "", description = "Only items of the section with this text, in any case.")
  private String text = "";

  @Option(names = "--changes-since", paramLabel = "DURATION", converter = DurationConverter.class, description = "What changed in this time until now: 90s, 30m, 24h, 7d.")
  private @Nullable Duration since;

  @Mixin
  private final JsonOption json = new JsonOption();

  public InventoryCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli before the command runs
  private CommandSpec spec;

  @Override
  public Integer call() {
    if (machine.isEmpty()) {
      throw new ParameterException(spec.commandLine(),
          "name a machine, or say take: `sallyport inventory take --on 'web-*'`");
    }
    if (!text.isEmpty() && (section.isEmpty() || since != null)) {
      throw new IllegalArgumentException("--text searches one section: name it, and leave --changes-since out");
    }
    if (!section.chars().allMatch(c -> c >= 'a' && c <= 'z')) {
      throw new IllegalArgumentException("'" + section + "' is no section; --help names them");
    }
    try (ApiClient client = terminal.connect()) {
      String path = "/api/v1/machines/" + MachineChoice.one(client, machine).string("id") + "/inventory";
      if (since != null) {
        changes(client, path + "/changes", Instant.now().minus(since));
      } else if (section.isEmpty()) {
        sections(client.get(path));
      } else {
        items(client, path + "/" + section);
      }
    }
    return ExitCode.OK;
  }

  private void sections(JsonObject answer) {
    List<JsonObject> sections = Fields.list(answer, "sections");
    if (json.wanted()) {
      terminal.out().println(answer.text());
    } else if (sections.isEmpty()) {
      terminal
          .note("This machine has never taken stock; `sallyport inventory take --on " + SafeText.oneLine(machine)
              + "` does it.");
    } else {
      var table = new Table("SECTION", "ITEMS", "TAKEN", "NOT THERE");
      for (JsonObject each : sections) {
        String cut = Fields.flag(each, "cut") ? " (cut)" : "";
        table.row(each.string("section"), Fields.number(each, "items", 0) + cut, Fields.text(each, "audited"),
            String.join(", ", each.strings("unsupported", 100, 100)));
      }
      table.print(terminal.out());
    }
  }

  private void items(ApiClient client, String path) {
    var all = new ArrayList<JsonObject>();
    Pages.each(client, path, Map.of("text", text), "items", json.wanted() ? all::add : this::print);
    if (json.wanted()) {
      terminal.out().println(Pages.json("items", all));
    }
  }

  private void print(JsonObject item) {
    terminal.out().println(SafeText.oneLine(item.string("key") + "  " + Pages.line(item.object("fields"))));
  }

  private void changes(ApiClient client, String path, Instant from) {
    var all = new ArrayList<JsonObject>();
    var count = new int[1];
    Pages.each(client, path, Map.of("since", from.toString(), "section", section), "changes", change -> {
      count[0]++;
      if (json.wanted()) {
        all.add(change);
      } else {
        printChange(change);
      }
    });
    if (json.wanted()) {
      terminal.out().println(Pages.json("changes", all));
    } else if (count[0] == 0) {
      terminal.note("Nothing changed in this time, as far as inventories have seen.");
    }
  }

  /** {@code +} came, {@code -} went, {@code ~} is another: only the fields that differ are shown. */
  private void printChange(JsonObject change) {
    JsonObject before = change.isNone("before") ? JsonObject.EMPTY : change.object("before");
    JsonObject after = change.isNone("after") ? JsonObject.EMPTY : change.object("after");
    String what;
    if (change.isNone("before")) {
      what = "+ " + change.string("key") + "  " + Pages.line(after);
    } else if (change.isNone("after")) {
      what = "- " + change.string("key") + "  " + Pages.line(before);
    } else {
      what = "~ " + change.string("key") + "  " + differences(before, after);
    }
    terminal.out().println(
        SafeText.oneLine(change.string("at") + "  " + change.string("section") + "  " + what));
  }

  private static String differences(JsonObject before, JsonObject after) {
    var names = new java.util.LinkedHashSet<>(before.names());
    names.addAll(after.names());
    var differences = new ArrayList<String>();
    for (String name : names) {
      String was = Pages.value(before, name);
      String is = Pages.value(after, name);
      if (!was.equals(is)) {
        differences.add(name + ": " + (was.isEmpty() ? "–" : was) + " → " + (is.isEmpty() ? "–" : is));
      }
    }
    return String.join(", ", differences);
  }
}
