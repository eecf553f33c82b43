package dev.sallyport.server.app;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Stream;

import dev.sallyport.server.backup.Restore;
import org.jspecify.annotations.Nullable;

/** The directory in which one server, and nobody else, keeps everything; locked while it runs. */
final class DataDirectory implements AutoCloseable {

  private static final FileAttribute<Set<PosixFilePermission>> PRIVATE = PosixFilePermissions.asFileAttribute(
      PosixFilePermissions.fromString("rwx------"));

  private final Path path;
  private final FileChannel lockFile;

  private DataDirectory(Path path, FileChannel lockFile) {
    this.path = path;
    this.lockFile = lockFile;
  }

  /** Makes the directory if it is not there, takes rights from others, and locks it. */
  static DataDirectory open(Path path) throws StartException {
    try {
      makePrivate(path);
      FileChannel file = FileChannel.open(path.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (lock(file) == null) {
        file.close();
        throw new StartException("Another server runs in the data directory " + path
            + ". Stop it, or give this one another directory with --data=…");
      }
      if (Files.exists(path.resolve(Restore.UNFINISHED))) {
        file.close();
        throw new StartException("A backup was being put back into " + path
            + " and that did not come to its end. Empty the directory and restore again");
      }
      var directory = new DataDirectory(path, file);
      directory.emptyRun();
      return directory;
    } catch (IOException e) {
      throw new StartException("The data directory " + path + " cannot be used: " + e.getMessage()
          + ". Create it for the server's user, or give another with --data=…", e);
    }
  }

  /** Makes a directory of mode 0700, or gives an existing one this mode. */
  static void makePrivate(Path directory) throws IOException {
    Files.createDirectories(directory.toAbsolutePath().getParent());
    if (Files.isDirectory(directory)) {
      Files.setPosixFilePermissions(directory,
          EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE,
              PosixFilePermission.OWNER_EXECUTE));
    } else {
      Files.createDirectory(directory, PRIVATE);
    }
  }

  /** For what lives as long as the process: the socket, unpacked native code. Emptied at start. */
  Path run() {
    return path.resolve("run");
  }

  /** Where the first owner's token lies. */
  Path setupToken() {
    return path.resolve("setup-token");
  }

  /** Where the self-made certificate lies. */
  Path certificate() {
    return path.resolve("certificate");
  }

  @Override
  public void close() throws IOException {
    lockFile.close();
  }

  private void emptyRun() throws IOException {
    makePrivate(run());
    try (Stream<Path> left = Files.list(run())) {
      for (Path file : (Iterable<Path>) left::iterator) {
        Files.deleteIfExists(file);
      }
    }
  }

  private static @Nullable FileLock lock(FileChannel file) throws IOException {
    try {
      return file.tryLock();
    } catch (OverlappingFileLockException sameProcess) {
      return null;
    }
  }
}
