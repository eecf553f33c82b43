package dev.sallyport.protocol.operation;

import dev.sallyport.protocol.json.JsonObject;

/** Asks for disks and mounted file systems: size, use, type. */
public record DiskProperties() implements Operation {
  /** The name on the wire. */
  public static final String NAME = "host.disks";

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

  static DiskProperties decode(JsonObject arguments) {
    arguments.onlyFields();
    return new DiskProperties();
  }
}
