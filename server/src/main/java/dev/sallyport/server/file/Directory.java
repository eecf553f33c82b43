package dev.sallyport.server.file;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

import dev.sallyport.protocol.Bytes;
import dev.sallyport.protocol.operation.InputDigest;

/**
 * Where the store's files lie. A content is named by its SHA-256 and one that is still coming by that of its key, so that no name that somebody
 * chose gets into a path (incident T14).
 */
final class Directory {
  private static final String PART = ".part";
  private static final String MARKS = ".blocks";

  private final Path path;

  Directory(Path path) {
    this.path = path;
  }

  /** Makes it, for the server's account alone. */
  void make() throws IOException {
    if (!Files.isDirectory(path)) {
      Files.createDirectories(path,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }
  }

  Path path() {
    return path;
  }

  Path content(Bytes sha256) {
    return path.resolve(sha256.hex());
  }

  Path part(String key) {
    return path.resolve(InputDigest.of(Bytes.ofUtf8(key)).sha256().hex() + PART);
  }

  static Path marksOf(Path file) {
    return file.resolveSibling(file.getFileName() + MARKS);
  }

  /** Makes names durable. */
  void sync() throws IOException {
    try (FileChannel names = FileChannel.open(path, StandardOpenOption.READ)) {
      names.force(true);
    }
  }

  /** Bytes of all files. */
  long used() throws IOException {
    long used = 0;
    for (Path file : files()) {
      used += size(file);
    }
    return used;
  }

  /** Files that are still coming and have not grown since. */
  List<Path> idleParts(Instant since) throws IOException {
    return files().stream().filter(file -> file.toString().endsWith(PART) && isOlder(file, since)).toList();
  }

  /** Contents, by their digests in hexadecimal. */
  List<Path> contents() throws IOException {
    return files().stream().filter(file -> !file.getFileName().toString().contains(".")).toList();
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(path)) {
      return files.filter(file -> !file.toString().endsWith(MARKS)).toList();
    }
  }

  /** Deletes a file and what lies beside it; the bytes that are free then. */
  long delete(Path file) throws IOException {
    long bytes = size(file);
    Files.deleteIfExists(file);
    Files.deleteIfExists(marksOf(file));
    return bytes;
  }

  private static long size(Path file) throws IOException {
    try {
      return Files.size(file);
    } catch (NoSuchFileException e) {
      return 0;
    }
  }

  private static boolean isOlder(Path file, Instant since) {
    try {
      return Files.getLastModifiedTime(file).toInstant().isBefore(since);
    } catch (IOException e) {
      // It went away meanwhile, or cannot be told: nothing to delete now.
      return false;
    }
  }
}
