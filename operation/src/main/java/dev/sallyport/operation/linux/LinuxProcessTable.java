package dev.sallyport.operation.linux;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

import dev.sallyport.operation.process.ProcessFacts;
import dev.sallyport.operation.process.ProcessTable;

/** Looks into {@code /proc/<pid>/environ}, readable for the process's own user and for root, and {@code /proc/<pid>/stat}. */
public final class LinuxProcessTable implements ProcessTable {
  private final Path proc;

  public LinuxProcessTable(Path proc) {
    this.proc = proc;
  }

  @Override
  public List<ProcessHandle> withVariable(String name, String value) {
    byte[] wanted = (name + "=" + value + "\0").getBytes(StandardCharsets.UTF_8);
    var found = new ArrayList<ProcessHandle>();
    try (DirectoryStream<Path> processes = Files.newDirectoryStream(proc, "[1-9]*")) {
      for (Path process : processes) {
        if (carries(process.resolve("environ"), wanted)) {
          ProcessHandle.of(Long.parseLong(process.getFileName().toString())).ifPresent(found::add);
        }
      }
    } catch (IOException | DirectoryIteratorException | NumberFormatException e) {
      // Without a readable /proc only descent finds members; what was found so far still counts.
      return found;
    }
    return found;
  }

  /** The state letter follows the program's name, which is in parentheses and may itself contain any character. */
  @Override
  public boolean running(ProcessHandle process) {
    if (!process.isAlive()) {
      return false;
    }
    String stat;
    try {
      stat = new String(Files.readAllBytes(proc.resolve(process.pid() + "/stat")), StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      // Gone between the two looks.
      return false;
    }
    int state = stat.lastIndexOf(") ") + 2;
    return state < 2 || state >= stat.length() || (stat.charAt(state) != 'Z' && stat.charAt(state) != 'X');
  }

  @Override
  public long[] pids(long after) {
    long[] pids = new long[64];
    int count = 0;
    try (DirectoryStream<Path> processes = Files.newDirectoryStream(proc, "[1-9]*")) {
      for (Path process : processes) {
        long pid = ProcText.leadingNumber(process.getFileName().toString(), 0);
        if (pid > after) {
          if (count == pids.length) {
            pids = Arrays.copyOf(pids, 2 * count);
          }
          pids[count++] = pid;
        }
      }
    } catch (IOException | DirectoryIteratorException e) {
      // Without a readable /proc there is nothing to tell.
      return new long[0];
    }
    long[] all = Arrays.copyOf(pids, count);
    Arrays.sort(all);
    return all;
  }

  @Override
  public Optional<ProcessFacts> facts(long pid) {
    return LinuxProcess.read(proc, pid);
  }

  private static boolean carries(Path environ, byte[] wanted) {
    byte[] environment;
    try {
      environment = Files.readAllBytes(environ);
    } catch (IOException e) {
      // Ended meanwhile, or another user's: not one of ours.
      return false;
    }
    int start = 0;
    while (start + wanted.length <= environment.length) {
      if (matchesAt(environment, start, wanted)) {
        return true;
      }
      start = afterNextZero(environment, start);
    }
    return false;
  }

  private static boolean matchesAt(byte[] environment, int start, byte[] wanted) {
    for (int i = 0; i < wanted.length; i++) {
      if (environment[start + i] != wanted[i]) {
        return false;
      }
    }
    return true;
  }

  private static int afterNextZero(byte[] bytes, int from) {
    int i = from;
    while (i < bytes.length && bytes[i] != 0) {
      i++;
    }
    return i + 1;
  }
}
