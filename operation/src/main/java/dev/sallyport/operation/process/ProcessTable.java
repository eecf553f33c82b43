package dev.sallyport.operation.process;

import java.util.List;
import java.util.Optional;

/** What the operating system tells about processes beyond what the JDK asks it for. */
public interface ProcessTable {
  /** For systems that do not show another process's environment. */
  ProcessTable PORTABLE = new ProcessTable() {
    @Override
    public List<ProcessHandle> withVariable(String name, String value) {
      return List.of();
    }

    @Override
    public boolean running(ProcessHandle process) {
      return process.isAlive();
    }

    @Override
    public long[] pids(long after) {
      return new long[0];
    }

    @Override
    public Optional<ProcessFacts> facts(long pid) {
      return Optional.empty();
    }
  };

  /** The processes that carry this variable in their environment, as far as this user may see. */
  List<ProcessHandle> withVariable(String name, String value);

  /** Whether it still runs; one that has ended and only waits for its parent to notice does not. */
  boolean running(ProcessHandle process);

  /** The numbers of all processes beyond this one, in order. */
  long[] pids(long after);

  /** What the system tells of a process; empty if there is none of this number any more. */
  Optional<ProcessFacts> facts(long pid);
}
