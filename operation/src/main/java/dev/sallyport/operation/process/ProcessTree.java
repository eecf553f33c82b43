package dev.sallyport.operation.process;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;

/**
 * Ends a program together with everything it started.
 *
 * <p>The JDK can start no process group, so the members are found in two ways: by descent, and by {@link #MARK} in their environment.
 * The second finds a process whose parent has gone, which descent alone would lose. A process that cleans its environment <em>and</em>
 * lets its parent die escapes; so would it from a process group by {@code setsid}.
 */
final class ProcessTree {
  /** Environment variable every process of an operation inherits; holds the operation's id. */
  static final String MARK = "SALLYPORT_OPERATION";

  /** A process may fork while it is being ended; after this many sweeps whatever still appears is left alone. */
  private static final int MAX_KILL_SWEEPS = 10;

  private static final Duration POLL = Duration.ofMillis(5);
  private static final Duration SWEEP = Duration.ofMillis(200);

  private final ProcessTable table;

  ProcessTree(ProcessTable table) {
    this.table = table;
  }

  /**
   * Asks all members to end (TERM), gives them the grace, then ends them (KILL).
   *
   * @return how many processes were found alive
   */
  int end(ProcessHandle root, String mark, Duration grace) {
    Set<ProcessHandle> found = members(root, mark);
    Set<ProcessHandle> all = new LinkedHashSet<>(found);
    for (ProcessHandle member : found) {
      member.destroy();
    }
    awaitGone(found, grace);
    for (int sweep = 0; sweep < MAX_KILL_SWEEPS; sweep++) {
      found = members(root, mark);
      found.addAll(all);
      found.removeIf(member -> !table.running(member));
      if (found.isEmpty()) {
        break;
      }
      all.addAll(found);
      for (ProcessHandle member : found) {
        member.destroyForcibly();
      }
      awaitGone(found, SWEEP);
    }
    return all.size();
  }

  private Set<ProcessHandle> members(ProcessHandle root, String mark) {
    var members = new LinkedHashSet<ProcessHandle>();
    members.add(root);
    root.descendants().forEach(members::add);
    for (ProcessHandle orphan : table.withVariable(MARK, mark)) {
      members.add(orphan);
      orphan.descendants().forEach(members::add);
    }
    members.removeIf(member -> !table.running(member));
    return members;
  }

  /** Waits on the clock that never jumps; an interrupt shortens the grace, because somebody is in a hurry. */
  private void awaitGone(Set<ProcessHandle> members, Duration atMost) {
    long deadline = System.nanoTime() + atMost.toNanos();
    while (anyAlive(members) && System.nanoTime() < deadline && !Thread.currentThread().isInterrupted()) {
      LockSupport.parkNanos(POLL.toNanos());
    }
  }

  private boolean anyAlive(Set<ProcessHandle> members) {
    for (ProcessHandle member : members) {
      if (table.running(member)) {
        return true;
      }
    }
    return false;
  }
}
