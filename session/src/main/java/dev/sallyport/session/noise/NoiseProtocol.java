package dev.sallyport.session.noise;

import module java.base;

/**
 * A pattern together with the functions it runs on; its {@link #name()} is hashed first, so that two ends with different
 * ideas never agree.
 */
public record NoiseProtocol(HandshakePattern pattern, Dh dh, AeadAlgorithm aead, HashAlgorithm hash) {

  /** The full name, such as {@code Noise_IKpsk2_25519_ChaChaPoly_SHA256} (rev. 34 §8). */
  public String name() {
    String dhName = pattern.uses(Token.E1) ? "25519+MLKEM768" : "25519";
    return String.join("_", "Noise", pattern.name(), dhName, aead.noiseName(), hash.noiseName());
  }

  byte[] nameBytes() {
    return name().getBytes(StandardCharsets.US_ASCII);
  }
}
