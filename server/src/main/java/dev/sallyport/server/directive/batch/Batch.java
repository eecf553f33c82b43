package dev.sallyport.server.directive.batch;

import java.util.Locale;

import dev.sallyport.protocol.ProtocolException;
import dev.sallyport.protocol.json.JsonObject;
import dev.sallyport.server.time.Window;

/**
 * How a directive goes over its machines.
 *
 * @param concurrency most machines that have been handed their run and have not ended it
 * @param stopAfterFailures after so many failed runs no further one starts; 0 means never
 * @param sequence which machines come first
 * @param window when runs may start
 */
public record Batch(int concurrency, int stopAfterFailures, Sequence sequence, Window window) {
  /** Most machines at once when nothing is said: all. */
  public static final int UNLIMITED = 20_000;
  /** No batch: every machine has its run as soon as it can. */
  public static final Batch NONE = new Batch(UNLIMITED, 0, Sequence.GIVEN, new Window.Always());

  /** Which machines come first. */
  public enum Sequence {
    /** As the order names them. */
    GIVEN,
    /** By name. */
    NAME;

    private String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Whether runs are held back at all. */
  public boolean holds() {
    return !equals(NONE);
  }

  /** As it is stored and shown. */
  public JsonObject toJson() {
    var json = JsonObject.builder().put("concurrency", concurrency).put("stopAfterFailures", stopAfterFailures)
        .put("order", sequence.word());
    if (window instanceof Window.Hours hours) {
      json.put("window", hours.toJson());
    }
    return json.build();
  }

  /**
   * Reads {@code concurrency}, {@code stopAfterFailures}, {@code order} ({@code given} or {@code name}) and {@code window}; all may be left
   * out.
   *
   * @throws ProtocolException naming the field at fault
   */
  public static Batch fromJson(JsonObject json) {
    json.onlyFields("concurrency", "stopAfterFailures", "order", "window");
    String order = json.string("order", Sequence.GIVEN.word(), 10);
    Sequence sequence = switch (order) {
      case "given" -> Sequence.GIVEN;
      case "name" -> Sequence.NAME;
      default -> throw json.refused("order", "expected given or name");
    };
    return new Batch((int) json.integer("concurrency", 1, UNLIMITED, UNLIMITED),
        (int) json.integer("stopAfterFailures", 0, UNLIMITED, 0), sequence,
        json.has("window") ? Window.fromJson(json.object("window")) : new Window.Always());
  }
}
