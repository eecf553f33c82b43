package dev.sallyport.cli.library;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import dev.sallyport.protocol.Bytes;
import dev.sallyport.protocol.ProtocolException;
import dev.sallyport.protocol.library.ArchiveSource;
import dev.sallyport.protocol.library.LibraryArchive;
import dev.sallyport.protocol.library.LibraryCode;
import dev.sallyport.protocol.library.LibraryManifest;
import dev.sallyport.protocol.library.LibraryStatement;

/** Jars of libraries and the files beside them that hold their signatures. */
final class Jars {
  private Jars() {
  }

  /** Where a jar's signature lies. */
  static Path signature(Path jar) {
    return jar.resolveSibling(jar.getFileName() + ".sig");
  }

  static byte[] read(Path jar) throws IOException {
    if (!Files.isRegularFile(jar)) {
      throw new IllegalArgumentException("there is no file " + jar);
    }
    if (Files.size(jar) > LibraryStatement.MAX_JAR_BYTES) {
      throw new IllegalArgumentException(jar + " is larger than a library may be (" + LibraryStatement.MAX_JAR_BYTES
          + " bytes)");
    }
    return Files.readAllBytes(jar);
  }

  /** What there is to sign about a jar; refuses one that no agent would take. */
  static LibraryStatement statement(Path jar) throws IOException {
    var source = ArchiveSource.of(Bytes.of(read(jar)));
    try {
      LibraryArchive archive = LibraryArchive.open(source);
      LibraryManifest manifest = archive.manifest();
      requireCode(archive, manifest);
      return LibraryStatement.of(manifest, source);
    } catch (ProtocolException e) {
      throw new IllegalArgumentException(jar + " is no library: " + e.getMessage(), e);
    }
  }

  private static void requireCode(LibraryArchive archive, LibraryManifest manifest) {
    switch (manifest.code()) {
      case LibraryCode.Main(String main) -> requireEntry(archive, main.replace('.', '/') + ".class");
      case LibraryCode.Objects objects -> objects.files().values().forEach(entry -> requireEntry(archive, entry));
      case LibraryCode.SystemObject _ -> {
      }
    }
  }

  private static void requireEntry(LibraryArchive archive, String entry) {
    if (!archive.names().contains(entry)) {
      throw new ProtocolException("its manifest names " + entry + ", which is not in it");
    }
  }
}
