package dev.sallyport.agent.state;

import java.io.EOFException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** {@link StateFiles} in a real directory. */
public final class DiskFiles implements StateFiles {
  private static final FileAttribute<?>[] OWNER_ONLY = FileSystems.getDefault().supportedFileAttributeViews()
      .contains("posix")
          ? new FileAttribute<?>[]{PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))}
          : new FileAttribute<?>[0];

  private final Path directory;

  /**
   * @param directory exists and is the agent's alone, see {@link StateDirectory}
   */
  public DiskFiles(Path directory) {
    this.directory = directory;
  }

  /** A link somebody planted under a name of ours is removed, never followed. */
  @Override
  public StateFile create(String name) throws IOException {
    Path file = directory.resolve(name);
    Files.deleteIfExists(file);
    Files.newByteChannel(file, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), OWNER_ONLY).close();
    return open(name);
  }

  @Override
  public StateFile open(String name) throws IOException {
    Path file = directory.resolve(name);
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      throw new NoSuchFileException(file.toString());
    }
    return new OpenFile(new RandomAccessFile(file.toFile(), "rw"));
  }

  @Override
  public boolean exists(String name) {
    return Files.isRegularFile(directory.resolve(name), LinkOption.NOFOLLOW_LINKS);
  }

  @Override
  public void rename(String from, String to) throws IOException {
    Files.move(directory.resolve(from), directory.resolve(to), StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
  }

  @Override
  public void delete(String name) throws IOException {
    Files.deleteIfExists(directory.resolve(name));
  }

  @Override
  public List<String> names() throws IOException {
    var names = new ArrayList<String>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
      for (Path entry : entries) {
        names.add(entry.getFileName().toString());
      }
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    return names;
  }

  /**
   * Windows opens no directories and makes names durable by itself. An interrupt closes a channel but must not cost durability, so
   * the step is repeated and the interrupt kept for later.
   */
  @Override
  public void syncDirectory() throws IOException {
    if (OWNER_ONLY.length == 0) {
      return;
    }
    boolean interrupted = Thread.interrupted();
    try {
      while (!tryToSync()) {
        interrupted |= Thread.interrupted();
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private boolean tryToSync() throws IOException {
    try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
      return true;
    } catch (ClosedByInterruptException e) {
      return false;
    }
  }

  private record OpenFile(RandomAccessFile file) implements StateFile {
    @Override
    public long size() throws IOException {
      return file.length();
    }

    @Override
    public void write(long position, byte[] bytes, int offset, int length) throws IOException {
      file.seek(position);
      file.write(bytes, offset, length);
    }

    @Override
    public void read(long position, byte[] into, int offset, int length) throws IOException {
      if (position + length > file.length()) {
        throw new EOFException("the file ends before byte " + (position + length));
      }
      file.seek(position);
      file.readFully(into, offset, length);
    }

    @Override
    public void truncate(long size) throws IOException {
      file.setLength(size);
    }

    @Override
    public void sync() throws IOException {
      file.getFD().sync();
    }

    @Override
    public void close() throws IOException {
      file.close();
    }
  }
}
