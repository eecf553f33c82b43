package dev.sallyport.protocol.operation;

import dev.sallyport.protocol.json.JsonObject;

/**
 * Asks for the properties of one file or directory: kind, size, times, owner, rights; not for its content.
 *
 * @param path as the machine's operating system spells it, absolute, at most {@value #MAX_PATH_BYTES} bytes of UTF-8
 */
public record FileProperties(String path) implements Operation {
  /** The name on the wire. */
  public static final String NAME = "file.properties";

  /** Most bytes of a path in UTF-8: Linux allows 4,096 bytes, Windows 32,767 UTF-16 units. */
  public static final int MAX_PATH_BYTES = 32_768;

  /** Refuses what no operating system takes as a path. */
  public FileProperties {
    OsText.requireNonEmpty("path", path, MAX_PATH_BYTES);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public JsonObject arguments() {
    return JsonObject.builder().put("path", path).build();
  }

  @Override
  public Effect effect() {
    return Effect.READ;
  }

  static FileProperties decode(JsonObject arguments) {
    arguments.onlyFields("path");
    return new FileProperties(arguments.string("path", MAX_PATH_BYTES));
  }
}
