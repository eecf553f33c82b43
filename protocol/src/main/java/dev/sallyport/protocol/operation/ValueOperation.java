package dev.sallyport.protocol.operation;

import java.util.List;

import dev.sallyport.protocol.ProtocolException;
import dev.sallyport.protocol.json.JsonObject;

/** Small values of a machine for procedures; the content of a file, the registry and what a program says have operations of their own. */
public sealed interface ValueOperation extends Operation {
  /** Returns what is declared about each. */
  static List<OperationDescription> descriptions() {
    return List.of(Environment.DESCRIPTION);
  }

  /**
   * Reads one.
   *
   * @throws ProtocolException if the name is unknown or the arguments are not exactly what it takes
   */
  static ValueOperation decode(String name, JsonObject arguments) {
    return switch (name) {
      case Environment.NAME -> Environment.decode(arguments);
      default -> throw Operations.unknown();
    };
  }

  /** The variables that every program on the machine is given, before an order adds its own. */
  record Environment() implements ValueOperation {
    static final String NAME = "value.environment";
    static final OperationDescription DESCRIPTION = OperationDescription.looking(NAME, ActionClass.READ);

    @Override
    public OperationDescription description() {
      return DESCRIPTION;
    }

    @Override
    public JsonObject arguments() {
      return JsonObject.EMPTY;
    }

    static Environment decode(JsonObject arguments) {
      arguments.onlyFields();
      return new Environment();
    }
  }
}
