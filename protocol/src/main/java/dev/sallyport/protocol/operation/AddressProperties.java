package dev.sallyport.protocol.operation;

import dev.sallyport.protocol.json.JsonObject;

/** Asks for network interfaces and their addresses. */
public record AddressProperties() implements Operation {
  /** The name on the wire. */
  public static final String NAME = "host.addresses";

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

  static AddressProperties decode(JsonObject arguments) {
    arguments.onlyFields();
    return new AddressProperties();
  }
}
