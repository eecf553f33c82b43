package dev.sallyport.agent.state;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;

/**
 * The directory that is the agent's memory: its keys, its secret, its journal. It belongs to the agent's account alone (mode 0700), and
 * one agent at a time.
 *
 * <p>A directory that somebody else owns, may write to, or has replaced by a link is refused: an ordinary user of the machine must not
 * be able to read, plant or swap a file here (incident T42).
 */
public final class StateDirectory {
  private static final boolean POSIX = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
  private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rwx------");
  private static final FileAttribute<?>[] PRIVATE = POSIX
      ? new FileAttribute<?>[]{PosixFilePermissions.asFileAttribute(OWNER_ONLY)}
      : new FileAttribute<?>[0];
  private static final Path PROCESS = Path.of("/proc/self");
  private static final String LOCK = "lock";
  private static final String JOURNAL = "journal";
  private static final String LIBRARIES = "libraries";
  private static final String WORKERS = "workers";
  private static final String NOTES = "notes";

  private final Path path;

  private StateDirectory(Path path) {
    this.path = path;
  }

  /** Opens the directory; makes it if there is none. */
  public static StateDirectory openOrCreate(Path path) throws IOException {
    Path absolute = path.toAbsolutePath();
    Path parent = absolute.getParent();
    if (parent != null) {
      Files.createDirectories(parent);
    }
    createPrivate(absolute);
    return open(absolute);
  }

  /**
   * Opens the directory.
   *
   * @throws StateException if there is none, or it is not safe
   */
  public static StateDirectory open(Path path) throws IOException {
    Path absolute = path.toAbsolutePath();
    requirePrivate(absolute);
    return new StateDirectory(absolute);
  }

  private static void createPrivate(Path path) throws IOException {
    try {
      Files.createDirectory(path, PRIVATE);
    } catch (FileAlreadyExistsException e) {
      // Whether it may be used is judged when it is opened.
      return;
    }
  }

  private static void requirePrivate(Path path) throws StateException {
    if (!Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
      if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
        throw new StateException(
            "the state directory " + path + " is a link or a file: remove it or name another directory with --state");
      }
      throw new StateException(
          "there is no state directory " + path
              + ": give the one this machine was enrolled with, or enrol the machine");
    }
    if (!POSIX) {
      return;
    }
    try {
      PosixFileAttributes found = Files.readAttributes(path, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      if (!isMine(path, found)) {
        throw new StateException(
            "the state directory " + path + " belongs to " + found.owner().getName() + ", this agent runs as "
                + System.getProperty("user.name") + ": run it as " + found.owner().getName());
      }
      if (!OWNER_ONLY.containsAll(found.permissions())) {
        throw new StateException(
            "the state directory " + path + " is open to others (" + PosixFilePermissions.toString(found.permissions())
                + "): see who was in it, then run chmod 700 " + path);
      }
    } catch (StateException e) {
      throw e;
    } catch (IOException e) {
      throw new StateException("the state directory " + path + " cannot be looked at: " + e.getMessage(), e);
    }
  }

  /** By number where there is /proc, for an account may have no name. */
  private static boolean isMine(Path path, PosixFileAttributes found) throws IOException {
    if (Files.exists(PROCESS)) {
      Object mine = Files.getAttribute(PROCESS, "unix:uid");
      return mine.equals(Files.getAttribute(path, "unix:uid", LinkOption.NOFOLLOW_LINKS));
    }
    return found.owner().getName().equals(System.getProperty("user.name"));
  }

  public Path path() {
    return path;
  }

  /** Keys, secret, membership and notes. */
  public StateFiles files() {
    return new DiskFiles(path);
  }

  /** The journal and the outputs kept for the server, in a directory of their own. */
  public StateFiles journalFiles() throws IOException {
    return new DiskFiles(privateBelow(JOURNAL));
  }

  /** The jars of libraries and what is signed about them. */
  public StateFiles libraryFiles() throws IOException {
    return new DiskFiles(privateBelow(LIBRARIES));
  }

  /** Where the processes of libraries have their files; nothing in it is kept. */
  public Path workers() throws IOException {
    return privateBelow(WORKERS);
  }

  private Path privateBelow(String name) throws IOException {
    Path directory = path.resolve(name);
    createPrivate(directory);
    requirePrivate(directory);
    return directory;
  }

  /** Where operations note what they leave for the agent's next start; they make the directory when they need it. */
  public Path notes() {
    return path.resolve(NOTES);
  }

  /**
   * Takes the directory for this process until it ends, however it ends.
   *
   * @return empty if another process has it
   */
  @SuppressWarnings("resource") // the lock lives as long as the process
  public Optional<FileLock> lock() throws IOException {
    FileChannel channel = FileChannel.open(path.resolve(LOCK),
        Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS), filePrivate());
    try {
      FileLock lock = channel.tryLock();
      if (lock == null) {
        channel.close();
      }
      return Optional.ofNullable(lock);
    } catch (OverlappingFileLockException e) {
      channel.close();
      return Optional.empty();
    }
  }

  private static FileAttribute<?>[] filePrivate() {
    return POSIX
        ? new FileAttribute<?>[]{PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))}
        : new FileAttribute<?>[0];
  }
}
