package dev.sallyport.cli.audit;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

import dev.sallyport.cli.api.ApiClient;
import dev.sallyport.cli.machine.MachineChoice;
import dev.sallyport.cli.output.DurationConverter;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which entries are meant. */
final class Filter {
  @Option(names = "--person", paramLabel = "NAME", defaultValue = "", description = "Done by this account.")
  private String person = "";

  @Option(names = "--machine", paramLabel = "MACHINE", defaultValue = "", description = "About this machine, "
      + MachineChoice.HELP + ".")
  private String machine = "";

  @Option(names = "--site", paramLabel = "ID", defaultValue = "", description = "In this site.")
  private String site = "";

  @Option(names = "--type", paramLabel = "TYPE", defaultValue = "", description = "Of this type, or of all that begin so if it ends with a dot: directive.")
  private String type = "";

  @Option(names = "--object", paramLabel = "ID", defaultValue = "", description = "Done to this: a directive, schedule, file…")
  private String object = "";

  @Option(names = "--result", paramLabel = "RESULT", defaultValue = "", description = "With this result: ok, refused, failed, or an outcome.")
  private String result = "";

  @Option(names = "--since", paramLabel = "DURATION", converter = DurationConverter.class, description = "Not older: 90s, 30m, 24h, 7d.")
  private @Nullable Duration since;

  /** The query's parameters. */
  Map<String, String> parameters(ApiClient client) {
    var asked = new LinkedHashMap<String, String>();
    put(asked, "person", person);
    put(asked, "machine", machine.isEmpty() ? "" : MachineChoice.one(client, machine).string("id"));
    put(asked, "site", site);
    put(asked, "type", type);
    put(asked, "object", object);
    put(asked, "result", result);
    put(asked, "from", since == null ? "" : Instant.now().minus(since).toString());
    return asked;
  }

  private static void put(Map<String, String> asked, String name, String value) {
    if (!value.isEmpty()) {
      asked.put(name, value);
    }
  }
}
