package dev.sallyport.benchmark.inside;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.locks.LockSupport;

/**
 * A Java agent for the server's process: whenever the file {@code memory-wanted} appears in the directory named in the agent's argument,
 * it collects garbage and writes {@code heap native} bytes in use into {@code memory}.
 */
public final class MemoryWatch {
  private static final long LOOK_AGAIN_NANOS = 50_000_000;
  private static final int COLLECTIONS = 3;

  private MemoryWatch() {
  }

  /** Called by the JVM before the server's main method. */
  public static void premain(String directory) {
    Thread.ofPlatform().daemon().name("memory-watch").start(() -> watch(Path.of(directory)));
  }

  private static void watch(Path directory) {
    var nativeHeap = new NativeHeap();
    Path wanted = directory.resolve("memory-wanted");
    while (true) {
      try {
        if (Files.deleteIfExists(wanted)) {
          for (int i = 0; i < COLLECTIONS; i++) {
            System.gc();
          }
          long heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
          Path written = Files.writeString(directory.resolve("memory.tmp"), heap + " " + nativeHeap.bytesInUse());
          Files.move(written, directory.resolve("memory"), StandardCopyOption.ATOMIC_MOVE);
        }
      } catch (IOException e) {
        throw new IllegalStateException("the benchmark's directory cannot be used", e);
      }
      LockSupport.parkNanos(LOOK_AGAIN_NANOS);
    }
  }
}
