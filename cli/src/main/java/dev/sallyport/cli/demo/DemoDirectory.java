package dev.sallyport.cli.demo;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;

import org.jspecify.annotations.Nullable;

/** The private directory of a demo; a temporary one is removed at the end. */
final class DemoDirectory implements AutoCloseable {
  private final Path path;
  private final boolean temporary;

  private DemoDirectory(Path path, boolean temporary) {
    this.path = path;
    this.temporary = temporary;
  }

  static DemoDirectory open(@Nullable Path chosen) throws IOException {
    var ownerOnly = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
    if (chosen == null) {
      return new DemoDirectory(Files.createTempDirectory("sallyport-demo", ownerOnly), true);
    }
    Path path = chosen.toAbsolutePath();
    if (Files.exists(path)) {
      try (var entries = Files.newDirectoryStream(path)) {
        if (entries.iterator().hasNext()) {
          throw new IllegalArgumentException("--data: " + chosen + " is not empty; name a new directory");
        }
      }
      Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwx------"));
    } else {
      Files.createDirectories(path, ownerOnly);
    }
    return new DemoDirectory(path, false);
  }

  Path path() {
    return path;
  }

  @Override
  public void close() throws IOException {
    if (!temporary) {
      return;
    }
    Files.walkFileTree(path, new SimpleFileVisitor<>() {
      @Override
      public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
        Files.deleteIfExists(file);
        return FileVisitResult.CONTINUE;
      }

      @Override
      public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failure) throws IOException {
        Files.deleteIfExists(directory);
        return FileVisitResult.CONTINUE;
      }
    });
  }
}
