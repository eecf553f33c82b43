package dev.sallyport.acceptance.scene;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A company's authority, and a certificate that it made for somebody else's name. */
record Certificates(Path authority, String keyStore) {
  static Certificates of(Place place, String authority, String name) throws IOException {
    Path folder = place.folder();
    String key = folder + "/authority.key";
    String certificate = folder + "/authority.pem";
    Command.run("openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout",
        key, "-out",
        certificate, "-days", "2", "-subj", "/CN=" + authority);
    Command.run("openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout",
        folder + "/leaf.key",
        "-out", folder + "/leaf.pem", "-days", "2", "-subj", "/CN=" + name, "-addext", "subjectAltName=DNS:" + name,
        "-CA", certificate,
        "-CAkey", key, "-addext", "basicConstraints=critical,CA:FALSE");
    String store = folder + "/leaf.p12";
    Command.run("openssl", "pkcs12", "-export", "-inkey", folder + "/leaf.key", "-in", folder + "/leaf.pem", "-out",
        store, "-passout",
        "pass:scene");
    return new Certificates(Path.of(certificate), store);
  }

  /** The computer's administrator believes the company. */
  void believedBy(Place computer) throws IOException {
    computer.file("/etc/ssl/certs/ca-certificates.crt", Files.readString(authority));
  }
}
