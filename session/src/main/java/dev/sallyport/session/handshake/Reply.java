package dev.sallyport.session.handshake;

/** An accepting HELLO_REPLY and what it makes. Nothing of it counts before the agent's CONFIRM. */
public final class Reply {
  private final byte[] message;
  private final SessionKeys keys;
  private final Secret candidate;

  Reply(byte[] message, SessionKeys keys, Secret candidate) {
    this.message = message;
    this.keys = keys;
    this.candidate = candidate;
  }

  /** The whole message itself, not a copy: the kind byte and 1,288 bytes. */
  public byte[] message() {
    return message;
  }

  /** The session's keys, as the server uses them. */
  public SessionKeys keys() {
    return keys;
  }

  /** The next rolling secret. */
  public Secret candidate() {
    return candidate;
  }
}
