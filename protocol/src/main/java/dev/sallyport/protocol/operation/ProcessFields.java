package dev.sallyport.protocol.operation;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import dev.sallyport.protocol.Bytes;
import dev.sallyport.protocol.OsText;
import dev.sallyport.protocol.ProtocolException;
import dev.sallyport.protocol.json.JsonObject;

/** The arguments that all operations have which run a process: environment, directory, standard input, limits. */
final class ProcessFields {
  private static final String ENVIRONMENT = "environment";
  private static final String DIRECTORY = "directory";
  private static final String STDIN = "stdin";
  private static final String LIMITS = "limits";

  private ProcessFields() {
  }

  /** Copies the arguments of a program; the sum counts one more byte for each, as the operating system does. */
  static List<String> requireArguments(List<String> argv) {
    if (argv.isEmpty() || argv.size() > RunProgram.MAX_ARGUMENTS) {
      throw new ProtocolException("argv: expected 1 to " + RunProgram.MAX_ARGUMENTS + " items, found " + argv.size());
    }
    OsText.requireNonEmpty("argv[0]", argv.getFirst(), FileOperation.MAX_PATH_BYTES);
    int bytes = 0;
    for (int i = 0; i < argv.size(); i++) {
      bytes = Math.addExact(bytes, OsText.utf8LengthOfItem("argv", i, argv.get(i)) + 1);
      if (bytes > RunProgram.MAX_ARGUMENT_BYTES) {
        throw new ProtocolException("argv: expected at most " + RunProgram.MAX_ARGUMENT_BYTES + " bytes in all");
      }
    }
    return Collections.unmodifiableList(new ArrayList<>(argv));
  }

  /** Copies the variables into the order of their names, so that equal environments always give equal bytes. */
  static Map<String, String> requireEnvironment(Map<String, String> environment) {
    if (environment.size() > RunProgram.MAX_VARIABLES) {
      throw new ProtocolException("environment: expected at most " + RunProgram.MAX_VARIABLES + " variables, found "
          + environment.size());
    }
    int bytes = 0;
    for (Map.Entry<String, String> variable : environment.entrySet()) {
      String name = OsText.requireNonEmpty("environment: a name", variable.getKey(), RunProgram.MAX_ENVIRONMENT_BYTES);
      if (name.indexOf('=') >= 0) {
        throw new ProtocolException("environment: a name must not hold '='");
      }
      OsText.require("environment: a value", variable.getValue(), RunProgram.MAX_ENVIRONMENT_BYTES);
      bytes += OsText.utf8Length("environment: a name", name)
          + OsText.utf8Length("environment: a value", variable.getValue()) + 2;
      if (bytes > RunProgram.MAX_ENVIRONMENT_BYTES) {
        throw new ProtocolException(
            "environment: expected at most " + RunProgram.MAX_ENVIRONMENT_BYTES + " bytes in all");
      }
    }
    return Collections.unmodifiableMap(new TreeMap<>(environment));
  }

  static void requireStdin(Bytes stdin) {
    if (stdin.length() > RunProgram.MAX_STDIN_BYTES) {
      throw new ProtocolException("stdin: expected at most " + RunProgram.MAX_STDIN_BYTES + " bytes, found "
          + stdin.length() + "; send long input as a file");
    }
  }

  static void put(JsonObject.Builder json, Map<String, String> environment, String directory, Bytes stdin,
      Limits limits) {
    put(json, environment, directory, stdin);
    json.put(LIMITS, limits.toJson());
  }

  static void put(JsonObject.Builder json, Map<String, String> environment, String directory, Bytes stdin) {
    if (!environment.isEmpty()) {
      JsonObject.Builder variables = JsonObject.builder();
      environment.forEach(variables::put);
      json.put(ENVIRONMENT, variables.build());
    }
    if (!directory.isEmpty()) {
      json.put(DIRECTORY, directory);
    }
    if (!stdin.isEmpty()) {
      json.putBytes(STDIN, stdin.toArray());
    }
  }

  static JsonObject onlyWith(String command, JsonObject arguments) {
    return arguments.onlyFields(command, ENVIRONMENT, DIRECTORY, STDIN, LIMITS);
  }

  static Map<String, String> environment(JsonObject arguments) {
    JsonObject json = arguments.objectOrEmpty(ENVIRONMENT);
    if (json.size() > RunProgram.MAX_VARIABLES) {
      throw arguments.refused(ENVIRONMENT, "expected at most " + RunProgram.MAX_VARIABLES + " variables");
    }
    Map<String, String> environment = new TreeMap<>();
    for (String name : json.names()) {
      environment.put(name, json.string(name, RunProgram.MAX_ENVIRONMENT_BYTES));
    }
    return environment;
  }

  static String directory(JsonObject arguments) {
    return arguments.string(DIRECTORY, "", FileOperation.MAX_PATH_BYTES);
  }

  static Bytes stdin(JsonObject arguments) {
    return arguments.has(STDIN)
        ? Bytes.of(arguments.bytes(STDIN, 0, RunProgram.MAX_STDIN_BYTES))
        : Bytes.EMPTY;
  }

  static Limits limits(JsonObject arguments) {
    return arguments.has(LIMITS) ? Limits.fromJson(arguments.object(LIMITS)) : Limits.DEFAULT;
  }
}
