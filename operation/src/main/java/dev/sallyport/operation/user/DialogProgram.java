package dev.sallyport.operation.user;

import java.io.File;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import dev.sallyport.operation.linux.ProcText;

/**
 * The program that shows windows, and the Java it runs on. The agent's own has no windows. So the program comes with one of its own, in the
 * directory {@code runtime} beside it; where that was left out, one that the machine has will do.
 *
 * @param classPath where the program is; empty if it was not packaged with this agent
 * @param places directories that hold Javas, in the order in which they are looked at
 */
record DialogProgram(String classPath, List<Path> places) {
  /** The system property that holds the class path, set by the program that starts the agent. */
  static final String CLASS_PATH = "sallyport.dialog";

  /** Oldest Java that the program runs on. */
  static final int OLDEST_JAVA = 17;

  static final String MISSING_PROGRAM = "this agent was packaged without the program that shows windows (lib/dialog)";

  private static final String MAIN = "dev.sallyport.dialog.DialogMain";
  private static final List<String> JAVA_OPTIONS = List.of("-Xshare:auto", "-XX:+UseSerialGC",
      "-XX:TieredStopAtLevel=1", "-XX:-UsePerfData", "-XX:+ExitOnOutOfMemoryError", "-Xmx64m", "-Xss512k");

  DialogProgram {
    places = List.copyOf(places);
  }

  /** The one that was packaged with this agent. */
  static DialogProgram packaged() {
    return new DialogProgram(System.getProperty(CLASS_PATH, ""),
        List.of(Path.of("/usr/lib/jvm"), Path.of("/usr/java"), Path.of("/opt/java"), Path.of("/opt")));
  }

  /** Returns the way to start it on this Java. */
  List<String> argv(Path java) {
    var argv = new ArrayList<String>();
    argv.add(java.resolve("bin/java").toString());
    argv.addAll(JAVA_OPTIONS);
    argv.addAll(List.of("-cp", classPath, MAIN));
    return argv;
  }

  /**
   * Looks for a Java with windows, each time anew: one that was installed meanwhile counts.
   *
   * @param self the number of the agent's account
   */
  Optional<Path> findJava(long self) {
    var candidates = new ArrayList<Path>();
    Path directory = Path.of(classPath.split(File.pathSeparator, -1)[0]).toAbsolutePath().getParent();
    if (directory != null) {
      candidates.add(directory.resolve("runtime"));
    }
    candidates.add(Path.of(System.getProperty("java.home", "/")));
    for (Path place : places) {
      candidates.addAll(in(place));
    }
    for (Path candidate : candidates) {
      if (showsWindows(candidate) && isTrustworthy(candidate, self)) {
        return Optional.of(candidate);
      }
    }
    return Optional.empty();
  }

  /** Returns what keeps other accounts from reading a file: itself, or a directory on the way to it; empty if nothing does. */
  static Optional<Path> barrier(Path file) {
    try {
      for (Path part = file.toAbsolutePath(); part != null; part = part.getParent()) {
        PosixFilePermission needed = Files.isDirectory(part)
            ? PosixFilePermission.OTHERS_EXECUTE
            : PosixFilePermission.OTHERS_READ;
        if (!Files.getPosixFilePermissions(part).contains(needed)) {
          return Optional.of(part);
        }
      }
    } catch (IOException e) {
      // It has gone meanwhile; that is told by whoever wanted to start it.
      return Optional.empty();
    }
    return Optional.empty();
  }

  /** The newest first, as far as names tell. */
  private static List<Path> in(Path place) {
    var found = new ArrayList<Path>();
    try (DirectoryStream<Path> homes = Files.newDirectoryStream(place)) {
      homes.forEach(found::add);
    } catch (IOException | DirectoryIteratorException e) {
      // No such place on this machine.
      return List.of();
    }
    Collections.sort(found, Collections.reverseOrder());
    return found;
  }

  /** Headless packages have the classes but not this library. */
  private static boolean showsWindows(Path java) {
    return Files.isExecutable(java.resolve("bin/java")) && Files.exists(java.resolve("lib/libawt_xawt.so"))
        && version(ProcText.readOrEmpty(java.resolve("release"))) >= OLDEST_JAVA;
  }

  private static long version(String release) {
    for (String line : ProcText.lines(release)) {
      if (line.startsWith("JAVA_VERSION=\"")) {
        return ProcText.leadingNumber(line.substring("JAVA_VERSION=\"".length()), 0);
      }
    }
    return 0;
  }

  /** It will run as whoever sits at the machine: nobody else but root and the agent may be able to change it. */
  private static boolean isTrustworthy(Path java, long self) {
    try {
      for (String part : List.of("", "bin", "bin/java", "lib")) {
        Path file = java.resolve(part).toRealPath();
        long owner = LinuxSessions.owner(file);
        Set<PosixFilePermission> rights = Files.getPosixFilePermissions(file, LinkOption.NOFOLLOW_LINKS);
        if ((owner != 0 && owner != self) || rights.contains(PosixFilePermission.OTHERS_WRITE)
            || rights.contains(PosixFilePermission.GROUP_WRITE)) {
          return false;
        }
      }
      return true;
    } catch (IOException e) {
      // It goes while it is looked at: an update. The next one will do.
      return false;
    }
  }
}
