package dev.sallyport.server.library;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.stream.Stream;

import dev.sallyport.protocol.Bytes;
import dev.sallyport.protocol.ProtocolException;
import dev.sallyport.protocol.library.LibraryArchive;
import dev.sallyport.protocol.library.LibraryManifest;
import dev.sallyport.protocol.library.LibraryStatement;

/**
 * The directory of jars. A file is named by the SHA-256 of its bytes, never by a name that somebody chose (incident T14), and is never unpacked.
 */
final class JarFiles {
  private static final String JAR = ".jar";
  private static final String PART = ".part";
  private static final int PIECE_BYTES = 64 << 10;

  private final Path directory;

  JarFiles(Path directory) {
    this.directory = directory;
  }

  /** Makes the directory, and removes what uploads that broke off have left. */
  void open() throws IOException {
    if (!Files.isDirectory(directory)) {
      Files.createDirectories(directory,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.filter(file -> file.toString().endsWith(PART)).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }

  /**
   * Stores a jar as it comes, if it is the one that was signed and whole: every entry is read once.
   *
   * @throws ProtocolException if it is not
   */
  LibraryManifest store(LibraryStatement statement, InputStream jar) throws IOException {
    Path part = Files.createTempFile(directory, "upload", PART,
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    try {
      write(statement, jar, part);
      LibraryManifest manifest = examine(statement, part);
      Files.move(part, path(statement.sha256()), StandardCopyOption.ATOMIC_MOVE);
      try (FileChannel names = FileChannel.open(directory, StandardOpenOption.READ)) {
        names.force(true);
      }
      return manifest;
    } finally {
      Files.deleteIfExists(part);
    }
  }

  private static void write(LibraryStatement statement, InputStream jar, Path part) throws IOException {
    try (FileChannel file = FileChannel.open(part, Set.of(StandardOpenOption.WRITE));
        OutputStream out = Channels.newOutputStream(file)) {
      byte[] piece = new byte[PIECE_BYTES];
      long written = 0;
      for (int count = jar.read(piece); count >= 0; count = jar.read(piece)) {
        written += count;
        if (written > statement.bytes()) {
          throw new ProtocolException("the jar is longer than its signature says");
        }
        out.write(piece, 0, count);
      }
      file.force(true);
    }
  }

  private static LibraryManifest examine(LibraryStatement statement, Path part) throws IOException {
    try (var jar = new JarFile(part)) {
      statement.requireSame(jar);
      LibraryArchive archive = LibraryArchive.open(jar);
      LibraryManifest manifest = statement.requireSame(archive.manifest());
      for (String name : archive.names()) {
        if (archive.read(name).isEmpty()) {
          throw new ProtocolException("the jar lacks an entry of its own");
        }
      }
      return manifest;
    }
  }

  /** Where a jar lies; a block of it is read from there whenever it is sent, and nothing is kept in memory. */
  Path path(Bytes jar) {
    return directory.resolve(jar.hex() + JAR);
  }
}
