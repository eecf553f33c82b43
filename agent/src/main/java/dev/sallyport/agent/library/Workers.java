package dev.sallyport.agent.library;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import dev.sallyport.operation.note.Durably;

/**
 * Starts processes that carry out one call each: the agent's own Java and class path, another program, a heap of its own, an environment in
 * which nothing of the agent's is, and a directory for its files that goes with it.
 */
final class Workers {
  /** Most heap of a worker, in MiB. */
  static final int HEAP_MIB = 128;

  private static final String PROGRAM = "dev.sallyport.agent.library.worker.WorkerMain";
  private static final String SYSTEM_ROOT = "SystemRoot";
  private static final String PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
  private static final List<String> JAVA_OPTIONS = List.of("-Xshare:auto", "-Xlog:disable", "-Xlog:all=off",
      "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-XX:-UsePerfData", "-XX:+ExitOnOutOfMemoryError",
      "-XX:MaxMetaspaceSize=128m", "-Xmx" + HEAP_MIB + "m", "--enable-native-access=ALL-UNNAMED");

  private final Path directory;
  private final String classPath;

  Workers(Path directory, String classPath) {
    this.directory = directory;
    this.classPath = classPath;
  }

  /** Those of this agent; removes what workers of an earlier run left behind. */
  static Workers packaged(Path directory) throws IOException {
    remove(directory, false);
    return new Workers(directory, System.getProperty("java.class.path", ""));
  }

  /** A process and its directory. */
  record Worker(Process process, Path files) implements AutoCloseable {
    /** Ends it and all it has started, however far it is. */
    @Override
    public void close() throws IOException {
      List<ProcessHandle> started = process.descendants().toList();
      process.destroyForcibly();
      started.forEach(ProcessHandle::destroyForcibly);
      remove(files, true);
    }
  }

  Worker start() throws IOException {
    Path files = Files.createTempDirectory(directory, "call", Durably.ownerOnly("rwx------"));
    var argv = new ArrayList<String>();
    argv.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    argv.addAll(JAVA_OPTIONS);
    argv.addAll(List.of("-Djava.io.tmpdir=" + files, "-cp", classPath, PROGRAM));
    var builder = new ProcessBuilder(argv).directory(files.toFile()).redirectError(ProcessBuilder.Redirect.DISCARD);
    String systemRoot = System.getenv().getOrDefault(SYSTEM_ROOT, "");
    builder.environment().clear();
    if (systemRoot.isEmpty()) {
      builder.environment().put("PATH", PATH);
      builder.environment().put("LC_ALL", "C.UTF-8");
    } else {
      builder.environment().put(SYSTEM_ROOT, systemRoot);
      builder.environment().put("PATH", systemRoot + File.separator + "System32");
    }
    try {
      return new Worker(builder.start(), files);
    } catch (IOException e) {
      remove(files, true);
      throw e;
    }
  }

  /** Removes what is in a directory, never following a link out of it. */
  private static void remove(Path directory, boolean itself) throws IOException {
    try (Stream<Path> found = Files.walk(directory)) {
      List<Path> deepestFirst = new ArrayList<>(found.toList());
      for (int i = deepestFirst.size() - 1; i >= (itself ? 0 : 1); i--) {
        Files.deleteIfExists(deepestFirst.get(i));
      }
    }
  }
}
