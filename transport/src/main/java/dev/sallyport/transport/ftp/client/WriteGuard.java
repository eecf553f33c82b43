package dev.sallyport.transport.ftp.client;

import java.io.IOException;
import java.net.Socket;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Closes a socket that is still written to when the time is over: a write has no time-out of its own. */
final class WriteGuard implements AutoCloseable {
  private final CountDownLatch done = new CountDownLatch(1);

  WriteGuard(Socket socket, int millis) {
    Thread.ofVirtual().name("ftp-write-guard").start(() -> watch(socket, millis));
  }

  private void watch(Socket socket, int millis) {
    try {
      if (!done.await(millis, TimeUnit.MILLISECONDS)) {
        socket.close();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException _) {
      // a socket that cannot even be closed is of no more use
    }
  }

  @Override
  public void close() {
    done.countDown();
  }
}
