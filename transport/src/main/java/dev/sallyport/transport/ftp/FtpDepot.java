package dev.sallyport.transport.ftp;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

import dev.sallyport.transport.ftp.client.FtpClient;
import dev.sallyport.transport.ftp.client.FtpRefusal;
import dev.sallyport.transport.ftp.client.FtpSite;
import dev.sallyport.transport.ftp.exchange.Depot;
import dev.sallyport.transport.ftp.exchange.DepotRefusal;
import dev.sallyport.transport.socket.Deadline;
import org.jspecify.annotations.Nullable;

/** A directory on an FTP server. Logs in when there is something to do and it is not logged in, or not any more. */
public final class FtpDepot implements Depot {
  private static final Duration LOG_IN_TIME = Duration.ofSeconds(20);

  private final FtpSite site;
  private final AtomicReference<@Nullable FtpClient> client = new AtomicReference<>();

  /** Not logged in yet. */
  public FtpDepot(FtpSite site) {
    this.site = site;
  }

  /** With a log-in that exists; it becomes this object's. */
  FtpDepot(FtpSite site, FtpClient open) {
    this.site = site;
    client.set(open);
  }

  private interface Use<T> {
    T of(FtpClient open) throws IOException;
  }

  private <T> T with(Use<T> use) throws IOException {
    FtpClient open = client.get();
    if (open == null) {
      open = FtpClient.open(site, Deadline.in(LOG_IN_TIME));
      client.set(open);
    }
    try {
      return use.of(open);
    } catch (FtpRefusal e) {
      throw e.isLasting() ? new DepotRefusal(String.valueOf(e.getMessage()), e) : e;
    } catch (IOException | RuntimeException e) {
      open.close();
      client.compareAndSet(open, null);
      throw e;
    }
  }

  @Override
  public boolean has(String directory, String name) throws IOException {
    return with(open -> open.has(directory, name));
  }

  @Override
  public byte[] read(String path, int most) throws IOException {
    return with(open -> open.retrieve(path, most));
  }

  @Override
  public void write(String path, byte[] content) throws IOException {
    with(open -> {
      open.store(path, content);
      return true;
    });
  }

  @Override
  public boolean rename(String from, String to) throws IOException {
    return with(open -> open.rename(from, to));
  }

  @Override
  public void delete(String path) throws IOException {
    with(open -> {
      try {
        open.delete(path);
      } catch (FtpRefusal e) {
        int slash = path.lastIndexOf('/');
        if (!e.isLasting() || open.has(path.substring(0, slash), path.substring(slash + 1))) {
          throw e; // it is there: what was refused is the right
        }
      }
      return true;
    });
  }

  @Override
  public List<String> list(String directory) throws IOException {
    return with(open -> open.list(directory));
  }

  @Override
  public void removeDirectory(String path) throws IOException {
    with(open -> {
      try {
        open.removeDirectory(path);
      } catch (FtpRefusal e) {
        if (!e.isLasting()) {
          throw e;
        }
      }
      return true;
    });
  }

  @Override
  public void disconnect() {
    FtpClient open = client.getAndSet(null);
    if (open != null) {
      open.close();
    }
  }
}
