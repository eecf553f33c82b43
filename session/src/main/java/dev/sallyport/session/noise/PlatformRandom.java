package dev.sallyport.session.noise;

import module java.base;

/** The platform's generator; one for all, for it is seeded once. */
final class PlatformRandom implements RandomSource {
  static final PlatformRandom INSTANCE = new PlatformRandom();

  private final SecureRandom random = new SecureRandom();

  private PlatformRandom() {
  }

  @Override
  public void fill(byte[] bytes) {
    random.nextBytes(bytes);
  }
}
