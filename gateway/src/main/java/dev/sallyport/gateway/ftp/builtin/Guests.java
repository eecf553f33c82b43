package dev.sallyport.gateway.ftp.builtin;

import java.util.concurrent.atomic.AtomicInteger;

import org.apache.ftpserver.ipfilter.SessionFilter;
import org.apache.mina.core.session.IoSession;
import org.apache.mina.transport.socket.SocketSessionConfig;

/** Counts control connections, those of strangers who have not logged in among them; who comes when there are too many is not heard. */
final class Guests implements SessionFilter {
  private final int most;
  private final AtomicInteger present = new AtomicInteger();

  Guests(int most) {
    this.most = most;
  }

  @Override
  public boolean accept(IoSession session) {
    if (present.incrementAndGet() > most) {
      present.decrementAndGet();
      return false;
    }
    session.getCloseFuture().addListener(_ -> present.decrementAndGet());
    if (session.getConfig() instanceof SocketSessionConfig config) {
      config.setTcpNoDelay(true); // the second of two replies would wait 40 ms for the peer's word on the first
    }
    return true;
  }
}
