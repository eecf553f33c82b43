package dev.sallyport.session.stream;

import module java.base;

import org.jspecify.annotations.Nullable;

/**
 * The open streams by number. Numbers rise, so a number that is not here but not above the last one given out belongs to
 * a stream that is closed, and late frames for it are dropped; above it, they are a violation. Guarded by the session's
 * lock.
 */
final class StreamTable {
  /** A table that has held more forgets its memory when it is empty again. */
  private static final int KEPT_CAPACITY = 64;

  private final Role role;
  private final SessionLimits limits;
  private Map<Integer, SessionStream> streams = new HashMap<>(2);
  private int mostAtOnce;
  private int nextOwn;
  private int lastPeer;
  private int openOwn;
  private int openPeer;

  StreamTable(Role role, SessionLimits limits) {
    this.role = role;
    this.limits = limits;
    nextOwn = role.firstStream();
  }

  /** Whether this end may open one more now. */
  boolean hasOwnSlot() {
    return openOwn < limits.openedStreams();
  }

  /** Whether all numbers of this end are used up; only a new session helps. */
  boolean exhausted() {
    return nextOwn < 0;
  }

  /** The number for a stream of ours. */
  int takeNumber() {
    int number = nextOwn;
    nextOwn += 2; // negative once the last number is given out
    return number;
  }

  /** Notes the number of a stream the peer opens. */
  void notePeerNumber(int number) {
    if (!role.peer().opens(number) || number <= lastPeer) {
      throw PeerViolation.protocol("OPEN with number " + number + " after " + lastPeer);
    }
    lastPeer = number;
  }

  /** Whether the peer may have one more open. */
  boolean hasPeerSlot() {
    return openPeer < limits.acceptedStreams();
  }

  boolean contains(SessionStream stream) {
    return streams.get(stream.id()) == stream;
  }

  void add(SessionStream stream) {
    streams.put(stream.id(), stream);
    mostAtOnce = Math.max(mostAtOnce, streams.size());
    if (role.opens(stream.id())) {
      openOwn++;
    } else {
      openPeer++;
    }
  }

  /** The open stream with that number, null if it is closed; a number never given out is a violation. */
  @Nullable
  SessionStream find(int number) {
    SessionStream stream = streams.get(number);
    if (stream == null && (role.opens(number) ? number >= nextOwn && nextOwn > 0 : number > lastPeer)) {
      throw PeerViolation.protocol("stream " + number + " was never opened");
    }
    return stream;
  }

  /** Forgets a stream both sides are done with; false if that was done before. */
  boolean remove(SessionStream stream) {
    if (streams.remove(stream.id()) == null) {
      return false;
    }
    if (role.opens(stream.id())) {
      openOwn--;
    } else {
      openPeer--;
    }
    if (streams.isEmpty() && mostAtOnce > KEPT_CAPACITY) {
      streams = new HashMap<>(2);
      mostAtOnce = 0;
    }
    return true;
  }

  Collection<SessionStream> all() {
    return streams.values();
  }

  int size() {
    return streams.size();
  }
}
