package dev.sallyport.server.library;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import dev.sallyport.protocol.Bytes;
import dev.sallyport.protocol.ProtocolException;
import dev.sallyport.protocol.library.LibraryArchive;
import dev.sallyport.protocol.library.LibraryStatement;
import dev.sallyport.server.site.BundleSource;
import dev.sallyport.server.web.ProblemException;

/**
 * The libraries that came with this server. Who installed the server has trusted them with it, so the server signs them itself; a version that it
 * has already stays as it is.
 */
final class ShippedLibraries {
  private static final Logger LOG = System.getLogger(ShippedLibraries.class.getName());
  private static final String ACCOUNT = "this server";

  private final Libraries libraries;
  private final BundleSource identity;

  ShippedLibraries(Libraries libraries, BundleSource identity) {
    this.libraries = libraries;
    this.identity = identity;
  }

  /** Adds those that are new; one that cannot be used is told in the log, and keeps nobody from starting. */
  void add(Path directory) throws IOException {
    try (Stream<Path> found = Files.list(directory)) {
      List<Path> jars = found.filter(file -> file.toString().endsWith(".jar")).sorted().toList();
      for (Path jar : jars) {
        try {
          addOne(jar);
        } catch (ProtocolException | ProblemException e) {
          LOG.log(Logger.Level.WARNING, "The library {0} is not used: {1}", jar.getFileName(), e.getMessage());
        }
      }
    }
  }

  private void addOne(Path path) throws IOException {
    LibraryStatement statement;
    try (var jar = new JarFile(path)) {
      statement = LibraryStatement.of(LibraryArchive.open(jar).manifest(), jar);
    }
    if (libraries.find(statement.id(), statement.version()).isEmpty()) {
      try (InputStream jar = new BufferedInputStream(Files.newInputStream(path))) {
        libraries.add(Bytes.of(statement.sign(identity.installerKey()).encode()), jar, ACCOUNT);
      }
    }
  }
}
