package dev.sallyport.session.rolling;

/**
 * An agent's secrets on the server together with what the server forgets in a crash.
 *
 * @param secrets as stored
 * @param pending the handshake that waits for CONFIRM
 */
public record ServerState(ServerSecrets secrets, PendingRoll pending) {

  /** As read from the store, with nothing pending. */
  public static ServerState restored(ServerSecrets secrets) {
    return new ServerState(secrets, PendingRoll.NONE);
  }
}
