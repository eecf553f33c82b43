package dev.sallyport.gateway.ftp.builtin;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;

/** How much may lie in the built-in server's directory: bytes in all, files of one agent. */
final class Space {
  /** Most files that one agent may have lying there: it leaves eight unread, and half-written ones after broken connections. */
  static final int MAX_FILES = 24;

  private final long maxBytes;
  private final AtomicLong used = new AtomicLong();

  Space(long maxBytes) {
    this.maxBytes = maxBytes;
  }

  /** So many bytes more, or fewer. */
  void changed(long bytes) {
    used.addAndGet(bytes);
  }

  /**
   * An agent wants to add these.
   *
   * @throws IOException if there is no room
   */
  void take(int bytes) throws IOException {
    if (used.addAndGet(bytes) > maxBytes) {
      used.addAndGet(-bytes);
      throw new IOException("the space for exchanged files is used up");
    }
  }

  /** Whether an agent may have another file in this directory. */
  boolean hasRoomForFile(Path directory) {
    return count(directory, MAX_FILES) < MAX_FILES;
  }

  private static int count(Path directory, int enough) {
    int count = 0;
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
      for (Path _ : entries) {
        if (++count == enough) {
          break;
        }
      }
    } catch (IOException e) {
      return enough; // what cannot be counted is not added to
    }
    return count;
  }

  /** Sees to it that there is no such file. Returns whether there was one. */
  boolean delete(Path file) throws IOException {
    try {
      long bytes = Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) ? Files.size(file) : 0;
      Files.delete(file);
      used.addAndGet(-bytes);
      return true;
    } catch (NoSuchFileException e) {
      return false;
    }
  }
}
