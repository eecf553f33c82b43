package dev.sallyport.gateway.handshake;

import dev.sallyport.gateway.RefusalReason;

/** A HELLO is refused: unwinds to where the refusal is recorded and answered. */
final class RefusalException extends Exception {
  private static final long serialVersionUID = 1L;

  private final RefusalReason reason;
  private final transient byte[] answer;

  RefusalException(RefusalReason reason, byte[] answer) {
    super(reason.toString(), null, false, false); // an answer, not a fault: nobody reads its stack
    this.reason = reason;
    this.answer = answer;
  }

  RefusalReason reason() {
    return reason;
  }

  byte[] answer() {
    return answer;
  }
}
