package dev.sallyport.operation.file;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.attribute.BasicFileAttributeView;

import dev.sallyport.operation.Ending;
import dev.sallyport.protocol.json.JsonObject;
import dev.sallyport.protocol.operation.FileOperation;
import dev.sallyport.protocol.operation.Outcome;

/**
 * {@code file.delete}: the value is {@code deleted}, how many files, links and directories went.
 *
 * <p>A tree is walked through open directories, each name looked up in the directory that is open ({@code openat}, {@code unlinkat}), and
 * no link is ever followed: somebody who swaps a directory for a link meanwhile leads nowhere. What is mounted inside stays, and so does
 * what leads to it.
 */
final class DeleteFileOperation {
  /** Each open directory costs a file descriptor; no tree of people's making is as deep. */
  private static final int MAX_DEPTH = 500;

  /** How often a directory is gone through until nothing is found in it. */
  private static final int MAX_PASSES = 10;

  Ending run(FileOperation.Delete operation) throws IOException {
    Path path = FilePath.ofChange(operation.path());
    int mode = (int) Files.getAttribute(path, "unix:mode", LinkOption.NOFOLLOW_LINKS);
    if (!FileMode.isDirectory(mode) || !operation.recursive()) {
      try {
        Files.delete(path);
      } catch (DirectoryNotEmptyException e) {
        throw new FileTrouble("the directory is not empty; order it with recursive, if all that is in it is to go");
      }
      return Ending.found(JsonObject.builder().put("deleted", 1).build());
    }
    var sweep = new Sweep(Files.getAttribute(FilePath.directoryOf(path), "unix:dev"));
    try (DirectoryStream<Path> parent = Files.newDirectoryStream(FilePath.directoryOf(path))) {
      if (!(parent instanceof SecureDirectoryStream<Path> directory)) {
        throw new FileTrouble("this system cannot delete a directory safely with all that is in it");
      }
      sweep.directory(directory, path.getFileName(), path, 1);
    } catch (ClosedByInterruptException e) {
      return Ending.without(Outcome.CANCELLED,
          "cancelled after " + sweep.deleted + " files and directories were deleted");
    } catch (IOException e) {
      throw new FileTrouble(
          FileEndings.explain(e) + "; before that, " + sweep.deleted + " files and directories were deleted");
    }
    return Ending.found(JsonObject.builder().put("deleted", sweep.deleted).build());
  }

  /** One deletion of a tree. */
  private static final class Sweep {
    private final Object device;
    private long deleted;

    Sweep(Object device) {
      this.device = device;
    }

    /** The path is only looked at, to find mounts; what is deleted is found through the open directory. */
    void directory(SecureDirectoryStream<Path> parent, Path name, Path path, int depth) throws IOException {
      if (depth > MAX_DEPTH) {
        throw new FileTrouble(path + ": the tree is deeper than " + MAX_DEPTH + " directories");
      }
      if (!device.equals(Files.getAttribute(path, "unix:dev", LinkOption.NOFOLLOW_LINKS))) {
        throw new FileTrouble(path + ": another file system is mounted here");
      }
      for (int pass = 0; pass < MAX_PASSES && !emptied(parent, name, path, depth); pass++) {
        // A file system may pass over names while others are deleted, and somebody may make new ones.
      }
      parent.deleteDirectory(name);
      deleted++;
    }

    /** Deletes what it meets; says whether it met nothing. The names are not collected: there may be millions. */
    private boolean emptied(SecureDirectoryStream<Path> parent, Path name, Path path, int depth) throws IOException {
      boolean empty = true;
      try (SecureDirectoryStream<Path> here = parent.newDirectoryStream(name, LinkOption.NOFOLLOW_LINKS)) {
        for (Path entry : here) {
          if (Thread.currentThread().isInterrupted()) {
            throw new ClosedByInterruptException();
          }
          empty = false;
          Path child = entry.getFileName();
          if (isDirectory(here, child)) {
            directory(here, child, path.resolve(child), depth + 1);
          } else {
            here.deleteFile(child);
            deleted++;
          }
        }
      } catch (DirectoryIteratorException e) {
        throw e.getCause();
      }
      return empty;
    }

    private static boolean isDirectory(SecureDirectoryStream<Path> directory, Path name) throws IOException {
      return directory.getFileAttributeView(name, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
          .readAttributes().isDirectory();
    }
  }
}
