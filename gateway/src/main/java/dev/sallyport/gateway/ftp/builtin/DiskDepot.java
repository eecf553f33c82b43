package dev.sallyport.gateway.ftp.builtin;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

import dev.sallyport.transport.ftp.exchange.Depot;
import dev.sallyport.transport.ftp.exchange.DepotRefusal;

/** The built-in server's directory, read and written past FTP. Every file that comes or goes is told to the space it takes. */
final class DiskDepot implements Depot {
  private final Path root;
  private final Space space;

  DiskDepot(Path root, Space space) {
    this.root = root;
    this.space = space;
  }

  @Override
  public boolean has(String directory, String name) {
    return Files.isRegularFile(root.resolve(directory).resolve(name), LinkOption.NOFOLLOW_LINKS);
  }

  @Override
  public byte[] read(String path, int most) throws IOException {
    try (InputStream in = Files.newInputStream(root.resolve(path), LinkOption.NOFOLLOW_LINKS)) {
      byte[] content = in.readNBytes(most + 1);
      if (content.length > most) {
        throw new IOException("a file has more than " + most + " bytes");
      }
      return content;
    }
  }

  @Override
  public void write(String path, byte[] content) throws IOException {
    try {
      Files.write(root.resolve(path), content, StandardOpenOption.CREATE_NEW);
      space.changed(content.length);
    } catch (NoSuchFileException e) {
      throw new DepotRefusal("the link's directory is gone", e);
    }
  }

  @Override
  public boolean rename(String from, String to) throws IOException {
    try {
      Files.move(root.resolve(from), root.resolve(to), StandardCopyOption.ATOMIC_MOVE);
      return true;
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  @Override
  public void delete(String path) throws IOException {
    space.delete(root.resolve(path));
  }

  @Override
  public List<String> list(String directory) throws IOException {
    var names = new ArrayList<String>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(root.resolve(directory))) {
      for (Path entry : entries) {
        names.add(String.valueOf(entry.getFileName()));
      }
    } catch (NoSuchFileException | NotDirectoryException e) {
      return List.of();
    }
    return names;
  }

  @Override
  public void removeDirectory(String path) throws IOException {
    try {
      Files.deleteIfExists(root.resolve(path));
    } catch (DirectoryNotEmptyException e) {
      throw new IOException("a link's directory has more in it than its files", e);
    }
  }

  @Override
  public void disconnect() {
    // nothing is held open
  }
}
