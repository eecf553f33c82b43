package dev.sallyport.cli.file;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;

import dev.sallyport.cli.ExitCode;
import dev.sallyport.cli.api.ApiClient;
import dev.sallyport.cli.directive.OrderGiver;
import dev.sallyport.cli.directive.OrderOptions;
import dev.sallyport.cli.directive.TargetMachines;
import dev.sallyport.cli.output.JsonOption;
import dev.sallyport.cli.output.SafeText;
import dev.sallyport.cli.output.Terminal;
import dev.sallyport.protocol.json.JsonObject;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Sends a file to machines. */
@Command(name = "push", mixinStandardHelpOptions = true, sortOptions = false, description = "Sends a file to machines.", footer = {
    "",
    "The file goes to the server first, and from there to each machine; nothing changes on a machine until all",
    "of it has arrived. What breaks off is gone on with when the same command is given again.", "",
    "  sallyport push app.tar --on 'web-*' --to /opt/app/",
    "  sallyport push motd --on web-3 --to /etc/motd --mode 0644 --owner root",
    "  sallyport push app.tar --store                    # to the server only"})
public final class PushCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Option(names = "--on", paramLabel = "PATTERN", description = "Machines by name, where * and ? are wildcards, or one by its id (id:4f2a91c0). May be left out when there is only one.")
  private @Nullable String pattern;

  @Option(names = "--to", paramLabel = "PATH", description = "Where it goes, by its whole path; one that ends in / is a directory. Where it lies here, if left out.")
  private String to = "";

  @Option(names = "--mode", paramLabel = "MODE", description = "Its rights there, four octal digits; those of the file it replaces if left out, or 0600.")
  private String mode = "";

  @Option(names = "--owner", paramLabel = "ACCOUNT", description = "The account that owns it there.")
  private String owner = "";

  @Option(names = "--group", paramLabel = "GROUP", description = "Its group there.")
  private String group = "";

  @Option(names = "--no-replace", description = "Leave a file alone that is there already.")
  private boolean noReplace;

  @Option(names = "--store", description = "Send it to the server only; `sallyport do distribute-file file=NAME` sends it on.")
  private boolean storeOnly;

  @Option(names = "--keep", paramLabel = "DAYS", description = "For how many days the server keeps it (${DEFAULT-VALUE}); as long as machines are waited for anyway.")
  private int keepDays = 1;

  @Mixin
  private final OrderOptions options = new OrderOptions();

  @Option(names = "--detach", description = "Give the directive, print its id and do not wait.")
  private boolean detach;

  @Mixin
  private final JsonOption json = new JsonOption();

  @Parameters(index = "0", paramLabel = "FILE", description = "The file.")
  private Path file = Path.of("");

  public PushCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws IOException {
    try (ApiClient client = terminal.connect()) {
      if (!storeOnly) {
        Map<String, String> _ = TargetMachines.of(client, pattern);
      }
      JsonObject stored = new Upload(terminal, client, file).send(keepDays);
      if (storeOnly) {
        terminal.out().println(json.wanted()
            ? stored.text()
            : SafeText.oneLine(stored.string("name")) + " " + stored.string("sha256"));
        return ExitCode.OK;
      }
      return new OrderGiver(terminal, client, json.wanted(), true)
          .give(options.order("distribute-file", parameters(stored)), pattern, detach);
    }
  }

  private JsonObject parameters(JsonObject stored) {
    var parameters = JsonObject.builder().put("file", stored.string("sha256")).put("path", path());
    putIfAny(parameters, "mode", mode);
    putIfAny(parameters, "owner", owner);
    putIfAny(parameters, "group", group);
    return parameters.put("replace", !noReplace).build();
  }

  private String path() {
    Path here = file.toAbsolutePath().normalize();
    if (to.isEmpty()) {
      return here.toString();
    }
    return to.endsWith("/") ? to + here.getFileName() : to;
  }

  private static void putIfAny(JsonObject.Builder parameters, String name, String value) {
    if (!value.isEmpty()) {
      parameters.put(name, value);
    }
  }
}
