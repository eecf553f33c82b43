package dev.sallyport.operation.process;

import java.time.Duration;
import java.time.Instant;

import dev.sallyport.protocol.json.JsonObject;

/**
 * What the operating system tells of a process.
 *
 * @param pid its number
 * @param parent the number of the process that started it
 * @param user name of its account, or the account's number
 * @param program name of its file, as far as the system knows
 * @param command its arguments, cut at {@link #MAX_COMMAND_LENGTH}; empty if they cannot be seen
 * @param start tells it from every other process that has or had this number
 * @param started when it began
 * @param state as the system names it
 * @param cpu time of processors it has used
 * @param memory bytes of it that are in main memory
 */
public record ProcessFacts(long pid, long parent, String user, String program, String command, String start,
    Instant started, String state, Duration cpu, long memory) {
  /** Most characters of a command that are told. */
  public static final int MAX_COMMAND_LENGTH = 1000;

  /** The form it is told in. */
  JsonObject toJson() {
    return JsonObject.builder().put("pid", pid).put("parent", parent).put("user", user).put("program", program)
        .put("command", command).put("start", start).put("startedMs", started.toEpochMilli()).put("state", state)
        .put("cpuMs", cpu.toMillis()).put("memory", memory).build();
  }
}
