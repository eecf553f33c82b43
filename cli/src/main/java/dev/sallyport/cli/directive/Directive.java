package dev.sallyport.cli.directive;

import java.util.List;

import dev.sallyport.cli.ExitCode;
import dev.sallyport.cli.api.ApiClient;
import dev.sallyport.cli.api.Fields;
import dev.sallyport.cli.output.Table;
import dev.sallyport.protocol.json.JsonObject;

/** A directive as the server tells it, and what its runs mean for the exit code. */
final class Directive {
  private static final String PREFIX = "/api/v1/directives/";
  private static final String ID_ALPHABET = "0123456789abcdef-";
  private static final int MAX_ID = 36;

  private Directive() {
  }

  /** The directive's path; ids never carry anything but their own alphabet. */
  static String path(String id) {
    if (id.isEmpty() || id.length() > MAX_ID || id.chars().anyMatch(c -> ID_ALPHABET.indexOf(c) < 0)) {
      throw new IllegalArgumentException(
          "'" + id + "' is not the id of a directive; `sallyport directive list` shows them");
    }
    return PREFIX + id;
  }

  /** Where the output of one run is read; {@code machine} comes from the server and must be an id like the directive's. */
  static String outputPath(String id, String machine, String stream) {
    return runPath(id, machine) + "/output?stream=" + stream;
  }

  /** One run; {@code machine} comes from the server and must be an id like the directive's. */
  static String runPath(String id, String machine) {
    return path(id) + "/runs/" + path(machine).substring(PREFIX.length());
  }

  static JsonObject get(ApiClient client, String id) {
    return client.get(path(id));
  }

  static boolean ended(JsonObject run) {
    String state = run.string("state");
    return !state.equals("queued") && !state.equals("running");
  }

  /** One machine: the remote status, or 125 when the directive did not run to its end. Many: 0 when all succeeded. */
  static int exitCode(List<JsonObject> runs) {
    if (runs.size() == 1) {
      return exitCode(runs.getFirst());
    }
    return runs.stream().allMatch(run -> exitCode(run) == ExitCode.OK) ? ExitCode.OK : ExitCode.FAILED;
  }

  private static int exitCode(JsonObject run) {
    int status = (int) Fields.number(run, "exitCode", -1);
    return switch (run.string("state")) {
      case "done" -> status < 0 ? ExitCode.OK : status;
      case "failed" -> status > 0 ? status : ExitCode.NOT_RUN;
      default -> ExitCode.NOT_RUN;
    };
  }

  static Table table(List<JsonObject> runs) {
    var table = new Table("MACHINE", "OUTCOME", "EXIT", "OUTPUT", "REASON");
    for (JsonObject run : runs) {
      long status = Fields.number(run, "exitCode", -1);
      table.row(run.string("name"), run.string("state"), status < 0 ? "" : Long.toString(status),
          Fields.number(run, "outputBytes", 0) + " bytes" + (Fields.flag(run, "truncated") ? " (cut)" : ""),
          Fields.text(run, "reason"));
    }
    return table;
  }
}
