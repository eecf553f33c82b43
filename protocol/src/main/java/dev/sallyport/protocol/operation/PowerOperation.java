package dev.sallyport.protocol.operation;

import java.util.List;

import dev.sallyport.protocol.PlainText;
import dev.sallyport.protocol.ProtocolException;
import dev.sallyport.protocol.json.JsonObject;

/** Starting the machine anew, and turning it off. */
public sealed interface PowerOperation extends Operation {
  /** Longest delay: a week. */
  int MAX_DELAY_MINUTES = 7 * 24 * 60;

  /** Most characters of what is said to the users of the machine. */
  int MAX_MESSAGE_LENGTH = 500;

  /** Returns what is declared about each. */
  static List<OperationDescription> descriptions() {
    return List.of(Reboot.DESCRIPTION, Shutdown.DESCRIPTION, Cancel.DESCRIPTION);
  }

  /**
   * Reads one.
   *
   * @throws ProtocolException if the name is unknown or the arguments are not exactly what it takes
   */
  static PowerOperation decode(String name, JsonObject arguments) {
    return switch (name) {
      case Reboot.NAME -> Reboot.decode(arguments);
      case Shutdown.NAME -> Shutdown.decode(arguments);
      case Cancel.NAME -> Cancel.decode(arguments);
      default -> throw Operations.unknown();
    };
  }

  private static OperationDescription describe(String name) {
    return OperationDescription.changing(name, ActionClass.ACT).elevated().on(Platform.LINUX, Platform.WINDOWS);
  }

  private static void check(int delayMinutes, String message) {
    if (delayMinutes < 0 || delayMinutes > MAX_DELAY_MINUTES) {
      throw new ProtocolException("delayMinutes: expected 0 to " + MAX_DELAY_MINUTES + ", found " + delayMinutes);
    }
    PlainText.require("message", message, MAX_MESSAGE_LENGTH);
  }

  private static JsonObject arguments(int delayMinutes, String message) {
    var json = JsonObject.builder().put("delayMinutes", delayMinutes);
    if (!message.isEmpty()) {
      json.put("message", message);
    }
    return json.build();
  }

  private static int delay(JsonObject arguments) {
    arguments.onlyFields("delayMinutes", "message");
    return (int) arguments.integer("delayMinutes", 0, MAX_DELAY_MINUTES, 0);
  }

  private static String message(JsonObject arguments) {
    return arguments.string("message", "", MAX_MESSAGE_LENGTH);
  }

  /** Starts the machine anew, after a delay in whole minutes. */
  record Reboot(int delayMinutes, String message) implements PowerOperation {
    static final String NAME = "power.reboot";
    static final OperationDescription DESCRIPTION = describe(NAME);

    /** Checks. */
    public Reboot {
      check(delayMinutes, message);
    }

    @Override
    public OperationDescription description() {
      return DESCRIPTION;
    }

    @Override
    public JsonObject arguments() {
      return PowerOperation.arguments(delayMinutes, message);
    }

    static Reboot decode(JsonObject arguments) {
      return new Reboot(delay(arguments), PowerOperation.message(arguments));
    }
  }

  /** Turns the machine off, after a delay in whole minutes. */
  record Shutdown(int delayMinutes, String message) implements PowerOperation {
    static final String NAME = "power.shutdown";
    static final OperationDescription DESCRIPTION = describe(NAME);

    /** Checks. */
    public Shutdown {
      check(delayMinutes, message);
    }

    @Override
    public OperationDescription description() {
      return DESCRIPTION;
    }

    @Override
    public JsonObject arguments() {
      return PowerOperation.arguments(delayMinutes, message);
    }

    static Shutdown decode(JsonObject arguments) {
      return new Shutdown(delay(arguments), PowerOperation.message(arguments));
    }
  }

  /** Takes a reboot or shutdown back that is still to come. */
  record Cancel() implements PowerOperation {
    static final String NAME = "power.cancel";
    static final OperationDescription DESCRIPTION = describe(NAME);

    @Override
    public OperationDescription description() {
      return DESCRIPTION;
    }

    @Override
    public JsonObject arguments() {
      return JsonObject.EMPTY;
    }

    static Cancel decode(JsonObject arguments) {
      arguments.onlyFields();
      return new Cancel();
    }
  }
}
