package dev.sallyport.session.noise;

import module java.base;

/** Where fresh key material comes from; injected, so that known-answer tests can fix it. */
@FunctionalInterface
public interface RandomSource {

  /** Fills the whole array with unpredictable bytes. */
  void fill(byte[] bytes);

  /** The platform's cryptographic generator. Safe for use by many threads. */
  static RandomSource secure() {
    return PlatformRandom.INSTANCE;
  }
}
