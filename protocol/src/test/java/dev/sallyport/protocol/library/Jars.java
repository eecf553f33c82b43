package dev.sallyport.protocol.library;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.LocalDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

import dev.sallyport.protocol.Bytes;
import dev.sallyport.protocol.enrol.Ed25519;
import dev.sallyport.protocol.operation.ActionClass;
import dev.sallyport.protocol.operation.Platform;

/** Jars and keys for tests. */
final class Jars {
  private Jars() {
  }

  static LibraryManifest manifest(String version) {
    return new LibraryManifest("greeter", LibraryVersion.of(version), "Greets people.", Isolation.AGENT,
        new LibraryCode.Main("example.Greeter"),
        List.of(new LibraryFunction("greet", "Greets somebody.",
            List.of(new LibraryParameter("who", ValueType.TEXT), new LibraryParameter("times", ValueType.INT)),
            ValueType.TEXT, false, "")),
        Set.of(Platform.LINUX), Set.of(ActionClass.READ));
  }

  static Bytes jar(String version) throws IOException {
    var entries = new LinkedHashMap<String, byte[]>();
    entries.put(LibraryManifest.ENTRY, manifest(version).toJson().bytes());
    entries.put("example/Greeter.class", new byte[3000]);
    return zip(entries);
  }

  static Bytes zip(Map<String, byte[]> entries) throws IOException {
    var out = new ByteArrayOutputStream();
    try (var zip = new ZipOutputStream(out)) {
      for (var entry : entries.entrySet()) {
        var named = new ZipEntry(entry.getKey());
        named.setTimeLocal(LocalDateTime.of(2026, 1, 1, 0, 0)); // what is made twice is the same
        zip.putNextEntry(named);
        zip.write(entry.getValue());
        zip.closeEntry();
      }
    }
    return Bytes.of(out.toByteArray());
  }

  static KeyPair key() throws GeneralSecurityException {
    return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
  }

  static Bytes raw(KeyPair key) {
    return Ed25519.raw(key.getPublic());
  }
}
