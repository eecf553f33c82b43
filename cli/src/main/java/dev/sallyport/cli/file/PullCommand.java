package dev.sallyport.cli.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;

import dev.sallyport.cli.api.ApiClient;
import dev.sallyport.cli.api.Fields;
import dev.sallyport.cli.directive.DirectiveRunner;
import dev.sallyport.cli.directive.OrderOptions;
import dev.sallyport.cli.directive.TargetMachines;
import dev.sallyport.cli.output.JsonOption;
import dev.sallyport.cli.output.SafeText;
import dev.sallyport.cli.output.Terminal;
import dev.sallyport.protocol.json.Json;
import dev.sallyport.protocol.json.JsonArray;
import dev.sallyport.protocol.json.JsonObject;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Fetches a file from machines. */
@Command(name = "pull", mixinStandardHelpOptions = true, sortOptions = false, description = "Fetches a file from machines.", footer = {
    "", "From one machine it comes into the current directory, or where FILE says. From several it comes into a",
    "directory for each machine, within the one that FILE names. A file that changes meanwhile is not taken.", "",
    "  sallyport pull web-3:/var/log/syslog",
    "  sallyport pull web-3:/etc/fstab here.txt",
    "  sallyport pull 'web-*:/etc/nginx/nginx.conf' configs"})
public final class PullCommand implements Callable<Integer> {
  private static final int ID_SHOWN = 8;

  private final Terminal terminal;

  @Option(names = "--keep", description = "Leave the file on the server, too, for as long as it keeps such files.")
  private boolean keep;

  @Mixin
  private final OrderOptions options = new OrderOptions();

  @Mixin
  private final JsonOption json = new JsonOption();

  @Parameters(index = "0", paramLabel = "MACHINE:PATH", description = "Where it is: machines by name, where * and ? are wildcards, or one by its id (id:4f2a91c0), and the file's whole path.")
  private String place = "";

  @Parameters(index = "1", arity = "0..1", paramLabel = "FILE", description = "Where it comes, a file or a directory.")
  private @Nullable Path to;

  public PullCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws IOException {
    Place from = Place.of(place);
    try (ApiClient client = terminal.connect()) {
      Map<String, String> machines = TargetMachines.of(client, from.machines());
      JsonObject directive = new DirectiveRunner(terminal, client).beside(machines,
          options.order("collect-file", JsonObject.builder().put("path", from.path()).build()), json.wanted());
      List<JsonObject> runs = Fields.list(directive, "runs");
      List<Json> told = new ArrayList<>();
      Set<Path> taken = new HashSet<>();
      for (JsonObject run : runs) {
        told.add(fetched(client, run, runs.size() > 1, taken));
      }
      if (json.wanted()) {
        terminal.out().println(JsonObject.builder().put("id", directive.string("id")).put("runs", JsonArray.of(told))
            .build().text());
      }
      return DirectiveRunner.exitCode(runs);
    }
  }

  /** Brings the file of one run here, if it has one; the run as it is told then. */
  private JsonObject fetched(ApiClient client, JsonObject run, boolean several, Set<Path> taken) throws IOException {
    if (!run.string("state").equals("done")) {
      if (!json.wanted()) {
        terminal.note("sallyport: " + SafeText.oneLine(run.string("name") + ": " + run.string("state") + ": "
            + Fields.text(run, "reason")));
      }
      return run;
    }
    JsonObject stored = run.object("value");
    Path here = here(run, Place.safeName(stored.string("name")), several);
    if (!taken.add(here)) {
      here = here.resolveSibling(run.string("machine").substring(0, ID_SHOWN) + "-" + here.getFileName());
    }
    new Download(terminal, client).fetch(stored, here);
    if (!keep) {
      client.delete("/api/v1/files/" + stored.string("file"));
    }
    if (!json.wanted()) {
      terminal.out().println(SafeText.oneLine(here.toString()));
    }
    var copy = JsonObject.builder();
    run.names().forEach(name -> copy.put(name, run.get(name)));
    return copy.put("saved", here.toString()).build();
  }

  private Path here(JsonObject run, String name, boolean several) throws IOException {
    Path given = to;
    if (several) {
      Path directory = (given == null ? Path.of("") : given).resolve(Place.safeName(run.string("name")));
      Files.createDirectories(directory);
      return directory.resolve(name);
    }
    if (given == null) {
      return Path.of(name);
    }
    return Files.isDirectory(given) ? given.resolve(name) : given;
  }
}
