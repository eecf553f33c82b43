package dev.sallyport.session.noise;

import module java.base;

/** Hands a {@link RandomSource} to JDK classes that ask for a {@link SecureRandom}. */
final class SourceRandom extends SecureRandom {
  private static final long serialVersionUID = 1L;

  private final transient RandomSource source;

  SourceRandom(RandomSource source) {
    super(null, null);
    this.source = source;
  }

  @Override
  public void nextBytes(byte[] bytes) {
    source.fill(bytes);
  }

  @Override
  public String getAlgorithm() {
    return "injected";
  }
}
