package dev.sallyport.gateway.ftp;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

import dev.sallyport.transport.ftp.exchange.Depot;

/** A place that several threads use in turn, in the order they came. It stays open when one of them is done with it. */
final class LockedDepot implements Depot {
  private final Depot depot;
  private final ReentrantLock lock = new ReentrantLock(true);

  LockedDepot(Depot depot) {
    this.depot = depot;
  }

  private interface Use<T> {
    T run() throws IOException;
  }

  private <T> T locked(Use<T> use) throws IOException {
    lock.lock();
    try {
      return use.run();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public boolean has(String directory, String name) throws IOException {
    return locked(() -> depot.has(directory, name));
  }

  @Override
  public byte[] read(String path, int most) throws IOException {
    return locked(() -> depot.read(path, most));
  }

  @Override
  public void write(String path, byte[] content) throws IOException {
    locked(() -> {
      depot.write(path, content);
      return true;
    });
  }

  @Override
  public boolean rename(String from, String to) throws IOException {
    return locked(() -> depot.rename(from, to));
  }

  @Override
  public void delete(String path) throws IOException {
    locked(() -> {
      depot.delete(path);
      return true;
    });
  }

  @Override
  public List<String> list(String directory) throws IOException {
    return locked(() -> depot.list(directory));
  }

  @Override
  public void removeDirectory(String path) throws IOException {
    locked(() -> {
      depot.removeDirectory(path);
      return true;
    });
  }

  @Override
  public void disconnect() {
    // the others go on with it
  }

  /** The end, for all. */
  void close() {
    depot.disconnect();
  }
}
