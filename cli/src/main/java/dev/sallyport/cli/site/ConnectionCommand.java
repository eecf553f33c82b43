package dev.sallyport.cli.site;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;

import dev.sallyport.cli.ExitCode;
import dev.sallyport.cli.api.ApiClient;
import dev.sallyport.cli.output.DurationConverter;
import dev.sallyport.cli.output.JsonOption;
import dev.sallyport.cli.output.SafeText;
import dev.sallyport.cli.output.Terminal;
import dev.sallyport.protocol.json.JsonObject;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows how the agents of a site keep in touch, and changes what is given. */
@Command(name = "connection", mixinStandardHelpOptions = true, sortOptions = false, description = "Shows how the agents of a site keep in touch; with options, changes that.", footer = {
    "", "  sallyport sites connection default --transports tls,websocket --address wss://10.0.0.5:8443/agent", "",
    "What is not given stays as it is. Agents that are connected hear of it at once. Addresses are tried",
    "before those that an agent was enrolled with and never take their place, so a typing error cuts",
    "nobody off; `sallyport machines connection MACHINE` tells which ways a machine tried."})
public final class ConnectionCommand implements Callable<Integer> {
  private static final String USUAL = "usual";
  private static final String NONE = "none";
  private static final int LABEL = 14;
  private static final long MILLIS = 1_000;
  private static final int MAX_ITEMS = 100;

  private final Terminal terminal;

  @Parameters(index = "0", paramLabel = "SITE", description = "Its name or id.")
  private String site = "";

  @Option(names = "--check-in", paramLabel = "DURATION", converter = DurationConverter.class, description = "An agent that lost its server is back within this time of its return, 1s to 60s.")
  private @Nullable Duration checkIn;

  @Option(names = "--first-retry", paramLabel = "DURATION", converter = DurationConverter.class, description = "Longest pause after a first failed attempt; it doubles with each, and agents draw theirs at random.")
  private @Nullable Duration firstRetry;

  @Option(names = "--last-retry", paramLabel = "DURATION", converter = DurationConverter.class, description = "What that pause grows to, at most 1h; never more than the check-in interval.")
  private @Nullable Duration lastRetry;

  @Option(names = "--transports", split = ",", paramLabel = "WORD", description = "Transports to try before all others, in this order: websocket, tls, https-poll, tcp, http-poll, ftp; or usual.")
  private @Nullable List<String> transports;

  @Option(names = "--address", split = ",", paramLabel = "ADDRESS", description = "A further address of the server to try first, wss://host:port/agent say; may be given up to eight times, in the order to try; or none.")
  private @Nullable List<String> addresses;

  @Mixin
  private final JsonOption json = new JsonOption();

  public ConnectionCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    try (ApiClient client = terminal.connect()) {
      String path = Sites.path(client, site) + "/connection";
      JsonObject settings = client.get(path);
      if (changes()) {
        settings = client.put(path, changed(settings));
      }
      if (json.wanted()) {
        terminal.out().println(settings.text());
      } else {
        print(settings);
      }
    }
    return ExitCode.OK;
  }

  private boolean changes() {
    return checkIn != null || firstRetry != null || lastRetry != null || transports != null || addresses != null;
  }

  private JsonObject changed(JsonObject before) {
    return JsonObject.builder()
        .put("checkInSeconds", checkIn == null ? number(before, "checkInSeconds") : checkIn.toSeconds())
        .put("firstRetryMs", firstRetry == null ? number(before, "firstRetryMs") : firstRetry.toMillis())
        .put("lastRetryMs", lastRetry == null ? number(before, "lastRetryMs") : lastRetry.toMillis())
        .putStrings("transports", wanted(transports, USUAL, before, "transports"))
        .putStrings("addresses", wanted(addresses, NONE, before, "addresses")).build();
  }

  private static List<String> wanted(@Nullable List<String> given, String nothing, JsonObject before, String name) {
    if (given == null) {
      return before.strings(name, MAX_ITEMS, JsonObject.DEFAULT_MAX_LENGTH);
    }
    return given.equals(List.of(nothing)) ? List.of() : given;
  }

  private void print(JsonObject settings) {
    line("check-in", "every " + number(settings, "checkInSeconds") + " s");
    line("retries", "at random within " + time(settings, "firstRetryMs") + " at first, " + time(settings, "lastRetryMs")
        + " at last");
    List<String> order = settings.strings("transports", MAX_ITEMS, JsonObject.DEFAULT_MAX_LENGTH);
    line("transports", order.isEmpty() ? "in the usual order" : String.join(", ", order) + ", then the others");
    List<String> further = settings.strings("addresses", MAX_ITEMS, JsonObject.DEFAULT_MAX_LENGTH);
    line("addresses", further.isEmpty() ? "those agents were enrolled with" : "");
    further.forEach(address -> terminal.out().println("  " + SafeText.oneLine(address)));
  }

  private static String time(JsonObject settings, String name) {
    long millis = number(settings, name);
    return millis % MILLIS == 0 ? millis / MILLIS + " s" : millis + " ms";
  }

  private static long number(JsonObject settings, String name) {
    return settings.integer(name, 0, Integer.MAX_VALUE);
  }

  private void line(String what, String value) {
    String label = what + ":";
    terminal.out().println(value.isEmpty()
        ? label
        : label + " ".repeat(Math.max(1, LABEL - label.length())) + SafeText.oneLine(value));
  }
}
