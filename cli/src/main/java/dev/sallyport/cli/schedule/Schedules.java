package dev.sallyport.cli.schedule;

import java.io.PrintStream;
import java.util.List;

import dev.sallyport.cli.api.ApiClient;
import dev.sallyport.cli.api.Fields;
import dev.sallyport.cli.output.SafeText;
import dev.sallyport.cli.output.Table;
import dev.sallyport.protocol.json.JsonArray;
import dev.sallyport.protocol.json.JsonObject;

/** The server's schedules, and how one of them is shown. */
final class Schedules {
  static final String ROUTE = "/api/v1/schedules";

  /** Times of one answer, and characters of one time, that are read; the server sends far less. */
  private static final int MAX_TIMES = 100;
  private static final int MAX_TIME_LENGTH = 40;

  private Schedules() {
  }

  static List<JsonObject> all(ApiClient client) {
    return Fields.list(client.get(ROUTE), "schedules");
  }

  /** The path of the schedule with this name, whatever its case, or this id; {@link IllegalArgumentException} if there is none. */
  static String path(ApiClient client, String named) {
    return all(client).stream()
        .filter(schedule -> schedule.string("name").equalsIgnoreCase(named) || schedule.string("id").equals(named))
        .findFirst().map(schedule -> ROUTE + "/" + schedule.string("id")).orElseThrow(
            () -> new IllegalArgumentException(
                "there is no schedule '" + named + "'; `sallyport schedule list` shows those there are"));
  }

  /** Prints one with what is to come and what was. */
  static void print(PrintStream out, JsonObject schedule) {
    out.println(SafeText.oneLine(schedule.string("name")) + "  " + schedule.string("cron") + "  "
        + schedule.string("timeZone") + "  " + state(schedule));
    out.println("gives " + SafeText.oneLine(schedule.object("order").text()));
    long jitter = Fields.number(schedule, "jitterSeconds", 0);
    out.println("runs as " + SafeText.oneLine(schedule.string("runsAs")) + "; when the server did not run: "
        + schedule.string("missed") + (jitter == 0 ? "" : "; put off by up to " + jitter + " s"));
    out.println("id " + schedule.string("id"));
    out.println();
    out.println("Next times:");
    schedule.strings("upcoming", MAX_TIMES, MAX_TIME_LENGTH).forEach(time -> out.println("  " + time));
    List<JsonObject> history = Fields.list(schedule, "history");
    if (!history.isEmpty()) {
      out.println();
      var table = new Table("TIME", "DIRECTIVE", "NOTE");
      history.forEach(firing -> table.row(firing.string("time"), Fields.text(firing, "directive"),
          Fields.text(firing, "note")));
      table.print(out);
    }
  }

  /** How it stands, and why. */
  static String state(JsonObject schedule) {
    String reason = Fields.text(schedule, "reason");
    return schedule.string("state") + (reason.isEmpty() ? "" : ": " + SafeText.oneLine(reason));
  }

  /** An array of one text. */
  static JsonArray only(String text) {
    return JsonArray.ofStrings(List.of(text));
  }
}
