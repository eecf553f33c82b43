package dev.sallyport.protocol.operation;

import dev.sallyport.protocol.json.JsonObject;

/** Asks for main memory and swap: total, used, free. */
public record MemoryProperties() implements Operation {
  /** The name on the wire. */
  public static final String NAME = "host.memory";

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

  static MemoryProperties decode(JsonObject arguments) {
    arguments.onlyFields();
    return new MemoryProperties();
  }
}
