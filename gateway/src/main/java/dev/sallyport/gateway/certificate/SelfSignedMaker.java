package dev.sallyport.gateway.certificate;

import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;

/**
 * Makes an X.509 certificate (RFC 5280) for a P-256 key, signed by that key. The JDK offers no way to make one, and a
 * library for it is 20 times the size of this.
 */
final class SelfSignedMaker {
  /** Browsers refuse server certificates that are valid for longer than 825 days. */
  static final Duration LIFETIME = Duration.ofDays(820);
  /** Clocks of other machines may lag behind ours. */
  private static final Duration BACKDATED = Duration.ofDays(1);

  private static final int SERIAL_BITS = 127; // positive, and at most 20 bytes
  private static final int KEY_ID_BYTES = 20;
  private static final int DIGITAL_SIGNATURE = 0x80; // the first of nine key usages
  private static final byte[] ECDSA_WITH_SHA256 = Der.sequence(Der.oid(1, 2, 840, 10_045, 4, 3, 2));
  private static final byte[] COMMON_NAME = Der.oid(2, 5, 4, 3);
  private static final byte[] KEY_USAGE = Der.oid(2, 5, 29, 15);
  private static final byte[] ALTERNATIVE_NAMES = Der.oid(2, 5, 29, 17);
  private static final byte[] BASIC_CONSTRAINTS = Der.oid(2, 5, 29, 19);
  private static final byte[] SUBJECT_KEY_ID = Der.oid(2, 5, 29, 14);
  private static final byte[] EXTENDED_KEY_USAGE = Der.oid(2, 5, 29, 37);
  private static final byte[] SERVER_AUTHENTICATION = Der.oid(1, 3, 6, 1, 5, 5, 7, 3, 1);
  private static final int DNS_NAME = 2;
  private static final int IP_ADDRESS = 7;
  private static final int VERSION_3 = 2;

  private final SecureRandom random;

  SelfSignedMaker(SecureRandom random) {
    this.random = random;
  }

  KeyPair newKeys() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"), random);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has P-256", e);
    }
  }

  X509Certificate certificate(KeyPair keys, List<String> names, Instant now) {
    byte[] name = Der.sequence(Der.set(Der.sequence(COMMON_NAME, Der.text("Sallyport"))));
    byte[] validity = Der.sequence(Der.time(now.minus(BACKDATED)), Der.time(now.plus(LIFETIME)));
    byte[] toBeSigned = Der.sequence(Der.explicit(0, Der.integer(BigInteger.valueOf(VERSION_3))),
        Der.integer(new BigInteger(SERIAL_BITS, random).setBit(0)), ECDSA_WITH_SHA256, name, validity, name,
        keys.getPublic().getEncoded(), Der.explicit(3, extensions(keys, names)));
    try {
      Signature signing = Signature.getInstance("SHA256withECDSA");
      signing.initSign(keys.getPrivate(), random);
      signing.update(toBeSigned);
      byte[] der = Der.sequence(toBeSigned, ECDSA_WITH_SHA256, Der.bits(signing.sign()));
      return (X509Certificate) CertificateFactory.getInstance("X.509")
          .generateCertificate(new ByteArrayInputStream(der));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a certificate made here cannot be read", e);
    }
  }

  private static byte[] extensions(KeyPair keys, List<String> names) {
    byte[][] alternatives = names.stream().map(SelfSignedMaker::alternative).toArray(byte[][]::new);
    return Der.sequence(Der.sequence(BASIC_CONSTRAINTS, Der.yes(), Der.octets(Der.sequence())),
        Der.sequence(KEY_USAGE, Der.yes(), Der.octets(Der.flags(DIGITAL_SIGNATURE, 7))),
        Der.sequence(EXTENDED_KEY_USAGE, Der.octets(Der.sequence(SERVER_AUTHENTICATION))),
        Der.sequence(SUBJECT_KEY_ID, Der.octets(Der.octets(keyId(keys)))),
        Der.sequence(ALTERNATIVE_NAMES, Der.octets(Der.sequence(alternatives))));
  }

  private static byte[] alternative(String name) {
    return IpLiteral.bytes(name).map(address -> Der.implicit(IP_ADDRESS, address))
        .orElseGet(() -> Der.implicit(DNS_NAME, name.getBytes(StandardCharsets.US_ASCII)));
  }

  private static byte[] keyId(KeyPair keys) {
    try {
      return Arrays.copyOf(MessageDigest.getInstance("SHA-256").digest(keys.getPublic().getEncoded()), KEY_ID_BYTES);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
