package dev.sallyport.session.noise;

import module java.base;

/**
 * A pattern together with the functions it runs on; its {@link #name()} is hashed first, so that two ends with different
 * ideas never agree.
 */
public record NoiseProtocol(HandshakePattern pattern, Dh dh, AeadAlgorithm aead, HashAlgorithm hash) {

  /** The full name, such as {@code Noise_IKpsk2_25519_ChaChaPoly_SHA256} (rev. 34 §8). */
  public String name() {
    boolean hybrid = pattern.messages().stream().anyMatch(tokens -> tokens.contains(Token.E1));
    return "Noise_" + pattern.name() + "_25519" + (hybrid ? "+MLKEM768" : "") + "_" + aead.noiseName() + "_"
        + hash.noiseName();
  }

  byte[] nameBytes() {
    return name().getBytes(StandardCharsets.US_ASCII);
  }
}
