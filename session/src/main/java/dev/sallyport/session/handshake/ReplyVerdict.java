package dev.sallyport.session.handshake;

/** What a genuine HELLO_REPLY says. A forged one never becomes a verdict. */
public sealed interface ReplyVerdict {

  /**
   * There is a session, as soon as the next secret is stored and CONFIRM is sent.
   *
   * @param keys of the session
   * @param candidate the next rolling secret; stored before CONFIRM is sent
   * @param matchedIndex which of the offered secrets the server shares, 0 is the newest
   * @param payload the server's terms
   */
  record Accepted(SessionKeys keys, Secret candidate, int matchedIndex, ReplyPayload payload) implements ReplyVerdict {}

  /** There is none; the server's reason is authenticated. */
  record Rejected(Status status, ReplyPayload payload) implements ReplyVerdict {}
}
