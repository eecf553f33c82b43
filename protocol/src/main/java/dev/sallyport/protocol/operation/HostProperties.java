package dev.sallyport.protocol.operation;

import dev.sallyport.protocol.json.JsonObject;

/** Asks for names and versions: host, operating system, kernel, architecture, start of the system. */
public record HostProperties() implements Operation {
  /** The name on the wire. */
  public static final String NAME = "host.properties";

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

  static HostProperties decode(JsonObject arguments) {
    arguments.onlyFields();
    return new HostProperties();
  }
}
