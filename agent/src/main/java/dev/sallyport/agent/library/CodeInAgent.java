package dev.sallyport.agent.library;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import dev.sallyport.agent.library.load.JavaCode;
import dev.sallyport.operation.Ending;
import dev.sallyport.protocol.json.Json;
import dev.sallyport.protocol.json.JsonObject;
import dev.sallyport.protocol.library.LibraryFunction;
import dev.sallyport.protocol.operation.Limits;
import dev.sallyport.protocol.operation.Outcome;

/**
 * Code in this process, each call on a platform thread of its own: a library that never yields would take a virtual thread's carrier from all
 * others. A call that is late is interrupted and then given up; Java can end no thread, so what it holds stays held, and there may be only {@link
 * Abandoned#MAX} of them before the agent takes no more such calls.
 */
final class CodeInAgent implements Code {
  /** How long a call that was interrupted may take to end. */
  static final Duration GRACE = Duration.ofSeconds(2);

  private static final long STACK_BYTES = 512 << 10;

  private final JavaCode code;
  private final Abandoned abandoned;
  private volatile boolean spoilt;

  CodeInAgent(JavaCode code, Abandoned abandoned) {
    this.code = code;
    this.abandoned = abandoned;
  }

  /** How a call ended; plain text and JSON, nothing that belongs to the library. */
  private sealed interface End {
    record Returned(Json result) implements End {}

    record Threw(String what) implements End {}
  }

  @Override
  public Ending call(LibraryFunction function, List<Json> parameters, Limits limits, CallOutput output) {
    if (abandoned.full()) {
      return Ending.without(Outcome.REFUSED, "calls that never ended hold as many threads of this agent as they may ("
          + Abandoned.MAX + "); restart the agent, and let the library run in a process of its own");
    }
    var end = new CompletableFuture<End>();
    var thread = new Thread(null, () -> end.complete(perform(function, parameters, output)), "library", STACK_BYTES,
        false);
    thread.setDaemon(true);
    try {
      thread.start();
      return ending(function, end.get(limits.time().toNanos(), TimeUnit.NANOSECONDS));
    } catch (TimeoutException e) {
      giveUp(thread);
      return Ending.without(Outcome.EXPIRED,
          "the call took too long and was given up after " + limits.time().toMillis() + " ms");
    } catch (InterruptedException e) {
      giveUp(thread);
      return Ending.without(Outcome.CANCELLED, "cancelled");
    } catch (ExecutionException | OutOfMemoryError e) {
      return Ending.without(Outcome.FAILED, "this machine gives the agent no thread for the call; try again later");
    } finally {
      output.close();
    }
  }

  private End perform(LibraryFunction function, List<Json> parameters, CallOutput output) {
    try {
      return new End.Returned(code.call(function, parameters, output));
    } catch (Exception | Error e) {
      return new End.Threw(explain(e));
    }
  }

  /** Even the message of an exception is the library's code. */
  private static String explain(Throwable thrown) {
    try {
      return JavaCode.explain(thrown);
    } catch (RuntimeException | Error e) {
      return "an exception that cannot be told";
    }
  }

  private static Ending ending(LibraryFunction function, End end) {
    return switch (end) {
      case End.Returned(Json result) -> returned(result);
      case End.Threw(String what) -> threw(function, what);
    };
  }

  /** What a call that returned ends as. */
  static Ending returned(Json result) {
    return Ending.found(JsonObject.builder().put("result", result).build());
  }

  /** What a call that threw ends as. */
  static Ending threw(LibraryFunction function, String what) {
    return Ending.without(Outcome.FAILED, "the library's function " + function.name() + " failed: " + what);
  }

  private void giveUp(Thread thread) {
    thread.interrupt();
    boolean interrupted = Thread.interrupted();
    try {
      if (!thread.join(GRACE)) {
        spoilt = true;
        abandoned.add(thread);
      }
    } catch (InterruptedException e) {
      spoilt = true;
      abandoned.add(thread);
      interrupted = true;
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public boolean spoilt() {
    return spoilt;
  }

  @Override
  public void close() {
    var thread = new Thread(null, this::end, "library end", STACK_BYTES, false);
    thread.setDaemon(true);
    thread.start();
  }

  private void end() {
    try {
      code.close();
    } catch (RuntimeException | Error e) {
      // It was to end what it had started; whether it did is its own affair, and there is nobody to tell.
      return;
    }
  }
}
