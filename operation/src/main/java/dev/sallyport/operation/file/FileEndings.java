package dev.sallyport.operation.file;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.NotLinkException;

import dev.sallyport.operation.Ending;
import dev.sallyport.protocol.operation.Outcome;

/** What the failures of a file system mean, in words of people. */
final class FileEndings {
  private FileEndings() {
  }

  static Ending of(IOException failure) {
    return failure instanceof ClosedByInterruptException || failure instanceof InterruptedIOException
        ? Ending.without(Outcome.CANCELLED, "cancelled")
        : Ending.without(Outcome.FAILED, explain(failure));
  }

  static String explain(IOException failure) {
    return switch (failure) {
      case FileTrouble trouble -> String.valueOf(trouble.getMessage());
      case AccessDeniedException denied -> named(denied) + "permission denied for the agent's account, "
          + System.getProperty("user.name", "");
      case NoSuchFileException missing -> named(missing) + "there is no such file or directory";
      case NotDirectoryException file -> named(file) + "this is no directory";
      case NotLinkException file -> named(file) + "this is no link";
      case DirectoryNotEmptyException full -> named(full) + "the directory is not empty";
      case FileAlreadyExistsException taken -> named(taken) + "there is a file of this name already";
      case AtomicMoveNotSupportedException move ->
        named(move) + "the new name is in another file system; copy the file and delete the old one";
      case FileSystemException other -> named(other) + explain(String.valueOf(other.getReason()));
      default -> explain(String.valueOf(failure.getMessage()));
    };
  }

  private static String explain(String reason) {
    if (reason.contains("No space left on device")) {
      return "the disk is full; free some space and try again";
    }
    if (reason.contains("Disk quota exceeded")) {
      return "the account's share of the disk is used up";
    }
    if (reason.contains("Read-only file system")) {
      return "the file system can only be read";
    }
    if (reason.contains("Too many levels of symbolic links")) {
      return "a link stands where none may, or links go round in a circle";
    }
    return "the operating system says: " + reason;
  }

  private static String named(FileSystemException failure) {
    return failure.getFile() == null ? "" : failure.getFile() + ": ";
  }
}
