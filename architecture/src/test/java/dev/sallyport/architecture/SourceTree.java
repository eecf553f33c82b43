package dev.sallyport.architecture;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The checkout as it lies on disk, without build output and fetched packages. */
final class SourceTree {
  private static final Set<String> NOT_OURS = Set.of("target", "node_modules", "dist", ".git");

  private final Path root;
  private final List<SourceFile> files;

  private SourceTree(Path root, List<SourceFile> files) {
    this.root = root;
    this.files = List.copyOf(files);
  }

  /** One text file; {@code path} is relative to the root, with forward slashes. */
  record SourceFile(String path, String text) {
    boolean isMain() {
      return !path.contains("/src/test/") && !path.startsWith("testing/") && !path.endsWith(".test.ts")
          && !path.endsWith(".test.tsx");
    }

    boolean isJava() {
      return path.endsWith(".java");
    }

    boolean isTypeScript() {
      return path.endsWith(".ts") || path.endsWith(".tsx");
    }

    int lines() {
      return (int) text.lines().count();
    }
  }

  static SourceTree read() {
    Path root = Path.of("..").toAbsolutePath().normalize();
    var files = new ArrayList<SourceFile>();
    try {
      Files.walkFileTree(root, new SimpleFileVisitor<>() {
        @Override
        public FileVisitResult preVisitDirectory(Path dir, BasicFileAttributes attributes) {
          return NOT_OURS.contains(dir.getFileName().toString())
              ? FileVisitResult.SKIP_SUBTREE
              : FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
          String name = file.getFileName().toString();
          if (name.endsWith(".java") || name.endsWith(".ts") || name.endsWith(".tsx") || name.endsWith(".sql")) {
            files.add(new SourceFile(root.relativize(file).toString().replace('\\', '/'), Files.readString(file)));
          }
          return FileVisitResult.CONTINUE;
        }
      });
    } catch (IOException e) {
      throw new UncheckedIOException("the checkout could not be read below " + root, e);
    }
    return new SourceTree(root, files);
  }

  Path root() {
    return root;
  }

  List<SourceFile> files() {
    return files;
  }

  List<SourceFile> java() {
    return files.stream().filter(SourceFile::isJava).toList();
  }

  List<SourceFile> javaMain() {
    return files.stream().filter(f -> f.isJava() && f.isMain()).toList();
  }
}
