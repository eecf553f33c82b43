package dev.sallyport.cli.enrol;

import java.time.Duration;
import java.util.concurrent.Callable;

import dev.sallyport.cli.ExitCode;
import dev.sallyport.cli.api.ApiClient;
import dev.sallyport.cli.output.DurationConverter;
import dev.sallyport.cli.output.JsonOption;
import dev.sallyport.cli.output.Terminal;
import dev.sallyport.protocol.json.JsonObject;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Makes an enrolment token and prints the line to paste on the new machine. */
@Command(name = "enrol-token", mixinStandardHelpOptions = true, description = "Prints the line that adds a machine: paste it there, as root.", footer = {
    "", "The line holds a secret until it expires or is used up. Durations: 90s, 30m, 24h, 7d."})
public final class EnrolTokenCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Option(names = "--expires", paramLabel = "DURATION", defaultValue = "24h", converter = DurationConverter.class, description = "How long the line works (default: ${DEFAULT-VALUE}).")
  private Duration expires = Duration.ZERO;

  @Option(names = "--uses", paramLabel = "N", defaultValue = "1", description = "How many machines may use it (default: ${DEFAULT-VALUE}).")
  private int uses;

  @Option(names = "--approval", paramLabel = "auto|manual", defaultValue = "", description = "Whether a person approves each machine (default: manual when N > 1).")
  private String approval = "";

  @Mixin
  private final JsonOption json = new JsonOption();

  public EnrolTokenCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    try (ApiClient client = terminal.connect()) {
      var request = JsonObject.builder().put("expiresInSeconds", expires.toSeconds()).put("maxUses", uses);
      if (!approval.isEmpty()) {
        request.put("approval", approval);
      }
      JsonObject answer = client.post("/api/v1/enrolment-tokens", request.build());
      if (json.wanted()) {
        terminal.out().println(answer.text());
      } else {
        terminal.note("Paste this on the machine, as root; it works until " + answer.string("expires") + ":");
        terminal.out().println(answer.string("line"));
      }
    }
    return ExitCode.OK;
  }
}
