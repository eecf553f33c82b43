package dev.sallyport.operation.linux;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

import dev.sallyport.operation.process.ProcessFacts;

/**
 * One process in {@code /proc}, see proc_pid_stat(5). What tells it from others of its number is its start in clock ticks since the
 * system's start: unlike a time of day it stays the same when somebody sets the clock.
 */
final class LinuxProcess {
  /** The kernel tells times in hundredths of a second on every architecture (USER_HZ). */
  private static final int TICKS_PER_SECOND = 100;

  /** How many bytes of a command are looked at; characters of UTF-8 have up to four. */
  private static final int MAX_COMMAND_BYTES = 4 * ProcessFacts.MAX_COMMAND_LENGTH;

  /** Fields of stat, counted from the one after the program's name, which is in parentheses and may itself contain any character. */
  private static final int STATE = 0;
  private static final int PARENT = 1;
  private static final int USER_TICKS = 11;
  private static final int SYSTEM_TICKS = 12;
  private static final int START_TICKS = 19;

  private LinuxProcess() {
  }

  static Optional<ProcessFacts> read(Path proc, long pid) {
    Path process = proc.resolve(Long.toString(pid));
    try {
      String stat = ProcText.read(process.resolve("stat"));
      int end = stat.lastIndexOf(')');
      String[] fields = stat.substring(end + 1).strip().split(" ", -1);
      if (fields.length <= START_TICKS) {
        return Optional.empty();
      }
      long startTicks = number(fields[START_TICKS]);
      Instant started = Instant.ofEpochSecond(bootSeconds(proc)).plusMillis(startTicks * 1000 / TICKS_PER_SECOND);
      long cpuTicks = number(fields[USER_TICKS]) + number(fields[SYSTEM_TICKS]);
      String command = command(process);
      return Optional.of(new ProcessFacts(pid, number(fields[PARENT]), user(process),
          program(process, stat.substring(stat.indexOf('(') + 1, Math.max(stat.indexOf('(') + 1, end))), command,
          Long.toString(startTicks), started, fields[STATE], Duration.ofMillis(cpuTicks * 1000 / TICKS_PER_SECOND),
          memory(process)));
    } catch (IOException e) {
      // Gone, perhaps while it was looked at.
      return Optional.empty();
    }
  }

  private static long number(String field) {
    return ProcText.leadingNumber(field, 0);
  }

  private static long bootSeconds(Path proc) {
    for (String line : ProcText.lines(ProcText.readOrEmpty(proc.resolve("stat")))) {
      if (line.startsWith("btime ")) {
        return ProcText.leadingNumber(line.substring("btime ".length()), 0);
      }
    }
    return 0;
  }

  /** The name of the file, or the first letters of it that the kernel keeps, if the file may not be seen. */
  private static String program(Path process, String kept) {
    try {
      Path file = Files.readSymbolicLink(process.resolve("exe")).getFileName();
      String name = file == null ? kept : file.toString();
      return name.endsWith(" (deleted)") ? name.substring(0, name.length() - " (deleted)".length()) : name;
    } catch (IOException e) {
      // Another account's, or a thread of the kernel.
      return kept;
    }
  }

  private static String user(Path process) throws IOException {
    return Files.getOwner(process).getName();
  }

  private static String command(Path process) throws IOException {
    byte[] bytes;
    try (InputStream in = Files.newInputStream(process.resolve("cmdline"))) {
      bytes = in.readNBytes(MAX_COMMAND_BYTES);
    }
    String text = new String(bytes, StandardCharsets.UTF_8).replace('\0', ' ').strip();
    if (text.length() <= ProcessFacts.MAX_COMMAND_LENGTH) {
      return text;
    }
    int cut = Character.isHighSurrogate(text.charAt(ProcessFacts.MAX_COMMAND_LENGTH - 1))
        ? ProcessFacts.MAX_COMMAND_LENGTH - 1
        : ProcessFacts.MAX_COMMAND_LENGTH;
    return text.substring(0, cut);
  }

  private static long memory(Path process) {
    for (String line : ProcText.lines(ProcText.readOrEmpty(process.resolve("status")))) {
      if (line.startsWith("VmRSS:")) {
        return ProcText.leadingNumber(line.substring("VmRSS:".length()).strip(), 0) << 10;
      }
    }
    return 0;
  }
}
