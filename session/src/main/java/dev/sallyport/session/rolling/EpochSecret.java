package dev.sallyport.session.rolling;

import dev.sallyport.session.handshake.Secret;

/**
 * A secret with its number in the server's count.
 *
 * @param epoch 0 for the one made at enrolment, then one more with every commit
 */
public record EpochSecret(long epoch, Secret secret) {

  public EpochSecret {
    if (epoch < 0) {
      throw new IllegalArgumentException("epochs begin at 0");
    }
  }
}
