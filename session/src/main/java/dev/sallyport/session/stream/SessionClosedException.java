package dev.sallyport.session.stream;

/** The session that a call needed is over. Whatever it carried is journalled elsewhere; a new session may carry on. */
public final class SessionClosedException extends Exception {
  private static final long serialVersionUID = 1L;

  /** Why a session is over. */
  public enum Reason {
    /** The host closed it, or lost the transport under it. */
    CLOSED,
    /** This end sent a GOAWAY that does not drain. */
    SENT_AWAY,
    /** The peer sent a GOAWAY that does not drain. */
    PEER_GONE,
    /** One end announced its shutdown and every stream has come to its end. */
    DRAINED,
    /** The peer broke the protocol or overran its credit; the message says how. */
    PEER_VIOLATION,
    /** The peer was not heard for too long. */
    PEER_SILENT
  }

  private final Reason reason;

  /** A reason and a sentence for people. */
  public SessionClosedException(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  private SessionClosedException(SessionClosedException first) {
    super(first.getMessage(), first);
    this.reason = first.reason;
  }

  /** Why the session is over. */
  public Reason reason() {
    return reason;
  }

  /** The same, with the stack of the thread that meets it now. */
  SessionClosedException again() {
    return new SessionClosedException(this);
  }
}
