package dev.sallyport.operation.process;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

import dev.sallyport.operation.Ending;
import dev.sallyport.protocol.json.JsonObject;
import dev.sallyport.protocol.operation.Outcome;
import dev.sallyport.protocol.operation.ProcessOperation;

/**
 * {@code process.close}: the value is {@code how}: {@code gone} (there was no such process any more), {@code asked} (it ended when it was
 * asked to) or {@code ended} (it had to be ended).
 *
 * <p>The handle is taken first and the identity looked at afterwards; the JDK signals a handle only while its process still is the one it
 * was made for. So a number that another process has got meanwhile is never hit.
 */
final class CloseProcessOperation {
  /** How long the kernel may take to end a process; one that waits for a device may take for ever. */
  private static final Duration KILL = Duration.ofSeconds(10);

  private static final Duration POLL = Duration.ofMillis(10);

  private final ProcessTable table;

  CloseProcessOperation(ProcessTable table) {
    this.table = table;
  }

  Ending run(ProcessOperation.Close operation) {
    ProcessHandle process = ProcessHandle.of(operation.pid()).orElse(null);
    ProcessFacts facts = table.facts(operation.pid()).orElse(null);
    if (process == null || facts == null || !facts.start().equals(operation.start()) || !table.running(process)) {
      return ended("gone");
    }
    if (operation.pid() == ProcessHandle.current().pid() || operation.pid() == 1) {
      return Ending.without(Outcome.REFUSED, "the agent closes neither itself nor the system's first process");
    }
    if (!operation.grace().isZero()) {
      if (!process.destroy() && table.running(process)) {
        return notAllowed(facts);
      }
      if (awaitEnd(process, operation.grace())) {
        return ended("asked");
      }
      if (Thread.currentThread().isInterrupted()) {
        return Ending.without(Outcome.CANCELLED, "cancelled; the process was asked to end and was not ended by force");
      }
    }
    if (!process.destroyForcibly() && table.running(process)) {
      return notAllowed(facts);
    }
    return awaitEnd(process, KILL)
        ? ended("ended")
        : Ending.without(Outcome.FAILED,
            "the process was ended but does not go; it hangs in the kernel, perhaps at a device or a file server");
  }

  private static Ending ended(String how) {
    return Ending.found(JsonObject.builder().put("how", how).build());
  }

  private static Ending notAllowed(ProcessFacts facts) {
    return Ending.without(Outcome.FAILED, "the agent's account, " + System.getProperty("user.name", "")
        + ", may not end this process of " + facts.user());
  }

  private boolean awaitEnd(ProcessHandle process, Duration atMost) {
    long deadline = System.nanoTime() + atMost.toNanos();
    while (table.running(process)) {
      if (System.nanoTime() > deadline || Thread.currentThread().isInterrupted()) {
        return false;
      }
      LockSupport.parkNanos(POLL.toNanos());
    }
    return true;
  }
}
