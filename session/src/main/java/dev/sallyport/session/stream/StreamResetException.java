package dev.sallyport.session.stream;

/** The stream was ended at once, by a RESET of either side; what was not yet read or sent is gone. */
public final class StreamResetException extends Exception {
  private static final long serialVersionUID = 1L;

  private final int code;
  private final boolean byPeer;

  StreamResetException(int stream, int code, boolean byPeer) {
    super("stream " + stream + " was reset by " + (byPeer ? "the peer" : "this end") + ", code " + code);
    this.code = code;
    this.byPeer = byPeer;
  }

  /** The RESET's code, 0 to 65,535. */
  public int code() {
    return code;
  }

  /** Whether the other end did it. */
  public boolean byPeer() {
    return byPeer;
  }
}
