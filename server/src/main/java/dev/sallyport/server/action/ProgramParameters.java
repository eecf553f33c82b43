package dev.sallyport.server.action;

import java.util.HashMap;
import java.util.Map;

import dev.sallyport.protocol.Bytes;
import dev.sallyport.protocol.json.JsonObject;
import dev.sallyport.protocol.operation.FileOperation;
import dev.sallyport.protocol.operation.RunProgram;

/** The parameters that all actions have which run a program: where it runs, with which variables, and what it reads. */
final class ProgramParameters {
  static final Parameter DIRECTORY = new Parameter.Text("directory",
      "Where it runs; the account's own directory if left out.", false,
      FileOperation.MAX_PATH_BYTES, false);
  static final Parameter ENVIRONMENT = new Parameter.TextMap("environment",
      "Variables in addition to the agent's clean environment.",
      RunProgram.MAX_VARIABLES, RunProgram.MAX_ENVIRONMENT_BYTES);
  static final Parameter STDIN = new Parameter.Text("stdin", "What it reads from standard input; nothing if left out.",
      false,
      RunProgram.MAX_STDIN_BYTES, true);

  private ProgramParameters() {
  }

  static String directory(JsonObject parameters) {
    return parameters.string(DIRECTORY.name(), "", FileOperation.MAX_PATH_BYTES);
  }

  static Map<String, String> environment(JsonObject parameters) {
    JsonObject given = parameters.objectOrEmpty(ENVIRONMENT.name());
    var environment = new HashMap<String, String>();
    for (String name : given.names()) {
      environment.put(name, given.string(name, RunProgram.MAX_ENVIRONMENT_BYTES));
    }
    return environment;
  }

  static Bytes stdin(JsonObject parameters) {
    return Bytes.ofUtf8(parameters.string(STDIN.name(), "", RunProgram.MAX_STDIN_BYTES));
  }
}
