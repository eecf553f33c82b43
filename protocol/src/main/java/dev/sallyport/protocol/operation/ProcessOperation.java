package dev.sallyport.protocol.operation;

import java.util.List;

import dev.sallyport.protocol.ProtocolException;
import dev.sallyport.protocol.json.JsonObject;

/** Programs of the machine. */
public sealed interface ProcessOperation extends Operation permits RunProgram, RunShell {
  /** Returns what is declared about each. */
  static List<OperationDescription> descriptions() {
    return List.of(RunProgram.DESCRIPTION, RunShell.DESCRIPTION);
  }

  /**
   * Reads one.
   *
   * @throws ProtocolException if the name is unknown or the arguments are not exactly what it takes
   */
  static ProcessOperation decode(String name, JsonObject arguments) {
    return switch (name) {
      case RunProgram.NAME -> RunProgram.decode(arguments);
      case RunShell.NAME -> RunShell.decode(arguments);
      default -> throw Operations.unknown();
    };
  }

  /** Runs something to its end; the run's own limits are below these. */
  static OperationDescription running(String name) {
    return OperationDescription.changing(name, ActionClass.EXEC).within(Limits.MAX_TIME)
        .output(Limits.MAX_OUTPUT_BYTES);
  }
}
