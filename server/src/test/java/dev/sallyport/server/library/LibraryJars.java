package dev.sallyport.server.library;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.security.KeyPair;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Set;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

import dev.sallyport.protocol.Bytes;
import dev.sallyport.protocol.library.ArchiveSource;
import dev.sallyport.protocol.library.Isolation;
import dev.sallyport.protocol.library.LibraryCode;
import dev.sallyport.protocol.library.LibraryFunction;
import dev.sallyport.protocol.library.LibraryManifest;
import dev.sallyport.protocol.library.LibraryParameter;
import dev.sallyport.protocol.library.LibraryStatement;
import dev.sallyport.protocol.library.LibraryVersion;
import dev.sallyport.protocol.library.ValueType;
import dev.sallyport.protocol.operation.ActionClass;
import dev.sallyport.protocol.operation.Platform;

/** Jars of libraries whose code nobody runs. */
public final class LibraryJars {
  private LibraryJars() {
  }

  static LibraryManifest manifest(String version) {
    return new LibraryManifest("greeter", LibraryVersion.of(version), "Greets people.", Isolation.AGENT,
        new LibraryCode.Main("example.Greeter"),
        List.of(new LibraryFunction("greet", "Greets somebody.", List.of(new LibraryParameter("who", ValueType.TEXT)),
            ValueType.TEXT, false, "")),
        Set.of(Platform.LINUX), Set.of(ActionClass.READ));
  }

  /** A jar of at least so many bytes. */
  public static Bytes jar(String version, int bytes) throws IOException {
    var out = new ByteArrayOutputStream();
    try (var zip = new ZipOutputStream(out)) {
      zip.putNextEntry(entry(LibraryManifest.ENTRY));
      zip.write(manifest(version).toJson().bytes());
      zip.closeEntry();
      byte[] content = new byte[bytes];
      ZipEntry stored = entry("content");
      stored.setMethod(ZipEntry.STORED);
      stored.setSize(bytes);
      var crc = new CRC32();
      crc.update(content);
      stored.setCrc(crc.getValue());
      zip.putNextEntry(stored);
      zip.write(content);
      zip.closeEntry();
    }
    return Bytes.of(out.toByteArray());
  }

  /** What is signed about a jar. */
  public static Bytes sign(String version, Bytes jar, KeyPair key) throws IOException {
    return Bytes.of(LibraryStatement.of(manifest(version), ArchiveSource.of(jar)).sign(key).encode());
  }

  /** Of one time, so that what is made twice is the same. */
  private static ZipEntry entry(String name) {
    var entry = new ZipEntry(name);
    entry.setTimeLocal(LocalDateTime.of(2026, 1, 1, 0, 0));
    return entry;
  }
}
