package dev.sallyport.protocol.operation;

import java.util.Map;

import dev.sallyport.protocol.Bytes;
import dev.sallyport.protocol.OsText;
import dev.sallyport.protocol.json.JsonObject;

/**
 * Hands a command line to the machine's own shell: {@code /bin/sh} on Linux and macOS, PowerShell on Windows.
 *
 * <p>The text is the operator's own. Whoever composes a command from parts of another origin uses {@link RunProgram}.
 *
 * @param command one or more lines, at most {@link #MAX_COMMAND_BYTES} bytes of UTF-8
 * @param environment as in {@link RunProgram}
 * @param directory as in {@link RunProgram}
 * @param stdin as in {@link RunProgram}
 * @param limits as in {@link RunProgram}
 */
public record RunShell(String command, Map<String, String> environment, String directory, Bytes stdin,
    Limits limits) implements ProcessOperation {
  /** The name on the wire. */
  public static final String NAME = "shell.run";

  static final OperationDescription DESCRIPTION = ProcessOperation.running(NAME);

  /** Most bytes of a command in UTF-8: 128 KiB. */
  public static final int MAX_COMMAND_BYTES = 128 << 10;

  /** Copies and checks. */
  public RunShell {
    OsText.requireNonEmpty("command", command, MAX_COMMAND_BYTES);
    environment = ProcessFields.requireEnvironment(environment);
    OsText.require("directory", directory, FileOperation.MAX_PATH_BYTES);
    ProcessFields.requireStdin(stdin);
  }

  /** Returns an operation that runs this command with nothing else and the usual limits. */
  public static RunShell of(String command) {
    return new RunShell(command, Map.of(), "", Bytes.EMPTY, Limits.DEFAULT);
  }

  @Override
  public OperationDescription description() {
    return DESCRIPTION;
  }

  @Override
  public long outputLimit() {
    return limits.outputBytes();
  }

  @Override
  public JsonObject arguments() {
    JsonObject.Builder json = JsonObject.builder().put("command", command);
    ProcessFields.put(json, environment, directory, stdin, limits);
    return json.build();
  }

  /** The command may hold secrets: tells only its size. */
  @Override
  public String toString() {
    return "RunShell[" + command.length() + " characters, " + environment.size() + " variables, " + limits + "]";
  }

  static RunShell decode(JsonObject arguments) {
    ProcessFields.onlyWith("command", arguments);
    return new RunShell(arguments.string("command", MAX_COMMAND_BYTES), ProcessFields.environment(arguments),
        ProcessFields.directory(arguments), ProcessFields.stdin(arguments), ProcessFields.limits(arguments));
  }
}
