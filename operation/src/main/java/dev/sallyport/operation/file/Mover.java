package dev.sallyport.operation.file;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

import dev.sallyport.operation.note.Durably;

/** Gives files other names, at once and durably. */
interface Mover {
  /**
   * Renames, or throws and has changed nothing.
   *
   * @param replace whether a file of the new name may be replaced
   */
  void move(Path from, Path to, boolean replace) throws IOException;

  /** Whether a move failed because somebody has the file open in a way that forbids it: it may go well after a restart. */
  boolean isLocked(IOException failure);

  /** What this machine does. */
  Mover SYSTEM = new Mover() {
    @Override
    public void move(Path from, Path to, boolean replace) throws IOException {
      if (replace || Files.isDirectory(from, LinkOption.NOFOLLOW_LINKS)) {
        if (!replace && Files.exists(to, LinkOption.NOFOLLOW_LINKS)) {
          throw new FileAlreadyExistsException(to.toString());
        }
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
      } else {
        moveToFreeName(from, to);
      }
      Durably.syncNames(FilePath.directoryOf(to));
      Durably.syncNames(FilePath.directoryOf(from));
    }

    @Override
    public boolean isLocked(IOException failure) {
      // Linux says EBUSY of what is mounted, Windows has sentences of its own for open files.
      String reason = failure instanceof FileSystemException known ? String.valueOf(known.getReason()) : "";
      return reason.contains("Device or resource busy") || reason.contains("being used by another process")
          || reason.contains("user-mapped section open");
    }
  };

  /** A link is only made where there is no such name; so nobody's file is replaced, whoever is quick in between. */
  private static void moveToFreeName(Path from, Path to) throws IOException {
    try {
      Files.createLink(to, from);
    } catch (FileAlreadyExistsException e) {
      throw e;
    } catch (FileSystemException | UnsupportedOperationException e) {
      // No second names in this file system, or none across two: then a look before the move must do.
      if (Files.exists(to, LinkOption.NOFOLLOW_LINKS)) {
        throw new FileAlreadyExistsException(to.toString());
      }
      Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
      return;
    }
    try {
      Files.delete(from);
    } catch (IOException e) {
      Files.delete(to);
      throw e;
    }
  }
}
