package dev.sallyport.cli.directive;

import java.time.Duration;
import java.util.List;

import dev.sallyport.cli.output.DurationConverter;
import dev.sallyport.protocol.json.JsonArray;
import dev.sallyport.protocol.json.JsonObject;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What can be said of an order besides its machines and its command. */
public final class OrderOptions {
  @Option(names = "--time-limit", paramLabel = "DURATION", converter = DurationConverter.class, description = "Stop the command after this time.")
  private @Nullable Duration timeLimit;

  @Option(names = "--wait", paramLabel = "DURATION", converter = DurationConverter.class, description = "How long to wait for machines that are offline.")
  private @Nullable Duration lifetime;

  @Option(names = "--now", description = "Do not wait for machines that are offline: run at once or not at all.")
  private boolean now;

  @Mixin
  private final BatchOptions batch = new BatchOptions();

  /** An order for this command, whose machines are still to be said: one word is for the shell, several are a program and its arguments. */
  public JsonObject.Builder order(List<String> command) {
    boolean shell = command.size() == 1;
    var parameters = shell
        ? JsonObject.builder().put("command", command.getFirst())
        : JsonObject.builder().put("argv", JsonArray.ofStrings(command));
    return order(shell ? "shell" : "exec", parameters.build());
  }

  /** An order of this action, whose machines are still to be said. */
  public JsonObject.Builder order(String action, JsonObject parameters) {
    if (now && lifetime != null) {
      throw new IllegalArgumentException("--now waits for nobody: leave out --wait");
    }
    var order = JsonObject.builder().put("action", action).put("parameters", parameters);
    if (timeLimit != null) {
      order.put("timeLimitSeconds", timeLimit.toSeconds());
    }
    batch.json().ifPresent(json -> order.put("batch", json));
    if (now) {
      order.put("queue", false);
    }
    if (lifetime != null) {
      order.put("lifetimeSeconds", lifetime.toSeconds());
    }
    return order;
  }
}
