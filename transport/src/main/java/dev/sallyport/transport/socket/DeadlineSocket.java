package dev.sallyport.transport.socket;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;

/**
 * A plain socket below the TLS layer whose reads obey one deadline while the connection is being made. A read time-out alone
 * would not do: a peer that sends a byte now and then would be waited for without end.
 */
public final class DeadlineSocket extends Socket {
  private volatile Deadline deadline;
  private volatile boolean dialing = true;

  /** @param deadline holds until {@link #dialed} is called */
  public DeadlineSocket(Deadline deadline) {
    this.deadline = deadline;
  }

  /** The connection is made: from now on only {@link #setSoTimeout} bounds a read. */
  public void dialed() throws IOException {
    dialing = false;
    setSoTimeout(0);
  }

  /** From now on reads obey this deadline. */
  public void until(Deadline next) {
    deadline = next;
    dialing = true;
  }

  /** The other end as {@code address:port}: the server, or the proxy in front of it. */
  public String remote() {
    return getInetAddress().getHostAddress() + ":" + getPort();
  }

  @Override
  public InputStream getInputStream() throws IOException {
    return new FilterInputStream(super.getInputStream()) {
      @Override
      public int read() throws IOException {
        limit();
        return super.read();
      }

      @Override
      public int read(byte[] buffer, int offset, int length) throws IOException {
        limit();
        return super.read(buffer, offset, length);
      }
    };
  }

  private void limit() throws IOException {
    if (dialing) {
      setSoTimeout(deadline.remainingMillis());
    }
  }
}
