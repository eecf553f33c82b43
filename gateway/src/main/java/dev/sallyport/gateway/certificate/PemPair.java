package dev.sallyport.gateway.certificate;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Reads a certificate and its key from two PEM files, and proves that they belong together. */
final class PemPair {
  private static final String CERTIFICATE = "CERTIFICATE";
  private static final String PRIVATE_KEY = "PRIVATE KEY";
  private static final List<String> KEY_ALGORITHMS = List.of("EC", "RSA");
  private static final byte[] PROBE = {'s', 'a', 'l', 'l', 'y', 'p', 'o', 'r', 't'};

  private PemPair() {
  }

  static ServerCertificate read(Path certificateFile, Path keyFile) throws IOException {
    List<X509Certificate> chain = certificates(certificateFile);
    PrivateKey key = key(keyFile);
    if (!belongTogether(key, chain.getFirst().getPublicKey())) {
      throw new IOException("the key " + keyFile + " does not belong to the first certificate in " + certificateFile
          + "; name the pair that was made together, the server's own certificate first in its file");
    }
    return new ServerCertificate(key, chain);
  }

  private static List<X509Certificate> certificates(Path file) throws IOException {
    List<X509Certificate> chain = new ArrayList<>();
    for (Pem.Block block : Pem.read(file, "certificate file")) {
      if (block.label().equals(CERTIFICATE)) {
        try {
          chain.add((X509Certificate) CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(block.der())));
        } catch (CertificateException e) {
          throw new IOException("certificate " + (chain.size() + 1) + " in " + file + " is damaged: " + e.getMessage(),
              e);
        }
      }
    }
    if (chain.isEmpty()) {
      throw new IOException(
          "certificate file " + file + " has no block " + CERTIFICATE + "; was the key's file named instead?");
    }
    return chain;
  }

  private static PrivateKey key(Path file) throws IOException {
    for (Pem.Block block : Pem.read(file, "key file")) {
      if (block.label().equals(PRIVATE_KEY)) {
        try {
          return parse(block.der(), file);
        } finally {
          Arrays.fill(block.der(), (byte) 0);
        }
      }
      if (block.label().endsWith(PRIVATE_KEY)) {
        throw new IOException(
            "key file " + file + " holds a key of the form \"" + block.label() + "\"; convert it with:"
                + " openssl pkcs8 -topk8 -nocrypt -in " + file + " -out key.pem");
      }
    }
    throw new IOException(
        "key file " + file + " has no block " + PRIVATE_KEY + "; was the certificate's file named instead?");
  }

  private static PrivateKey parse(byte[] pkcs8, Path file) throws IOException {
    for (String algorithm : KEY_ALGORITHMS) {
      Optional<PrivateKey> key = parse(pkcs8, algorithm);
      if (key.isPresent()) {
        return key.get();
      }
    }
    throw new IOException("key file " + file + " holds no EC or RSA key; make one of these");
  }

  private static Optional<PrivateKey> parse(byte[] pkcs8, String algorithm) {
    try {
      return Optional.of(KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(pkcs8)));
    } catch (InvalidKeySpecException e) {
      return Optional.empty();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has " + algorithm, e);
    }
  }

  /** Compares by use: what the one signs, the other verifies. */
  private static boolean belongTogether(PrivateKey key, PublicKey publicKey) throws IOException {
    if (!key.getAlgorithm().equals(publicKey.getAlgorithm())) {
      return false;
    }
    try {
      String algorithm = key.getAlgorithm().equals("EC") ? "SHA256withECDSA" : "SHA256withRSA";
      Signature signing = Signature.getInstance(algorithm);
      signing.initSign(key);
      signing.update(PROBE);
      byte[] signature = signing.sign();
      Signature verifying = Signature.getInstance(algorithm);
      verifying.initVerify(publicKey);
      verifying.update(PROBE);
      return verifying.verify(signature);
    } catch (GeneralSecurityException e) {
      throw new IOException("the certificate's key cannot be used: " + e.getMessage(), e);
    }
  }
}
