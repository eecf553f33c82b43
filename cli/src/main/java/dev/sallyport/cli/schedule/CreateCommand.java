package dev.sallyport.cli.schedule;

import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.concurrent.Callable;

import dev.sallyport.cli.ExitCode;
import dev.sallyport.cli.api.ApiClient;
import dev.sallyport.cli.directive.OrderOptions;
import dev.sallyport.cli.machine.MachineChoice;
import dev.sallyport.cli.output.DurationConverter;
import dev.sallyport.cli.output.JsonOption;
import dev.sallyport.cli.output.Terminal;
import dev.sallyport.protocol.json.JsonObject;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Makes a schedule. */
@Command(name = "create", mixinStandardHelpOptions = true, sortOptions = false, description = "Runs a command on machines again and again.", footer = {
    "", "  sallyport schedule create --name updates --cron '30 2 * * SAT' --zone Europe/Berlin \\",
    "    --on 'web-*' -- 'apt-get -y upgrade'", "",
    "The five fields of --cron are minute, hour, day of month, month and day of week; @hourly,",
    "@daily, @weekly, @monthly and @yearly are known, too. A pattern of names is looked up anew each",
    "time. The schedule runs as you. Durations: 90s, 30m, 24h, 7d."})
public final class CreateCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Option(names = "--name", required = true, paramLabel = "NAME", description = "How it is called.")
  private String name = "";

  @Option(names = "--cron", required = true, paramLabel = "CRON", description = "When it happens.")
  private String cron = "";

  @Option(names = "--zone", paramLabel = "ZONE", description = "The time zone of --cron (default: this computer's).")
  private @Nullable String zone;

  @Option(names = "--on", required = true, paramLabel = "PATTERN", description = "Machines by name, where * and ? are wildcards, or one by its id (id:4f2a91c0).")
  private String pattern = "";

  @Option(names = "--jitter", paramLabel = "DURATION", converter = DurationConverter.class, description = "Put each time off by up to this.")
  private @Nullable Duration jitter;

  @Option(names = "--missed", paramLabel = "skip|run-once", defaultValue = "skip", description = "What becomes of times at which the server did not run (default: ${DEFAULT-VALUE}).")
  private String missed = "";

  @Option(names = "--disabled", description = "Make it, but let it rest.")
  private boolean disabled;

  @Mixin
  private final OrderOptions options = new OrderOptions();

  @Mixin
  private final JsonOption json = new JsonOption();

  @Parameters(arity = "1..*", paramLabel = "COMMAND", description = "What to run; put -- before it.")
  private List<String> command = List.of();

  public CreateCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    var order = options.order(command);
    try (ApiClient client = terminal.connect()) {
      if (MachineChoice.isMarkedId(pattern)) {
        order.put("machines", Schedules.only(MachineChoice.one(client, pattern).string("id")));
      } else {
        order.put("name", pattern);
      }
      var schedule = JsonObject.builder().put("name", name).put("cron", cron)
          .put("timeZone", zone == null ? ZoneId.systemDefault().getId() : zone)
          .put("jitterSeconds", jitter == null ? 0 : jitter.toSeconds()).put("missed", missed)
          .put("enabled", !disabled).put("order", order.build());
      JsonObject answer = client.post(Schedules.ROUTE, schedule.build());
      if (json.wanted()) {
        terminal.out().println(answer.text());
      } else {
        Schedules.print(terminal.out(), answer);
      }
    }
    return ExitCode.OK;
  }
}
