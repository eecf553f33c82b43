package dev.sallyport.session.stream;

/**
 * Credit we have given the peer. Of a fixed size, {@code remaining} may still come, {@code unreturned} was consumed here
 * but not yet given back, the rest lies unread. Credit goes back as soon as the consumed part is as large as what the
 * peer has left: in halves while everything is read at once, in smaller pieces when slow readers hold the rest, so that
 * waiting for a large piece never starves the reader that is left. Guarded by the session's lock.
 */
final class ReceiveWindow {
  private final int size;
  private int remaining;
  private int unreturned;

  ReceiveWindow(int size) {
    this.size = size;
    this.remaining = size;
  }

  /** The peer sent so many bytes; without credit that is a violation. */
  void take(int bytes) {
    if (bytes > remaining) {
      throw PeerViolation.flow(bytes + " bytes sent with " + remaining + " bytes of credit");
    }
    remaining -= bytes;
  }

  /** So many bytes are dealt with; returns the credit to give back now, mostly 0. */
  int consume(int bytes) {
    unreturned += bytes;
    if (unreturned + remaining > size) {
      throw new IllegalStateException("consumed more than was received");
    }
    if (unreturned < remaining) {
      return 0;
    }
    int grant = unreturned;
    remaining += grant;
    unreturned = 0;
    return grant;
  }

  int remaining() {
    return remaining;
  }
}
