package dev.sallyport.protocol.operation;

import java.util.List;

import dev.sallyport.protocol.ProtocolException;
import dev.sallyport.protocol.json.JsonObject;

/**
 * Files and directories. A path is absolute and spelled as the machine's operating system spells it, or a {@code file:} URI, whose
 * percent signs can spell what is no UTF-8; it has at most {@value #MAX_PATH_BYTES} bytes of UTF-8.
 */
public sealed interface FileOperation extends Operation {
  /** Most bytes of a path in UTF-8: Linux allows 4,096 bytes, Windows 32,767 UTF-16 units. */
  int MAX_PATH_BYTES = 32_768;

  /** Returns what is declared about each. */
  static List<OperationDescription> descriptions() {
    return List.of(Properties.DESCRIPTION);
  }

  /**
   * Reads one.
   *
   * @throws ProtocolException if the name is unknown or the arguments are not exactly what it takes
   */
  static FileOperation decode(String name, JsonObject arguments) {
    return switch (name) {
      case Properties.NAME -> Properties.decode(arguments);
      default -> throw Operations.unknown();
    };
  }

  private static String path(JsonObject arguments) {
    return arguments.string("path", MAX_PATH_BYTES);
  }

  /** Kind, size, times, owner and rights of one file or directory, not its content. */
  record Properties(String path) implements FileOperation {
    static final String NAME = "file.properties";
    static final OperationDescription DESCRIPTION = OperationDescription.looking(NAME, ActionClass.READ);

    /** Refuses what no operating system takes as a path. */
    public Properties {
      OsText.requireNonEmpty("path", path, MAX_PATH_BYTES);
    }

    @Override
    public OperationDescription description() {
      return DESCRIPTION;
    }

    @Override
    public JsonObject arguments() {
      return JsonObject.builder().put("path", path).build();
    }

    static Properties decode(JsonObject arguments) {
      arguments.onlyFields("path");
      return new Properties(FileOperation.path(arguments));
    }
  }
}
