package dev.sallyport.server.directive;

import java.time.Duration;
import java.util.List;

import dev.sallyport.protocol.PlainText;
import dev.sallyport.protocol.ProtocolException;
import dev.sallyport.protocol.Uuids;
import dev.sallyport.protocol.json.JsonObject;
import dev.sallyport.protocol.operation.Limits;
import dev.sallyport.server.directive.batch.Batch;
import dev.sallyport.server.machine.NameGlob;

/**
 * What an operator asks for.
 *
 * @param action the action's name
 * @param parameters as given, not validated yet
 * @param targets the machines it is for
 * @param lifetime how long a machine that is away is waited for
 * @param limits what each program may take
 * @param queue whether machines that are away are waited for at all
 * @param batch how it goes over its machines
 */
public record Order(String action, JsonObject parameters, Targets targets, Duration lifetime, Limits limits,
    boolean queue, Batch batch) {
  /**
   * How long machines are waited for when nothing is said: a day, so that what is given in the evening reaches a notebook that opens in the
   * morning, and nothing surprises anybody a week later.
   */
  public static final Duration DEFAULT_LIFETIME = Duration.ofHours(24);
  /** The longest a directive may wait. */
  public static final Duration MAX_LIFETIME = Duration.ofDays(30);
  /**
   * The lifetime of an order that is not to wait: how long a machine that is there may take to begin, because it is busy or its link breaks at
   * this very moment.
   */
  public static final Duration AT_ONCE = Duration.ofMinutes(1);
  /** How long a program may run when nothing is said. */
  public static final Duration DEFAULT_TIME_LIMIT = Duration.ofHours(1);
  /** Bytes of output kept of each run when nothing is said: 10 MiB. */
  public static final long DEFAULT_OUTPUT_LIMIT = 10L << 20;
  /** Most machines of one directive. */
  public static final int MAX_MACHINES = 20_000;

  private static final int MAX_ACTION_LENGTH = 100;

  /** Which machines a directive is for. */
  public sealed interface Targets {
    /** These. */
    record Named(List<String> machines) implements Targets {
      public Named {
        machines = List.copyOf(machines);
      }
    }

    /** All that may be given directives and have such a name now. */
    record Matching(NameGlob names) implements Targets {}
  }

  /** An order that waits for machines that are away. */
  public Order(String action, JsonObject parameters, Targets targets, Duration lifetime, Limits limits) {
    this(action, parameters, targets, lifetime, limits, true, Batch.NONE);
  }

  /**
   * Reads an order as it is given over the API.
   *
   * @throws ProtocolException naming the field at fault
   */
  public static Order fromJson(JsonObject json) {
    json.onlyFields("action", "parameters", "machines", "name", "queue", "lifetimeSeconds", "timeLimitSeconds",
        "outputLimitBytes", "batch");
    boolean queue = json.bool("queue", true);
    Batch batch = json.has("batch") ? Batch.fromJson(json.object("batch")) : Batch.NONE;
    if (!queue && batch.holds()) {
      throw json.refused("queue", "a batch lets machines wait for their turn; leave one of the two out");
    }
    return new Order(json.string("action", MAX_ACTION_LENGTH), json.objectOrEmpty("parameters"), targets(json),
        lifetime(json, queue),
        new Limits(
            Duration.ofSeconds(
                json.integer("timeLimitSeconds", 1, Limits.MAX_TIME.toSeconds(), DEFAULT_TIME_LIMIT.toSeconds())),
            json.integer("outputLimitBytes", 0, Limits.MAX_OUTPUT_BYTES, DEFAULT_OUTPUT_LIMIT)),
        queue, batch);
  }

  private static Duration lifetime(JsonObject json, boolean queue) {
    if (queue) {
      return Duration
          .ofSeconds(json.integer("lifetimeSeconds", 1, MAX_LIFETIME.toSeconds(), DEFAULT_LIFETIME.toSeconds()));
    }
    if (json.has("lifetimeSeconds")) {
      throw json.refused("lifetimeSeconds",
          "an order with \"queue\": false waits for nobody; leave one of the two out");
    }
    return AT_ONCE;
  }

  private static Targets targets(JsonObject json) {
    if (json.has("machines") == json.has("name")) {
      throw json.refused("machines", "expected either \"machines\" with ids or \"name\" with a pattern");
    }
    if (json.has("name")) {
      return new Targets.Matching(
          new NameGlob(PlainText.clean(json.string("name", NameGlob.MAX_LENGTH), NameGlob.MAX_LENGTH)));
    }
    List<String> ids = json.strings("machines", MAX_MACHINES, Uuids.LENGTH);
    if (ids.isEmpty()) {
      throw json.refused("machines", "expected at least one machine");
    }
    for (int i = 0; i < ids.size(); i++) {
      Uuids.require("machines[" + i + "]", ids.get(i));
    }
    return new Targets.Named(ids.stream().distinct().toList());
  }
}
