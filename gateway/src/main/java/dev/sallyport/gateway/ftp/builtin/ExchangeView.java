package dev.sallyport.gateway.ftp.builtin;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import dev.sallyport.gateway.ftp.FtpLinks;
import org.apache.ftpserver.ftplet.FileSystemView;
import org.apache.ftpserver.ftplet.FtpFile;

/** What one log-in sees. There is no other working directory than the top. */
final class ExchangeView implements FileSystemView {
  /** Longest wait between two looks at an idle link's directory; what comes by FTP is noticed at once without. */
  private static final Duration IDLE_LOOK = Duration.ofSeconds(2);
  private static final int MAX_STEPS = 3;

  private final Path root;
  private final Space space;
  private final Places places;
  private final FtpLinks links;
  private final InetAddress remote;

  /** @param remote who logged in */
  ExchangeView(Path root, Space space, Places places, FtpLinks links, InetAddress remote) {
    this.root = root;
    this.space = space;
    this.places = places;
    this.links = links;
    this.remote = remote;
  }

  Path root() {
    return root;
  }

  Space space() {
    return space;
  }

  boolean makeLink(String link) {
    return places.make(link, remote);
  }

  void arrived(String link) {
    links.noticed(link, remote, new DiskDepot(root, space), IDLE_LOOK);
  }

  void stirred(String link) {
    links.stirred(link);
  }

  List<String> namesIn(Path directory) {
    try {
      return new DiskDepot(root, space).list(root.relativize(directory).toString());
    } catch (IOException e) {
      return List.of(); // it has just gone
    }
  }

  @Override
  public FtpFile getHomeDirectory() {
    return new ExchangeFile(this, List.of());
  }

  @Override
  public FtpFile getWorkingDirectory() {
    return getHomeDirectory();
  }

  @Override
  public boolean changeWorkingDirectory(String path) {
    return steps(path).isEmpty();
  }

  @Override
  public FtpFile getFile(String path) {
    return new ExchangeFile(this, steps(path));
  }

  /** Two dots are a name like any other, and nothing is called so. */
  private static List<String> steps(String path) {
    var steps = new ArrayList<String>();
    for (String step : path.split("/", MAX_STEPS + 2)) {
      if (!step.isEmpty() && !step.equals(".")) {
        steps.add(step);
      }
    }
    return steps;
  }

  @Override
  public boolean isRandomAccessible() {
    return false;
  }

  @Override
  public void dispose() {
    // nothing is held open
  }
}
