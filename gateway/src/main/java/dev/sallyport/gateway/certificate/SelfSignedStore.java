package dev.sallyport.gateway.certificate;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The self-made certificate on disk. The key is made once and stays; the certificate is made anew when it nears its end or
 * lacks a name, so a pin of the key outlives both.
 */
final class SelfSignedStore {
  static final String CERTIFICATE_FILE = "certificate.pem";
  static final String KEY_FILE = "certificate-key.pem";
  /** How long before its end the certificate is renewed. */
  static final Duration RENEWAL = Duration.ofDays(90);

  private static final List<String> LOCAL_NAMES = List.of("localhost", "127.0.0.1", "0:0:0:0:0:0:0:1");
  private static final Set<PosixFilePermission> PRIVATE = PosixFilePermissions.fromString("rw-------");
  private static final Set<PosixFilePermission> PRIVATE_DIRECTORY = PosixFilePermissions.fromString("rwx------");

  private final Path directory;
  private final List<String> names;
  private final SelfSignedMaker maker = new SelfSignedMaker(new SecureRandom());

  SelfSignedStore(Path directory, List<String> names) {
    this.directory = directory;
    Set<String> all = new LinkedHashSet<>(names);
    all.addAll(LOCAL_NAMES);
    this.names = List.copyOf(all);
  }

  ServerCertificate load(Instant now) throws IOException {
    Path certificateFile = directory.resolve(CERTIFICATE_FILE);
    Path keyFile = directory.resolve(KEY_FILE);
    if (!Files.exists(keyFile)) {
      Files.createDirectories(directory, owner(directory, PRIVATE_DIRECTORY));
      KeyPair keys = maker.newKeys();
      ServerCertificate made = certify(keys, now); // before the key: a crash between must not look like a lost certificate
      replace(KEY_FILE, Pem.write("PRIVATE KEY", keys.getPrivate().getEncoded()));
      return made;
    }
    if (!Files.exists(certificateFile)) {
      throw new IOException(certificateFile + " is gone, though its key is there; restore it from a backup, or delete "
          + keyFile + " too to have both made anew (agents that pinned the old one must then enrol again)");
    }
    ServerCertificate found = PemPair.read(certificateFile, keyFile);
    boolean aging = now.isAfter(found.expires().minus(RENEWAL));
    return aging || !fits(found.leaf()) ? certify(new KeyPair(found.leaf().getPublicKey(), found.key()), now) : found;
  }

  private ServerCertificate certify(KeyPair keys, Instant now) throws IOException {
    X509Certificate certificate = maker.certificate(keys, names, now);
    try {
      replace(CERTIFICATE_FILE, Pem.write("CERTIFICATE", certificate.getEncoded()));
    } catch (CertificateEncodingException e) {
      throw new IllegalStateException("a parsed certificate has its bytes", e);
    }
    return new ServerCertificate(keys.getPrivate(), List.of(certificate));
  }

  private boolean fits(X509Certificate certificate) {
    Set<String> present = new HashSet<>();
    try {
      Collection<List<?>> alternatives = certificate.getSubjectAlternativeNames();
      for (List<?> alternative : alternatives == null ? List.<List<?>>of() : alternatives) {
        present.add(String.valueOf(alternative.get(1)));
      }
    } catch (CertificateParsingException e) {
      return false;
    }
    return present.containsAll(names.stream().map(SelfSignedStore::asListed).toList());
  }

  /** How the JDK spells an address when it lists a certificate's names. */
  private static String asListed(String name) {
    return IpLiteral.text(name).orElse(name);
  }

  private void replace(String name, String content) throws IOException {
    Path part = directory.resolve(name + ".part");
    Files.deleteIfExists(part);
    Set<StandardOpenOption> fresh = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    try (FileChannel channel = FileChannel.open(part, fresh, owner(directory, PRIVATE))) {
      ByteBuffer bytes = ByteBuffer.wrap(content.getBytes(StandardCharsets.US_ASCII));
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
    Files.move(part, directory.resolve(name), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private static FileAttribute<?>[] owner(Path path, Set<PosixFilePermission> permissions) {
    boolean posix = path.getFileSystem().supportedFileAttributeViews().contains("posix");
    return posix ? new FileAttribute<?>[]{PosixFilePermissions.asFileAttribute(permissions)} : new FileAttribute<?>[0];
  }
}
