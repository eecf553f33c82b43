package dev.sallyport.gateway.certificate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPairGenerator;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

import dev.sallyport.transport.tls.TestAuthority;
import dev.sallyport.transport.tls.TestIdentity;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.operator.jcajce.JcaContentVerifierProviderBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CertificateSourceTest {
  private final Instant now = Instant.now();

  @TempDir
  private Path folder;

  @Test
  void theFirstStartMakesAKeyAndACertificateThatOnlyTheOwnerCanRead() throws Exception {
    ServerCertificate made = selfSigned("sally.example", "192.0.2.7").load(now);

    assertThat(made.selfSigned()).isTrue();
    assertThat(made.expires()).isBetween(now.plus(Duration.ofDays(819)), now.plus(Duration.ofDays(821)));
    assertThat(made.leaf().getPublicKey().getAlgorithm()).isEqualTo("EC");
    assertThat(names(made.leaf())).contains("sally.example", "192.0.2.7", "localhost", "127.0.0.1", "0:0:0:0:0:0:0:1");
    for (String file : new String[]{"certificate.pem", "certificate-key.pem"}) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("tls").resolve(file))))
          .isEqualTo("rw-------");
    }
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("tls"))))
        .isEqualTo("rwx------");
  }

  @Test
  void theCertificateIsWellFormedInTheEyesOfAnotherLibrary() throws Exception {
    X509Certificate made = selfSigned("sally.example").load(now).leaf();
    X509CertificateHolder read = new X509CertificateHolder(made.getEncoded());

    assertThat(ASN1Primitive.fromByteArray(made.getEncoded()).getEncoded("DER")).isEqualTo(made.getEncoded());
    assertThat(read.isSignatureValid(new JcaContentVerifierProviderBuilder().build(made.getPublicKey()))).isTrue();
    assertThat(read.getSerialNumber().signum()).isPositive();
    GeneralNames names = GeneralNames.fromExtensions(read.getExtensions(),
        org.bouncycastle.asn1.x509.Extension.subjectAlternativeName);
    assertThat(Arrays.stream(names.getNames()).map(GeneralName::getTagNo)).contains(GeneralName.dNSName,
        GeneralName.iPAddress);
    assertThat(made.getBasicConstraints()).as("no authority").isEqualTo(-1);
    assertThat(made.getExtendedKeyUsage()).containsExactly("1.3.6.1.5.5.7.3.1");
    assertThat(made.getKeyUsage()[0]).isTrue();
  }

  @Test
  void laterStartsKeepIt() throws Exception {
    ServerCertificate first = selfSigned("sally.example").load(now);
    ServerCertificate second = selfSigned("sally.example").load(now.plus(Duration.ofDays(700)));

    assertThat(second.leaf()).isEqualTo(first.leaf());
    assertThat(second.key()).isEqualTo(first.key());
  }

  @Test
  void nearItsEndItIsRenewedWithTheSameKeySoThatPinsHold() throws Exception {
    ServerCertificate first = selfSigned("sally.example").load(now);
    ServerCertificate renewed = selfSigned("sally.example").load(now.plus(Duration.ofDays(760)));

    assertThat(renewed.leaf()).isNotEqualTo(first.leaf());
    assertThat(renewed.expires()).isAfter(first.expires());
    assertThat(renewed.pin()).isEqualTo(first.pin());
  }

  @Test
  void aNewNameMakesANewCertificateWithTheSameKey() throws Exception {
    ServerCertificate first = selfSigned("old.example").load(now);
    ServerCertificate renamed = selfSigned("new.example", "2001:db8::1").load(now);

    assertThat(names(renamed.leaf())).contains("new.example", "2001:db8:0:0:0:0:0:1").doesNotContain("old.example");
    assertThat(renamed.pin()).isEqualTo(first.pin());
    assertThat(selfSigned("new.example", "2001:db8::1").load(now).leaf()).isEqualTo(renamed.leaf());
  }

  @Test
  void aCrashBetweenTheTwoFilesIsMendedByTheNextStart() throws Exception {
    selfSigned("sally.example").load(now);
    Files.delete(folder.resolve("tls/certificate-key.pem"));

    assertThat(selfSigned("sally.example").load(now).selfSigned()).isTrue();
  }

  @Test
  void aLostCertificateIsNotReplacedBehindTheBackOfAgentsThatPinnedIt() throws Exception {
    selfSigned("sally.example").load(now);
    Files.delete(folder.resolve("tls/certificate.pem"));

    assertThatThrownBy(() -> selfSigned("sally.example").load(now)).isInstanceOf(IOException.class)
        .hasMessageContaining("is gone").hasMessageContaining("restore it from a backup");
  }

  @Test
  void theOperatorsOwnCertificateIsReadWithItsChain() throws Exception {
    TestIdentity own = new TestAuthority("Some Root").issue("sally.example");

    ServerCertificate read = pem(own, own).load(now);

    assertThat(read.chain()).isEqualTo(own.chain());
    assertThat(read.key()).isEqualTo(own.key());
    assertThat(read.selfSigned()).isFalse();
    assertThat(read.warning(now)).isEmpty();
    assertThat(read.fingerprint()).isEqualTo(own.certificatePin());
    assertThat(read.pin()).isEqualTo(own.keyPin());
  }

  @Test
  void anRsaKeyIsReadToo() throws Exception {
    var rsa = KeyPairGenerator.getInstance("RSA").generateKeyPair();
    Path key = Files.writeString(folder.resolve("rsa.pem"), block("PRIVATE KEY", rsa.getPrivate().getEncoded()));
    Path certificate = write("certificate.pem", new TestAuthority("Root").issue("x"));

    assertThatThrownBy(() -> new CertificateSource.PemFiles(certificate, key).load(now))
        .hasMessageContaining("does not belong to the first certificate");
  }

  @Test
  void missingFilesAreNamed() throws Exception {
    TestIdentity own = new TestAuthority("Root").issue("x");
    Path there = write("there.pem", own);

    assertThatThrownBy(() -> new CertificateSource.PemFiles(folder.resolve("nowhere.pem"), there).load(now))
        .isInstanceOf(IOException.class).hasMessageContaining("nowhere.pem does not exist");
    assertThatThrownBy(() -> new CertificateSource.PemFiles(there, folder.resolve("nokey.pem")).load(now))
        .isInstanceOf(IOException.class).hasMessageContaining("nokey.pem does not exist");
  }

  @Test
  void aKeyOfAnotherCertificateIsRefused() {
    TestAuthority authority = new TestAuthority("Root");

    assertThatThrownBy(() -> pem(authority.issue("x"), authority.issue("x")).load(now)).isInstanceOf(IOException.class)
        .hasMessageContaining("does not belong to the first certificate").hasMessageContaining("made together");
  }

  @Test
  void swappedFilesAreNoticed() throws Exception {
    TestIdentity own = new TestAuthority("Root").issue("x");
    Path certificate = write("certificate.pem", own);
    Path key = writeKey("key.pem", own);

    assertThatThrownBy(() -> new CertificateSource.PemFiles(key, certificate).load(now))
        .hasMessageContaining("was the key's file named instead?");
    assertThatThrownBy(() -> new CertificateSource.PemFiles(certificate, certificate).load(now))
        .hasMessageContaining("was the certificate's file named instead?");
  }

  @Test
  void otherFormsOfKeyComeWithTheCommandThatConvertsThem() throws Exception {
    Path certificate = write("certificate.pem", new TestAuthority("Root").issue("x"));
    for (String label : new String[]{"EC PRIVATE KEY", "RSA PRIVATE KEY", "ENCRYPTED PRIVATE KEY"}) {
      Path key = Files.writeString(folder.resolve("key.pem"), block(label, new byte[]{1, 2, 3}));
      assertThatThrownBy(() -> new CertificateSource.PemFiles(certificate, key).load(now)).hasMessageContaining(label)
          .hasMessageContaining("openssl pkcs8 -topk8 -nocrypt -in " + key);
    }
  }

  @Test
  void damagedFilesAreRefused() throws Exception {
    TestIdentity own = new TestAuthority("Root").issue("x");
    Path certificate = write("certificate.pem", own);
    Path key = writeKey("key.pem", own);
    String pem = Files.readString(certificate);
    for (String damaged : new String[]{"", "hello", pem.substring(0, pem.length() / 2), pem.replace('M', '!'),
        "-----BEGIN CERTIFICATE", block("CERTIFICATE", new byte[]{1, 2, 3}), "\0".repeat(2 << 20)}) {
      Path bad = Files.writeString(folder.resolve("bad.pem"), damaged, StandardCharsets.ISO_8859_1);
      assertThatThrownBy(() -> new CertificateSource.PemFiles(bad, key).load(now)).isInstanceOf(IOException.class)
          .hasMessageContaining("bad.pem");
      assertThatThrownBy(() -> new CertificateSource.PemFiles(certificate, bad).load(now))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("bad.pem");
    }
  }

  @Test
  void datesAreWarnedOfInWords() throws Exception {
    ServerCertificate expired = load(new TestAuthority("Root").issueExpired("x"));
    ServerCertificate early = load(new TestAuthority("Root").issueEarly("x"));
    ServerCertificate good = load(new TestAuthority("Root").issue("x"));

    assertThat(expired.warning(now)).hasValueSatisfying(text -> assertThat(text).contains("expired on", "renew it"));
    assertThat(early.warning(now)).hasValueSatisfying(text -> assertThat(text).contains("valid only from"));
    assertThat(good.warning(good.expires().minus(Duration.ofDays(20))))
        .hasValueSatisfying(text -> assertThat(text).contains("expires on", "renew it before"));
  }

  private ServerCertificate load(TestIdentity identity) throws IOException {
    return pem(identity, identity).load(now);
  }

  private CertificateSource selfSigned(String... names) {
    return new CertificateSource.SelfSigned(folder.resolve("tls"), List.of(names));
  }

  private CertificateSource pem(TestIdentity certificate, TestIdentity key) throws IOException {
    return new CertificateSource.PemFiles(write("certificate.pem", certificate), writeKey("key.pem", key));
  }

  private Path write(String name, TestIdentity identity) throws IOException {
    StringBuilder text = new StringBuilder("Some words before\n");
    for (X509Certificate certificate : identity.chain()) {
      text.append(block("CERTIFICATE", encoded(certificate)));
    }
    return Files.writeString(folder.resolve(name), text);
  }

  private Path writeKey(String name, TestIdentity identity) throws IOException {
    return Files.writeString(folder.resolve(name), block("PRIVATE KEY", identity.key().getEncoded()));
  }

  private static byte[] encoded(X509Certificate certificate) {
    try {
      return certificate.getEncoded();
    } catch (java.security.cert.CertificateEncodingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String block(String label, byte[] der) {
    return "-----BEGIN " + label + "-----\n" + Base64.getMimeEncoder().encodeToString(der) + "\n-----END " + label
        + "-----\n";
  }

  private static List<String> names(X509Certificate certificate) throws Exception {
    return certificate.getSubjectAlternativeNames().stream().map(name -> String.valueOf(name.get(1))).toList();
  }
}
