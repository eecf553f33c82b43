package dev.sallyport.protocol.operation;

import java.util.List;
import java.util.Map;

import dev.sallyport.protocol.Bytes;
import dev.sallyport.protocol.OsText;
import dev.sallyport.protocol.json.JsonObject;

/**
 * Runs a program with exactly these arguments; no shell reads them (incident T4).
 *
 * @param argv the program and its arguments, 1 to {@link #MAX_ARGUMENTS}, at most {@link #MAX_ARGUMENT_BYTES} bytes in all
 * @param environment variables in addition to those of the agent's clean environment, at most {@link #MAX_VARIABLES} and
 *   {@link #MAX_ENVIRONMENT_BYTES}
 * @param directory where it runs, or empty for the account's own directory
 * @param stdin what it reads before it meets the end, at most {@link #MAX_STDIN_BYTES}
 * @param limits when it is stopped
 */
public record RunProgram(List<String> argv, Map<String, String> environment, String directory, Bytes stdin,
    Limits limits) implements ProcessOperation {
  /** The name on the wire. */
  public static final String NAME = "process.run";

  static final OperationDescription DESCRIPTION = ProcessOperation.running(NAME);

  /** Most items of {@code argv}. */
  public static final int MAX_ARGUMENTS = 1024;

  /** Most bytes of {@code argv} in UTF-8, one more counted for each item: 128 KiB. */
  public static final int MAX_ARGUMENT_BYTES = 128 << 10;

  /** Most environment variables. */
  public static final int MAX_VARIABLES = 256;

  /** Most bytes of names and values in UTF-8, two more counted for each variable: 64 KiB. */
  public static final int MAX_ENVIRONMENT_BYTES = 64 << 10;

  /** Most bytes of standard input that travel with the order; more is sent as a file: 64 KiB. */
  public static final int MAX_STDIN_BYTES = 64 << 10;

  /** Copies and checks. */
  public RunProgram {
    argv = ProcessFields.requireArguments(argv);
    environment = ProcessFields.requireEnvironment(environment);
    OsText.require("directory", directory, FileOperation.MAX_PATH_BYTES);
    ProcessFields.requireStdin(stdin);
  }

  /** Returns an operation that runs these arguments with nothing else and the usual limits. */
  public static RunProgram of(String... argv) {
    return new RunProgram(List.of(argv), Map.of(), "", Bytes.EMPTY, Limits.DEFAULT);
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
    JsonObject.Builder json = JsonObject.builder().putStrings("argv", argv);
    ProcessFields.put(json, environment, directory, stdin, limits);
    return json.build();
  }

  /** Arguments and variables may hold secrets: tells only what runs. */
  @Override
  public String toString() {
    return "RunProgram[" + argv.size() + " arguments, " + environment.size() + " variables, " + limits + "]";
  }

  static RunProgram decode(JsonObject arguments) {
    ProcessFields.onlyWith("argv", arguments);
    return new RunProgram(arguments.strings("argv", MAX_ARGUMENTS, MAX_ARGUMENT_BYTES),
        ProcessFields.environment(arguments), ProcessFields.directory(arguments), ProcessFields.stdin(arguments),
        ProcessFields.limits(arguments));
  }
}
