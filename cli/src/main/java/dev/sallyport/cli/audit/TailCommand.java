package dev.sallyport.cli.audit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import dev.sallyport.cli.ExitCode;
import dev.sallyport.cli.api.ApiClient;
import dev.sallyport.cli.api.Fields;
import dev.sallyport.cli.output.JsonOption;
import dev.sallyport.cli.output.Terminal;
import dev.sallyport.protocol.json.JsonObject;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Shows the newest entries, and those that come. */
@Command(name = "tail", mixinStandardHelpOptions = true, sortOptions = false, description = "Shows the newest entries, oldest first, and with --follow those that come. With --json each is a line of JSON.")
public final class TailCommand implements Callable<Integer> {
  private static final int MOST = 1_000;
  private static final Duration EVERY = Duration.ofSeconds(2);

  private final Terminal terminal;

  @Mixin
  private final Filter filter = new Filter();

  @Option(names = {"-n",
      "--lines"}, paramLabel = "N", defaultValue = "20", description = "So many to begin with, ${DEFAULT-VALUE} if not said.")
  private int lines;

  @Option(names = {"-f", "--follow"}, description = "Go on until Ctrl-C.")
  private boolean follow;

  @Mixin
  private final JsonOption json = new JsonOption();

  public TailCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws InterruptedException {
    if (lines < 1 || lines > MOST) {
      throw new IllegalArgumentException("--lines is a number from 1 to " + MOST);
    }
    try (ApiClient client = terminal.connect()) {
      Map<String, String> asked = filter.parameters(client);
      long last = show(newest(client, asked, -1, lines), -1);
      while (follow) {
        // Nothing ever counts this down: it is the wait between two looks, and Ctrl-C ends the process.
        if (new CountDownLatch(1).await(EVERY.toMillis(), TimeUnit.MILLISECONDS)) {
          break;
        }
        last = show(newest(client, asked, last, Integer.MAX_VALUE), last);
      }
    }
    return ExitCode.OK;
  }

  /** Entries after this one, oldest first. */
  private static List<JsonObject> newest(ApiClient client, Map<String, String> asked, long after, int most) {
    var found = new ArrayList<JsonObject>();
    asked.remove("before");
    boolean more = true;
    while (more && found.size() < most) {
      asked.put("limit", Integer.toString(Math.min(MOST, most - found.size())));
      JsonObject page = client.get(ApiClient.query("/api/v1/audit", asked));
      List<JsonObject> entries = Fields.list(page, "entries").stream()
          .filter(entry -> Fields.number(entry, "n", 0) > after).toList();
      found.addAll(entries);
      more = !page.isNone("next") && Fields.number(page, "next", 0) > after + 1;
      if (more) {
        asked.put("before", Long.toString(Fields.number(page, "next", 0)));
      }
    }
    Collections.reverse(found);
    return found;
  }

  private long show(List<JsonObject> entries, long last) {
    entries.forEach(entry -> terminal.out().println(json.wanted() ? entry.text() : EntryText.of(entry)));
    terminal.out().flush();
    return entries.isEmpty() ? last : Fields.number(entries.getLast(), "n", last);
  }
}
