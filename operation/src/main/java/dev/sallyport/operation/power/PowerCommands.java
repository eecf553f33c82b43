package dev.sallyport.operation.power;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

import dev.sallyport.operation.process.SystemTool;
import dev.sallyport.protocol.operation.Platform;
import dev.sallyport.protocol.operation.PowerOperation;

/**
 * How an operating system is told to go down: {@code shutdown}, which both families of systems have, each with words of its own.
 *
 * @param program the tool's path, or empty where there is none
 * @param windows whether it is that of Windows
 */
public record PowerCommands(String program, boolean windows) {
  private static final List<String> PLACES = List.of("/usr/sbin/shutdown", "/sbin/shutdown");
  private static final String WINDOWS_PROGRAM = "C:\\Windows\\System32\\shutdown.exe";

  /** Those of this machine. */
  public static PowerCommands of(Optional<Platform> platform) {
    if (platform.isPresent() && platform.get() == Platform.WINDOWS) {
      return new PowerCommands(WINDOWS_PROGRAM, true);
    }
    for (String place : PLACES) {
      if (SystemTool.isThere(place)) {
        return new PowerCommands(place, false);
      }
    }
    return new PowerCommands("", false);
  }

  List<String> argv(PowerOperation operation) {
    return switch (operation) {
      case PowerOperation.Reboot(int delay, String message) -> down("r", delay, message);
      case PowerOperation.Shutdown(int delay, String message) -> down(windows ? "s" : "P", delay, message);
      case PowerOperation.Cancel() -> List.of(program, windows ? "/a" : "-c");
    };
  }

  /** A message never begins with a dash or a slash that the tool could take for an option: it comes last, or behind its own option. */
  private List<String> down(String how, int delayMinutes, String message) {
    List<String> argv = new ArrayList<>();
    argv.add(program);
    if (windows) {
      argv.addAll(List.of("/" + how, "/t", Long.toString(TimeUnit.MINUTES.toSeconds(delayMinutes))));
      if (!message.isEmpty()) {
        argv.addAll(List.of("/c", message.replace('"', '\'')));
      }
    } else {
      argv.addAll(List.of("-" + how, delayMinutes == 0 ? "now" : "+" + delayMinutes));
      if (!message.isEmpty()) {
        argv.addAll(List.of("--", message));
      }
    }
    return argv;
  }
}
