package dev.sallyport.transport.tls;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;

import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** A certificate authority that lives for one test, and the certificates it gives out. */
public final class TestAuthority {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final Duration YEAR = Duration.ofDays(365);

  private final X500Name name;
  private final KeyPair keys;
  private final X509Certificate root;

  /** Makes an authority of this name. */
  public TestAuthority(String commonName) {
    this.name = new X500Name("CN=" + commonName);
    this.keys = newKeys();
    Instant now = Instant.now();
    this.root = certificate(name, name, keys, keys, now.minus(YEAR.multipliedBy(2)), now.plus(YEAR), List.of(), true);
  }

  /** The authority's own certificate. */
  public X509Certificate root() {
    return root;
  }

  /** A certificate for these DNS names and addresses, valid now. */
  public TestIdentity issue(String... names) {
    Instant now = Instant.now();
    return issue(now.minus(YEAR), now.plus(YEAR), names);
  }

  /** A certificate that was valid until yesterday. */
  public TestIdentity issueExpired(String... names) {
    Instant now = Instant.now();
    return issue(now.minus(YEAR), now.minus(Duration.ofDays(1)), names);
  }

  /** A certificate that becomes valid tomorrow. */
  public TestIdentity issueEarly(String... names) {
    Instant now = Instant.now();
    return issue(now.plus(Duration.ofDays(1)), now.plus(YEAR), names);
  }

  /** A certificate for these names that is signed by its own key. */
  public static TestIdentity selfSigned(String... names) {
    return selfSigned(newKeys(), names);
  }

  /** Another self-signed certificate with the same key, as after a renewal. */
  public static TestIdentity renewed(TestIdentity before, String... names) {
    return selfSigned(new KeyPair(before.certificate().getPublicKey(), before.key()), names);
  }

  private static TestIdentity selfSigned(KeyPair keys, String... names) {
    X500Name self = new X500Name("CN=self");
    Instant now = Instant.now();
    return new TestIdentity(keys.getPrivate(),
        List.of(certificate(self, self, keys, keys, now.minus(YEAR), now.plus(YEAR), List.of(names), false)));
  }

  private TestIdentity issue(Instant from, Instant to, String... names) {
    KeyPair leaf = newKeys();
    X509Certificate certificate = certificate(name, new X500Name("CN=leaf"), keys, leaf, from, to, List.of(names),
        false);
    return new TestIdentity(leaf.getPrivate(), List.of(certificate, root));
  }

  private static KeyPair newKeys() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  @SuppressWarnings("JavaUtilDate") // the builder wants dates
  private static X509Certificate certificate(X500Name issuer, X500Name subject, KeyPair issuerKeys, KeyPair keys,
      Instant from, Instant to, List<String> names, boolean authority) {
    X509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(issuer, new BigInteger(120, RANDOM),
        Date.from(from), Date.from(to), subject, keys.getPublic());
    try {
      builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(authority));
      if (!names.isEmpty()) {
        builder.addExtension(Extension.subjectAlternativeName, false, alternativeNames(names));
      }
      byte[] der = builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(issuerKeys.getPrivate()))
          .getEncoded();
      return (X509Certificate) CertificateFactory.getInstance("X.509")
          .generateCertificate(new java.io.ByteArrayInputStream(der));
    } catch (CertIOException | OperatorCreationException | GeneralSecurityException e) {
      throw new IllegalStateException(e);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static GeneralNames alternativeNames(List<String> names) {
    return new GeneralNames(names.stream().map(name -> new GeneralName(
        name.matches("[0-9.]+|.*:.*") ? GeneralName.iPAddress : GeneralName.dNSName, name))
        .toArray(GeneralName[]::new));
  }
}
