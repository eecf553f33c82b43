package dev.sallyport.gateway.ftp.builtin;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

import dev.sallyport.transport.ftp.exchange.Batch;
import dev.sallyport.transport.ftp.exchange.LinkPlace;
import org.apache.ftpserver.ftplet.FtpFile;

/**
 * A file or directory as the account sees it: it writes only into a link's {@code up}, reads only from its {@code down}, may delete in both,
 * and lists neither the links nor anything else.
 */
final class ExchangeFile implements FtpFile {
  private static final String OWNER = "agents";

  private final ExchangeView view;
  private final List<String> steps;
  private final Kind kind;
  private final Path path;

  /** What stands at a path. */
  private enum Kind {
    ROOT, LINK, BOX, FILE, NOTHING
  }

  ExchangeFile(ExchangeView view, List<String> steps) {
    this.view = view;
    this.steps = List.copyOf(steps);
    this.kind = kind(steps);
    this.path = kind == Kind.NOTHING ? view.root() : view.root().resolve(String.join("/", steps));
  }

  private static Kind kind(List<String> steps) {
    if (steps.isEmpty()) {
      return Kind.ROOT;
    }
    boolean box = steps.size() < 2 || steps.get(1).equals(LinkPlace.UP) || steps.get(1).equals(LinkPlace.DOWN);
    if (!LinkPlace.isLink(steps.getFirst()) || !box) {
      return Kind.NOTHING;
    }
    return switch (steps.size()) {
      case 1 -> Kind.LINK;
      case 2 -> Kind.BOX;
      case 3 -> LinkPlace.isFile(steps.getFirst(), steps.get(2)) ? Kind.FILE : Kind.NOTHING;
      default -> Kind.NOTHING;
    };
  }

  private boolean isIn(String box) {
    return kind == Kind.FILE && steps.get(1).equals(box);
  }

  @Override
  public String getAbsolutePath() {
    return "/" + String.join("/", steps);
  }

  @Override
  public String getName() {
    return steps.isEmpty() ? "/" : steps.getLast();
  }

  @Override
  public boolean isHidden() {
    return false;
  }

  @Override
  public boolean isDirectory() {
    return kind != Kind.NOTHING && Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS);
  }

  @Override
  public boolean isFile() {
    return kind == Kind.FILE && Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS);
  }

  @Override
  public boolean doesExist() {
    return isFile() || isDirectory();
  }

  @Override
  public boolean isReadable() {
    return isIn(LinkPlace.DOWN) || kind == Kind.BOX;
  }

  @Override
  public boolean isWritable() {
    return isIn(LinkPlace.UP) || kind == Kind.LINK || kind == Kind.BOX;
  }

  @Override
  public boolean isRemovable() {
    return kind == Kind.FILE || kind == Kind.BOX || kind == Kind.LINK;
  }

  @Override
  public String getOwnerName() {
    return OWNER;
  }

  @Override
  public String getGroupName() {
    return OWNER;
  }

  @Override
  public int getLinkCount() {
    return 1;
  }

  @Override
  public long getLastModified() {
    return 0; // nobody needs to know
  }

  @Override
  public boolean setLastModified(long time) {
    return false;
  }

  @Override
  public long getSize() {
    try {
      return isFile() ? Files.size(path) : 0;
    } catch (IOException e) {
      return 0; // it has just gone
    }
  }

  @Override
  public Object getPhysicalFile() {
    return path;
  }

  @Override
  public boolean mkdir() {
    if (kind == Kind.LINK) {
      return view.makeLink(steps.getFirst());
    }
    if (kind == Kind.BOX) {
      try {
        Files.createDirectory(path);
        return true;
      } catch (IOException e) {
        return false; // it is there, or what it should lie in is not
      }
    }
    return false;
  }

  @Override
  public boolean delete() {
    if (!isRemovable()) {
      return false;
    }
    try {
      boolean was = view.space().delete(path);
      if (kind == Kind.FILE) {
        view.stirred(steps.getFirst());
      }
      return was;
    } catch (IOException e) {
      return false; // a directory that is not empty
    }
  }

  @Override
  public boolean move(FtpFile target) {
    if (!isIn(LinkPlace.UP) || !(target instanceof ExchangeFile to) || !to.isIn(LinkPlace.UP)
        || !to.steps.getFirst().equals(steps.getFirst())) {
      return false;
    }
    try {
      Files.move(path, to.path, StandardCopyOption.ATOMIC_MOVE);
      view.arrived(steps.getFirst());
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  @Override
  public List<FtpFile> listFiles() {
    var files = new ArrayList<FtpFile>();
    if (kind == Kind.BOX) {
      for (String name : view.namesIn(path)) {
        var file = new ExchangeFile(view, List.of(steps.getFirst(), steps.get(1), name));
        if (file.isFile()) {
          files.add(file);
        }
      }
    }
    return files;
  }

  @Override
  public OutputStream createOutputStream(long offset) throws IOException {
    if (offset != 0 || !isIn(LinkPlace.UP) || !view.space().hasRoomForFile(view.root().resolve(steps.getFirst())
        .resolve(LinkPlace.UP))) {
      throw new IOException("no such file can be written");
    }
    view.space().delete(path);
    return new Bounded(Files.newOutputStream(path, StandardOpenOption.CREATE_NEW), view.space());
  }

  @Override
  public InputStream createInputStream(long offset) throws IOException {
    if (offset != 0 || !isIn(LinkPlace.DOWN)) {
      throw new IOException("no such file can be read");
    }
    return Files.newInputStream(path, LinkOption.NOFOLLOW_LINKS);
  }

  /** Writes no more than a file may have, and no more than there is room for. */
  private static final class Bounded extends FilterOutputStream {
    private final Space space;
    private int left = Batch.MAX_BYTES;

    Bounded(OutputStream out, Space space) {
      super(out);
      this.space = space;
    }

    @Override
    public void write(int b) throws IOException {
      write(new byte[]{(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      if (length > left) {
        throw new IOException("a file has at most " + Batch.MAX_BYTES + " bytes");
      }
      space.take(length);
      left -= length;
      out.write(bytes, offset, length);
    }
  }
}
