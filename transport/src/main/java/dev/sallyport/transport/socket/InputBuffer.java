package dev.sallyport.transport.socket;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/** A small buffer over a socket's stream; large payloads go past it straight into their message. */
public final class InputBuffer {
  private static final int CAPACITY = 2_048;

  private final InputStream in;
  private final byte[] buffer = new byte[CAPACITY];
  private int position;
  private int limit;

  /** @param in read from as late as can be, never closed */
  public InputBuffer(InputStream in) {
    this.in = in;
  }

  /** Whether nothing is held that was read ahead. */
  public boolean isEmpty() {
    return position == limit;
  }

  /** The next byte, 0 to 255, or -1 at the end. */
  public int readOrEnd() throws IOException {
    if (position == limit) {
      int read = in.read(buffer, 0, CAPACITY);
      if (read < 0) {
        return -1;
      }
      position = 0;
      limit = read;
    }
    return buffer[position++] & 0xFF;
  }

  /**
   * The next byte, 0 to 255.
   *
   * @throws EOFException at the end
   */
  public int read() throws IOException {
    int next = readOrEnd();
    if (next < 0) {
      throw new EOFException("the connection ended in the middle of a message");
    }
    return next;
  }

  /**
   * Fills a part of {@code target}.
   *
   * @throws EOFException if the end comes first
   */
  public void readFully(byte[] target, int offset, int length) throws IOException {
    int done = Math.min(length, limit - position);
    System.arraycopy(buffer, position, target, offset, done);
    position += done;
    while (done < length) {
      int read = in.read(target, offset + done, length - done);
      if (read < 0) {
        throw new EOFException("the connection ended in the middle of a message");
      }
      done += read;
    }
  }
}
