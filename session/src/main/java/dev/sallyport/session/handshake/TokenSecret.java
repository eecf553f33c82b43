package dev.sallyport.session.handshake;

/** From an enrolment token to the secret that its one handshake proves. */
public final class TokenSecret {

  private TokenSecret() {
  }

  /**
   * Derives {@code P_tok} from the 32 random bytes in the installation bundle. Both ends use only the result, and the
   * server stores only the result.
   *
   * @throws IllegalArgumentException if the token's secret is not 32 bytes
   */
  public static Secret derive(byte[] tokenSecret) {
    if (tokenSecret.length != Slp.SECRET_BYTES) {
      throw new IllegalArgumentException("a token's secret has 32 bytes, not " + tokenSecret.length);
    }
    return KeySchedule.token(tokenSecret);
  }
}
