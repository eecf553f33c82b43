package dev.sallyport.operation.registry;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * How {@code reg.exe} is called.
 *
 * @param command the program, with what stands before its arguments
 * @param environment variables it needs beyond those every program gets
 * @param drive the drive under which it sees the files of this system, or empty on Windows, which spells paths as the tool does
 * @param scratch a directory of the agent's own for the files it reads and writes; made when it is needed
 */
public record RegTool(List<String> command, Map<String, String> environment, String drive, Path scratch) {
  private static final String PROGRAM = "C:\\Windows\\System32\\reg.exe";

  public RegTool {
    command = List.copyOf(command);
    environment = Map.copyOf(environment);
  }

  /** That of Windows. */
  public static RegTool ofWindows(Path scratch) {
    return new RegTool(List.of(PROGRAM), Map.of(), "", scratch);
  }

  /** How the tool wants to be told a file's path. */
  String spell(Path file) {
    return drive.isEmpty() ? file.toString() : drive + file.toString().replace('/', '\\');
  }
}
