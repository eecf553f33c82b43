package dev.sallyport.cli.output;

import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.stream.Collectors;

import dev.sallyport.cli.ExitCode;
import dev.sallyport.cli.api.ApiException;
import dev.sallyport.cli.api.UnreachableException;
import dev.sallyport.cli.config.NotLoggedInException;
import dev.sallyport.protocol.ProtocolException;
import dev.sallyport.protocol.json.JsonObject;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Turns what went wrong into one clear message and an exit code. */
public final class Failures implements IExecutionExceptionHandler, IParameterExceptionHandler {
  private static final int WRONG_REQUEST = 400;
  private static final int UNAUTHORIZED = 401;
  private static final int FORBIDDEN = 403;
  private static final int SERVER_FAULTS = 500;
  private static final int UNAVAILABLE = 503;

  private final PrintStream err;

  public Failures(PrintStream err) {
    this.err = err;
  }

  /** What is told: a stable word for scripts, a sentence, the way out (may be ""), and how the process ends. */
  private record Failure(String code, String message, String fix, int exit) {}

  @Override
  public int handleExecutionException(Exception exception, CommandLine command, ParseResult parsed) {
    var json = command.getCommandSpec().findOption("--json");
    return tell(failure(exception), json != null && Boolean.TRUE.equals(json.getValue()));
  }

  @Override
  public int handleParseException(ParameterException exception, String[] arguments) {
    CommandLine command = exception.getCommandLine();
    boolean json = Arrays.stream(arguments).takeWhile(argument -> !argument.equals("--")).anyMatch("--json"::equals);
    String help = "Try '" + command.getCommandSpec().qualifiedName() + " --help' for more.";
    int exit = tell(new Failure("usage", message(exception), json ? help : "", ExitCode.USAGE), json);
    if (json || UnmatchedArgumentException.printSuggestions(exception, command.getErr())) {
      return exit;
    }
    if (command.getSubcommands().isEmpty()) {
      err.println("Usage: " + command.getHelp().synopsis(0).strip());
      err.println(help);
    } else {
      command.usage(err);
    }
    return exit;
  }

  private int tell(Failure failure, boolean json) {
    if (json) {
      err.println(JsonObject.builder().put("code", failure.code()).put("error", failure.message())
          .put("fix", failure.fix()).build().text());
    } else {
      err.println("sallyport: " + failure.message().lines().map(SafeText::oneLine).collect(Collectors.joining("\n  ")));
      if (!failure.fix().isEmpty()) {
        err.println("  " + SafeText.oneLine(failure.fix()));
      }
    }
    return failure.exit();
  }

  private static String message(ParameterException exception) {
    CommandLine command = exception.getCommandLine();
    if (!(exception instanceof UnmatchedArgumentException unmatched) || unmatched.getUnmatched().isEmpty()) {
      return text(exception);
    }
    String first = unmatched.getUnmatched().getFirst();
    if (unmatched.isUnknownOption()) {
      boolean takesCommand = command.getCommandName().equals("run");
      return "there is no option '" + first + "' here" + (takesCommand ? "; put -- before the command to run" : "");
    }
    return command.getSubcommands().isEmpty() || !command.getCommandSpec().positionalParameters().isEmpty()
        ? "'" + first + "' is one word too many"
        : "there is no command '" + first + "'";
  }

  private static Failure failure(Exception exception) {
    return switch (exception) {
      case ApiException e -> new Failure(e.code(), text(e), e.fix(), exit(e.status()));
      case UnreachableException e -> new Failure("unreachable", text(e), "", ExitCode.UNAVAILABLE);
      case NotLoggedInException e -> new Failure("not-logged-in", text(e), "", ExitCode.NOT_PERMITTED);
      case ProtocolException e -> new Failure("unexpected-answer", "the server's answer is not understood: " + text(e),
          "Is the server newer than this command?", ExitCode.UNAVAILABLE);
      case IllegalArgumentException e -> new Failure("usage", text(e), "", ExitCode.USAGE);
      case UncheckedIOException e ->
        new Failure("io", text(e) + (e.getCause() == null ? "" : " (" + text(e.getCause()) + ")"), "", ExitCode.FAILED);
      case java.io.IOException e -> new Failure("io", text(e), "", ExitCode.UNAVAILABLE);
      default -> new Failure("internal", "internal fault: " + exception, "Please report it with the command you typed.",
          ExitCode.INTERNAL);
    };
  }

  private static String text(Exception e) {
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }

  private static int exit(int status) {
    if (status == UNAUTHORIZED || status == FORBIDDEN) {
      return ExitCode.NOT_PERMITTED;
    }
    if (status == WRONG_REQUEST) {
      return ExitCode.USAGE;
    }
    if (status == UNAVAILABLE) {
      return ExitCode.UNAVAILABLE;
    }
    return status >= SERVER_FAULTS ? ExitCode.INTERNAL : ExitCode.FAILED;
  }
}
