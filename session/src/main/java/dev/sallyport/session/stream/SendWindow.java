package dev.sallyport.session.stream;

/** Credit the peer has given us and we have not spent. Guarded by the session's lock. */
final class SendWindow {
  private int available;

  SendWindow(int initial) {
    available = initial;
  }

  boolean covers(int bytes) {
    return bytes <= available;
  }

  void spend(int bytes) {
    if (bytes > available) {
      throw new IllegalStateException("spending " + bytes + " of " + available + " bytes of credit");
    }
    available -= bytes;
  }

  /** The peer gives more; more than anybody can count is a violation. */
  void add(int delta) {
    if (delta > Integer.MAX_VALUE - available) {
      throw PeerViolation.flow("more than 2^31-1 bytes of credit");
    }
    available += delta;
  }

  int available() {
    return available;
  }
}
