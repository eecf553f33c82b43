package dev.sallyport.cli.directive;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.sallyport.protocol.json.JsonObject;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How a directive goes over its machines; without any of these all have it at once. */
public final class BatchOptions {
  private static final List<String> DAYS = List.of("mon", "tue", "wed", "thu", "fri", "sat", "sun");
  private static final Pattern WINDOW = Pattern
      .compile("(?:(\\S+)\\s+)?(\\d\\d:\\d\\d)-(\\d\\d:\\d\\d)\\s+(\\S+)");

  @Option(names = "--concurrency", paramLabel = "N", description = "Most machines at once.")
  private @Nullable Integer concurrency;

  @Option(names = "--stop-after", paramLabel = "N", description = "Start nothing more after N runs failed.")
  private @Nullable Integer stopAfter;

  @Option(names = "--order", paramLabel = "given|name", description = "Which machines come first.")
  private @Nullable String order;

  @Option(names = "--window", paramLabel = "WINDOW", description = "Start runs in these hours only: '[DAYS] FROM-TO ZONE', for example 'mon-fri 22:00-06:00 Europe/Berlin'.")
  private @Nullable String window;

  /** What the order says of it; empty if nothing was asked for. */
  public Optional<JsonObject> json() {
    if (concurrency == null && stopAfter == null && order == null && window == null) {
      return Optional.empty();
    }
    var batch = JsonObject.builder();
    if (concurrency != null) {
      batch.put("concurrency", concurrency);
    }
    if (stopAfter != null) {
      batch.put("stopAfterFailures", stopAfter);
    }
    if (order != null) {
      batch.put("order", order);
    }
    if (window != null) {
      batch.put("window", window(window));
    }
    return Optional.of(batch.build());
  }

  /** A window as people write it: {@code mon-fri 22:00-06:00 Europe/Berlin}. */
  public static JsonObject window(String text) {
    Matcher parts = WINDOW.matcher(text.strip());
    if (!parts.matches()) {
      throw new IllegalArgumentException(
          "'" + text + "' is not a window; write for example 'mon-fri 22:00-06:00 Europe/Berlin'");
    }
    var json = JsonObject.builder();
    if (parts.group(1) != null) {
      json.putStrings("days", days(parts.group(1)));
    }
    return json.put("from", parts.group(2)).put("to", parts.group(3)).put("timeZone", parts.group(4)).build();
  }

  /** Days as people list them: {@code mon-fri,sun}; a range may go over the week's end. */
  private static List<String> days(String text) {
    var days = new ArrayList<String>();
    for (String part : text.toLowerCase(Locale.ROOT).split(",", -1)) {
      String[] ends = part.split("-", -1);
      int first = DAYS.indexOf(ends[0]);
      int last = DAYS.indexOf(ends[ends.length - 1]);
      if (ends.length > 2 || first < 0 || last < 0) {
        throw new IllegalArgumentException(
            "'" + part + "' is no day and no range of days; write mon, tue, … or mon-fri");
      }
      for (int day = first; day != last; day = (day + 1) % DAYS.size()) {
        days.add(DAYS.get(day));
      }
      days.add(DAYS.get(last));
    }
    return days.stream().distinct().toList();
  }
}
