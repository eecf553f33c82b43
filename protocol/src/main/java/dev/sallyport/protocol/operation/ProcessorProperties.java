package dev.sallyport.protocol.operation;

import dev.sallyport.protocol.json.JsonObject;

/** Asks for the processors: model, cores, speed, load. */
public record ProcessorProperties() implements Operation {
  /** The name on the wire. */
  public static final String NAME = "host.processors";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public JsonObject arguments() {
    return JsonObject.EMPTY;
  }

  @Override
  public Effect effect() {
    return Effect.READ;
  }

  static ProcessorProperties decode(JsonObject arguments) {
    arguments.onlyFields();
    return new ProcessorProperties();
  }
}
