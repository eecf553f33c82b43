package dev.sallyport.server.backup;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Which files of a data directory belong into a backup: all but those that live with the process, are halfway there, or are in it as rows. */
final class DataFiles {
  /** What is made anew at every start, or lies there only until somebody fetches it. */
  private static final Set<String> PASSING = Set.of("run", "lock", "ftp", Restore.UNFINISHED);
  private static final String DATABASE = "sallyport.db";
  private static final List<String> HALFWAY = List.of(".part", ".new", ".tmp");

  private DataFiles() {
  }

  /**
   * Regular files, as paths relative to the directory, in the order of their names; links are not followed.
   *
   * @param leftOut directories that are left out with all that is in them
   */
  static List<Path> in(Path directory, Set<Path> leftOut) throws IOException {
    var found = new ArrayList<Path>();
    Files.walkFileTree(directory, new SimpleFileVisitor<>() {
      @Override
      public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
        boolean left = leftOut.contains(folder)
            || (folder.getParent() != null && folder.getParent().equals(directory) && isPassing(folder));
        return left ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
      }

      @Override
      public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
        boolean top = directory.equals(file.getParent());
        String name = String.valueOf(file.getFileName());
        if (attributes.isRegularFile() && !(top && (isPassing(file) || name.startsWith(DATABASE)))
            && HALFWAY.stream().noneMatch(name::endsWith)) {
          found.add(directory.relativize(file));
        }
        return FileVisitResult.CONTINUE;
      }

      @Override
      public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
        if (Files.exists(file)) {
          throw failure;
        }
        return FileVisitResult.CONTINUE; // it went while we looked
      }
    });
    found.sort(null);
    return found;
  }

  private static boolean isPassing(Path entry) {
    return PASSING.contains(String.valueOf(entry.getFileName()));
  }
}
