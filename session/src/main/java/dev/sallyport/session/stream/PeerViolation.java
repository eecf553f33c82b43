package dev.sallyport.session.stream;

import dev.sallyport.protocol.frame.GoAwayCode;

/** Authentic bytes that say something forbidden: the session ends with the given GOAWAY. Never leaves the package. */
final class PeerViolation extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final GoAwayCode code;

  private PeerViolation(GoAwayCode code, String message) {
    super(message, null, false, false);
    this.code = code;
  }

  static PeerViolation protocol(String message) {
    return new PeerViolation(GoAwayCode.PROTOCOL, message);
  }

  static PeerViolation flow(String message) {
    return new PeerViolation(GoAwayCode.FLOW, message);
  }

  GoAwayCode code() {
    return code;
  }
}
