package dev.sallyport.cli.audit;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

import dev.sallyport.cli.ExitCode;
import dev.sallyport.cli.api.ApiClient;
import dev.sallyport.cli.api.Fields;
import dev.sallyport.cli.output.JsonOption;
import dev.sallyport.cli.output.Terminal;
import dev.sallyport.protocol.json.JsonArray;
import dev.sallyport.protocol.json.JsonObject;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Finds entries. */
@Command(name = "search", mixinStandardHelpOptions = true, sortOptions = false, description = "Finds entries, newest first.", footer = {
    "", "  sallyport audit search --person ada --since 7d",
    "  sallyport audit search --machine web-3 --type directive."})
public final class SearchCommand implements Callable<Integer> {
  private static final int MOST = 100_000;
  private static final int PAGE = 1_000;

  private final Terminal terminal;

  @Mixin
  private final Filter filter = new Filter();

  @Option(names = "--limit", paramLabel = "N", defaultValue = "100", description = "At most so many, ${DEFAULT-VALUE} if not said.")
  private int limit;

  @Mixin
  private final JsonOption json = new JsonOption();

  public SearchCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    if (limit < 1 || limit > MOST) {
      throw new IllegalArgumentException("--limit is a number from 1 to " + MOST);
    }
    var found = new ArrayList<JsonObject>();
    try (ApiClient client = terminal.connect()) {
      Map<String, String> asked = filter.parameters(client);
      boolean more = true;
      while (more && found.size() < limit) {
        asked.put("limit", Integer.toString(Math.min(PAGE, limit - found.size())));
        JsonObject page = client.get(ApiClient.query("/api/v1/audit", asked));
        List<JsonObject> entries = Fields.list(page, "entries");
        found.addAll(entries);
        more = !page.isNone("next");
        if (more) {
          asked.put("before", Long.toString(Fields.number(page, "next", 0)));
        }
      }
    }
    if (json.wanted()) {
      terminal.out().println(JsonObject.builder().put("entries", JsonArray.of(found)).build().text());
    } else {
      found.forEach(entry -> terminal.out().println(EntryText.of(entry)));
      if (found.isEmpty()) {
        terminal.note("Nothing like that is in the log.");
      }
    }
    return ExitCode.OK;
  }
}
