package dev.sallyport.session.noise;

/** The hash functions of Noise that the JDK has (rev. 34 §12.5, §12.6). */
public enum HashAlgorithm {
  SHA256("SHA256", "SHA-256", "HmacSHA256", 32), SHA512("SHA512", "SHA-512", "HmacSHA512", 64);

  private final String noiseName;
  private final String digestName;
  private final String macName;
  private final int bytes;

  HashAlgorithm(String noiseName, String digestName, String macName, int bytes) {
    this.noiseName = noiseName;
    this.digestName = digestName;
    this.macName = macName;
    this.bytes = bytes;
  }

  String noiseName() {
    return noiseName;
  }

  String digestName() {
    return digestName;
  }

  String macName() {
    return macName;
  }

  int bytes() {
    return bytes;
  }
}
