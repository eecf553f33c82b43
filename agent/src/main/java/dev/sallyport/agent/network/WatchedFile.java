package dev.sallyport.agent.network;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;

import org.jspecify.annotations.Nullable;

/**
 * A small file of the kernel's that is read again and again: it stays open, its bytes go into one of two buffers in turn, and only other
 * bytes than the last time are worth anybody's attention. A file that is not there is empty.
 */
final class WatchedFile {
  /** Longest part of a file that is looked at: a router may have a million routes, and then the first ones must do. */
  static final int MAX_BYTES = 64 * 1024;

  private static final int FIRST_BYTES = 4 * 1024;

  /** The kernel puts whole lines into a page before it hands out fewer bytes than it was asked for: with so much room left, that was all. */
  private static final int SURELY_ALL = 4096 - 512;

  private final String path;
  private @Nullable RandomAccessFile file;
  private byte[] last = new byte[FIRST_BYTES];
  private byte[] spare = new byte[FIRST_BYTES];
  private int lastLength = -1;

  WatchedFile(Path path) {
    this.path = path.toString();
  }

  /** Reads the file; whether it differs from the last time, which it does the first time. */
  boolean changed() {
    int length = read();
    if (length == lastLength && Arrays.equals(spare, 0, length, last, 0, length)) {
      return false;
    }
    byte[] now = spare;
    spare = last;
    last = now;
    lastLength = length;
    return true;
  }

  /** What the last read found. */
  String text() {
    return new String(last, 0, Math.max(lastLength, 0), StandardCharsets.ISO_8859_1);
  }

  /** Whether the last read found this one word. */
  boolean says(String word) {
    return text().strip().equals(word);
  }

  void close() {
    RandomAccessFile open = file;
    file = null;
    if (open != null) {
      try {
        open.close();
      } catch (IOException e) {
        lastLength = -1; // nothing was written to it, so nothing is lost
      }
    }
  }

  /** Fills the spare buffer from the file's beginning. */
  private int read() {
    try {
      RandomAccessFile open = file;
      if (open == null) {
        open = new RandomAccessFile(path, "r");
        file = open;
      } else {
        open.seek(0);
      }
      return fill(open);
    } catch (FileNotFoundException e) {
      return 0;
    } catch (IOException e) {
      close(); // the interface went away; it may come back as another file of the same name
      return 0;
    }
  }

  private int fill(RandomAccessFile open) throws IOException {
    int length = 0;
    while (length < MAX_BYTES) {
      if (length == spare.length) {
        spare = Arrays.copyOf(spare, Math.min(2 * length, MAX_BYTES));
      }
      int count = open.read(spare, length, spare.length - length);
      if (count <= 0) {
        break;
      }
      length += count;
      if (length < SURELY_ALL) {
        break;
      }
    }
    return length;
  }
}
