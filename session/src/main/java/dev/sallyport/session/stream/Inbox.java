package dev.sallyport.session.stream;

import module java.base;

import dev.sallyport.protocol.frame.Frame;
import org.jspecify.annotations.Nullable;

/** What has come in a stream and was not read yet. Guarded by the session's lock. */
final class Inbox {
  private final ReceiveWindow window;
  private final ArrayDeque<byte[]> bodies = new ArrayDeque<>(1);
  private boolean finished;

  Inbox(int credit) {
    window = new ReceiveWindow(credit);
  }

  /** Takes a frame in; false if it has nothing to read, so that its bytes are dealt with already. */
  boolean add(Frame.Data data) {
    if (finished) {
      throw PeerViolation.protocol("DATA after FIN in stream " + data.stream());
    }
    window.take(data.size());
    finished = data.fin();
    if (finished && data.body().length == 0) {
      return false;
    }
    bodies.add(data.body());
    return true;
  }

  byte @Nullable [] poll() {
    return bodies.poll();
  }

  boolean isEmpty() {
    return bodies.isEmpty();
  }

  /** The peer has said its last; there may be something left to read. */
  boolean finished() {
    return finished;
  }

  /** Credit to give back to this stream's sender now that so many bytes are read: none after its FIN. */
  int consume(int bytes) {
    return finished ? 0 : window.consume(bytes);
  }

  /** Forgets what was not read; returns the bytes of credit it held. */
  int discard() {
    int held = 0;
    for (byte[] body : bodies) {
      held += Frame.HEADER_BYTES + body.length;
    }
    bodies.clear();
    return held;
  }
}
