package dev.sallyport.server.file;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;

/** How much of the disk the store's files take, and may. Safe for use by many threads. */
final class Room {
  private final FileLimits limits;
  private final FileStore disk;
  private final AtomicLong used;

  /** @param used bytes of what is there already */
  Room(Path directory, FileLimits limits, long used) throws IOException {
    this.limits = limits;
    this.disk = Files.getFileStore(directory);
    this.used = new AtomicLong(used);
  }

  /**
   * Takes room for more bytes of a file.
   *
   * @param size of the file with them
   * @throws StoreFullException if there is none; nothing is taken then
   */
  void take(long bytes, long size) throws IOException {
    requireSize(size);
    if (used.addAndGet(bytes) > limits.allBytes()) {
      used.addAndGet(-bytes);
      throw new StoreFullException("the server keeps at most " + mib(limits.allBytes())
          + " MiB of files; delete some (`sallyport file delete`) and try again");
    }
    if (disk.getUsableSpace() - bytes < limits.freeBytes()) {
      used.addAndGet(-bytes);
      throw new StoreFullException("the server's disk is nearly full: " + mib(limits.freeBytes())
          + " MiB of it stay free; delete files (`sallyport file delete`) or free some space, and try again");
    }
  }

  /** @throws StoreFullException if no file may be so large */
  void requireSize(long size) throws StoreFullException {
    if (size > limits.fileBytes()) {
      throw new StoreFullException("a file on the server has at most " + mib(limits.fileBytes()) + " MiB");
    }
  }

  void giveBack(long bytes) {
    used.addAndGet(-bytes);
  }

  long used() {
    return used.get();
  }

  private static long mib(long bytes) {
    return bytes >> 20;
  }
}
