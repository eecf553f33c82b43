package dev.sallyport.transport.socket;

import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;

/**
 * The receiving side of a connection that carries messages: waits for the first byte of one as long as it was told to, and for the rest
 * of it no longer than {@link #STALL}. Closing it, by any thread, ends a blocked read and a blocked write alike.
 */
public final class WireSocket {
  /** Longest silence inside a message that has begun. */
  public static final Duration STALL = Duration.ofSeconds(30);

  private final Socket bottom;
  private final InputBuffer in;
  private volatile boolean closed;
  private volatile int readTimeoutMillis;

  /** @param bottom the socket below everything */
  public WireSocket(Socket bottom, InputBuffer in) {
    this.bottom = bottom;
    this.in = in;
  }

  /** How long to wait for the first byte of a message; zero means for ever. */
  public void readTimeout(Duration timeout) {
    readTimeoutMillis = (int) Math.min(timeout.toMillis(), Integer.MAX_VALUE);
  }

  /**
   * Waits for the first byte of a message, 0 to 255; after it, reading is bounded by {@link #STALL}.
   *
   * @throws SocketTimeoutException if none came in time; nothing is lost
   * @throws EOFException at the end
   */
  public int firstByte() throws IOException {
    requireOpen();
    int first;
    try {
      bottom.setSoTimeout(readTimeoutMillis);
      first = in.readOrEnd();
      bottom.setSoTimeout((int) STALL.toMillis());
    } catch (SocketTimeoutException e) {
      throw e; // nothing was read, nothing is lost
    } catch (IOException e) {
      abort();
      throw e;
    }
    if (first < 0) {
      abort();
      throw new EOFException("the server closed the connection");
    }
    return first;
  }

  /** What the message went wrong with, after the connection was given up. */
  public IOException broken(IOException cause) {
    abort();
    return cause instanceof SocketTimeoutException
        ? new IOException("the server stopped in the middle of a message for " + STALL.toSeconds() + " s", cause)
        : cause;
  }

  /** @throws EOFException if this end has closed the connection */
  public void requireOpen() throws EOFException {
    if (closed) {
      throw new EOFException("this end closed the connection");
    }
  }

  /** Whether this end has closed the connection. */
  public boolean isClosed() {
    return closed;
  }

  /** Gives the connection up. */
  public void abort() {
    closed = true;
    try {
      bottom.close();
    } catch (IOException _) {
      // a socket that cannot even be closed is of no more use
    }
  }
}
