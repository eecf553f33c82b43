package dev.sallyport.protocol.operation;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import dev.sallyport.protocol.Bytes;
import dev.sallyport.protocol.OsText;
import dev.sallyport.protocol.PlainText;
import dev.sallyport.protocol.ProtocolException;
import dev.sallyport.protocol.json.JsonObject;

/**
 * Programs of the machine. A process is named by its number and by what tells it from all others that had or will have this number: a
 * text of the machine's own making, {@code start}, which {@code process.list} and {@code process.start} give.
 */
public sealed interface ProcessOperation extends Operation permits RunProgram, RunShell, ProcessOperation.Start,
    ProcessOperation.ListProcesses, ProcessOperation.IsRunning, ProcessOperation.Close {
  /** Highest number of a process: what Linux and Windows can count to. */
  long MAX_PID = (1L << 32) - 1;

  /** Most characters of what tells processes of one number apart. */
  int MAX_START_LENGTH = 64;

  /** Returns what is declared about each. */
  static List<OperationDescription> descriptions() {
    return List.of(RunProgram.DESCRIPTION, RunShell.DESCRIPTION, Start.DESCRIPTION, ListProcesses.DESCRIPTION,
        IsRunning.DESCRIPTION, Close.DESCRIPTION);
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
      case Start.NAME -> Start.decode(arguments);
      case ListProcesses.NAME -> ListProcesses.decode(arguments);
      case IsRunning.NAME -> IsRunning.decode(arguments);
      case Close.NAME -> Close.decode(arguments);
      default -> throw Operations.unknown();
    };
  }

  /**
   * Runs something to its end; the run's own limits are below these. Windows hands a program one command line instead of an argument
   * array, so it needs an implementation of its own.
   */
  static OperationDescription running(String name) {
    return OperationDescription.changing(name, ActionClass.EXEC).within(Limits.MAX_TIME)
        .output(Limits.MAX_OUTPUT_BYTES);
  }

  private static void requirePid(long pid) {
    if (pid < 1 || pid > MAX_PID) {
      throw new ProtocolException("pid: expected 1 to " + MAX_PID + ", found " + pid);
    }
  }

  /**
   * Starts a program that nobody waits for; its output is dropped.
   *
   * @param argv as in {@link RunProgram}
   * @param environment as in {@link RunProgram}
   * @param directory as in {@link RunProgram}
   */
  record Start(List<String> argv, Map<String, String> environment, String directory) implements ProcessOperation {
    static final String NAME = "process.start";
    static final OperationDescription DESCRIPTION = OperationDescription.changing(NAME, ActionClass.EXEC);

    /** Copies and checks. */
    public Start {
      argv = ProcessFields.requireArguments(argv);
      environment = ProcessFields.requireEnvironment(environment);
      OsText.require("directory", directory, FileOperation.MAX_PATH_BYTES);
    }

    @Override
    public OperationDescription description() {
      return DESCRIPTION;
    }

    @Override
    public JsonObject arguments() {
      var json = JsonObject.builder().putStrings("argv", argv);
      ProcessFields.put(json, environment, directory, Bytes.EMPTY);
      return json.build();
    }

    /** Arguments and variables may hold secrets: tells only what starts. */
    @Override
    public String toString() {
      return "Start[" + argv.size() + " arguments, " + environment.size() + " variables]";
    }

    static Start decode(JsonObject arguments) {
      arguments.onlyFields("argv", "environment", "directory");
      return new Start(arguments.strings("argv", RunProgram.MAX_ARGUMENTS, RunProgram.MAX_ARGUMENT_BYTES),
          ProcessFields.environment(arguments), ProcessFields.directory(arguments));
    }
  }

  /**
   * One page of the processes, by number.
   *
   * @param after the number where the page before ended; 0 for the first page
   * @param limit most processes, 1 to {@link #MAX_PROCESSES}
   */
  record ListProcesses(long after, int limit) implements ProcessOperation {
    /** Most processes of a page. */
    public static final int MAX_PROCESSES = 500;

    static final String NAME = "process.list";
    static final OperationDescription DESCRIPTION = OperationDescription.looking(NAME, ActionClass.READ);

    /** Checks. */
    public ListProcesses {
      if (after < 0 || after > MAX_PID || limit < 1 || limit > MAX_PROCESSES) {
        throw new ProtocolException("after and limit: expected a number of a process, and 1 to " + MAX_PROCESSES);
      }
    }

    @Override
    public OperationDescription description() {
      return DESCRIPTION;
    }

    @Override
    public JsonObject arguments() {
      return JsonObject.builder().put("after", after).put("limit", limit).build();
    }

    static ListProcesses decode(JsonObject arguments) {
      arguments.onlyFields("after", "limit");
      return new ListProcesses(arguments.integer("after", 0, MAX_PID, 0),
          (int) arguments.integer("limit", 1, MAX_PROCESSES, MAX_PROCESSES));
    }
  }

  /**
   * Whether a program runs.
   *
   * @param program name of its file, without directories
   */
  record IsRunning(String program) implements ProcessOperation {
    /** Most bytes of a file's name. */
    public static final int MAX_NAME_BYTES = 1024;

    static final String NAME = "process.is-running";
    static final OperationDescription DESCRIPTION = OperationDescription.looking(NAME, ActionClass.READ);

    /** Checks. */
    public IsRunning {
      OsText.requireNonEmpty("program", program, MAX_NAME_BYTES);
    }

    @Override
    public OperationDescription description() {
      return DESCRIPTION;
    }

    @Override
    public JsonObject arguments() {
      return JsonObject.builder().put("program", program).build();
    }

    static IsRunning decode(JsonObject arguments) {
      arguments.onlyFields("program");
      return new IsRunning(arguments.string("program", MAX_NAME_BYTES));
    }
  }

  /**
   * Ends a process: asks it to end, and ends it when it has not after a while.
   *
   * @param pid its number
   * @param start as {@code process.list} gave it: a process that has only the number is left alone
   * @param grace how long it is given, at most {@link #MAX_GRACE}; none means that it is ended at once
   */
  record Close(long pid, String start, Duration grace) implements ProcessOperation {
    /** Longest time a process is given. */
    public static final Duration MAX_GRACE = Duration.ofMinutes(10);

    static final String NAME = "process.close";
    static final OperationDescription DESCRIPTION = OperationDescription.changing(NAME, ActionClass.ACT)
        .within(MAX_GRACE.plusMinutes(1));

    private static final long USUAL_GRACE_MS = 10_000;

    /** Checks. */
    public Close {
      requirePid(pid);
      PlainText.requireNonEmpty("start", start, MAX_START_LENGTH);
      if (grace.isNegative() || grace.compareTo(MAX_GRACE) > 0 || !Limits.inMillis(grace)) {
        throw new ProtocolException("graceMs: expected whole milliseconds up to " + MAX_GRACE.toMinutes() + " minutes");
      }
    }

    @Override
    public OperationDescription description() {
      return DESCRIPTION;
    }

    @Override
    public JsonObject arguments() {
      return JsonObject.builder().put("pid", pid).put("start", start).put("graceMs", grace.toMillis()).build();
    }

    static Close decode(JsonObject arguments) {
      arguments.onlyFields("pid", "start", "graceMs");
      return new Close(arguments.integer("pid", 1, MAX_PID), arguments.string("start", MAX_START_LENGTH),
          Duration.ofMillis(arguments.integer("graceMs", 0, MAX_GRACE.toMillis(), USUAL_GRACE_MS)));
    }
  }
}
