package dev.sallyport.agent.execute;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

import dev.sallyport.agent.state.StateFile;
import dev.sallyport.agent.state.StateFiles;

/**
 * The files that hold outputs too large for the journal, and how much of the disk they may take together. Names are numbers: nothing
 * of an operation's id gets into a path (incident T14).
 */
public final class OutputFiles {
  /** Most bytes of all files together: 512 MiB. An output that finds no room is cut, and its result says so. */
  public static final long MAX_BYTES = 512L << 20;

  private static final String PREFIX = "output-";

  private final StateFiles files;
  private final long maxBytes;
  private final AtomicLong used = new AtomicLong();
  private final AtomicLong lastNumber = new AtomicLong();

  /**
   * Takes the files over that still count and removes all others.
   *
   * @param counting numbers of files that belong to results the server has not settled
   */
  public OutputFiles(StateFiles files, List<Long> counting, long maxBytes) throws IOException {
    this.files = files;
    this.maxBytes = maxBytes;
    for (String name : files.names()) {
      long number = numberOf(name);
      if (number >= 0) {
        lastNumber.accumulateAndGet(number, Math::max);
        keepOrDelete(name, counting.contains(number));
      }
    }
  }

  private void keepOrDelete(String name, boolean keep) throws IOException {
    if (!keep) {
      files.delete(name);
      return;
    }
    try (StateFile file = files.open(name)) {
      used.addAndGet(file.size());
    }
  }

  private static long numberOf(String name) {
    if (!name.startsWith(PREFIX)) {
      return -1;
    }
    try {
      return Long.parseLong(name.substring(PREFIX.length()));
    } catch (NumberFormatException e) {
      // Not one of ours, whatever it does here.
      return -1;
    }
  }

  long newNumber() {
    return lastNumber.incrementAndGet();
  }

  StateFile create(long number) throws IOException {
    return files.create(PREFIX + number);
  }

  StateFile open(long number) throws IOException {
    return files.open(PREFIX + number);
  }

  /** Makes the name durable; the bytes are the file's own affair. */
  void syncNames() throws IOException {
    files.syncDirectory();
  }

  void delete(long number) throws IOException {
    if (files.exists(PREFIX + number)) {
      long size;
      try (StateFile file = open(number)) {
        size = file.size();
      }
      files.delete(PREFIX + number);
      used.addAndGet(-size);
    }
  }

  /** Whether so many more bytes may be written; they then count as used. */
  boolean reserve(int bytes) {
    if (used.addAndGet(bytes) > maxBytes) {
      release(bytes);
      return false;
    }
    return true;
  }

  void release(int bytes) {
    used.addAndGet(-bytes);
  }
}
