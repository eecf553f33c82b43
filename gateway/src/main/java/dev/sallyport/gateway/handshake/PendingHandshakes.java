package dev.sallyport.gateway.handshake;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

import dev.sallyport.protocol.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * The handshakes that wait for CONFIRM, at most one for a static key, and the locks under which one key's affairs are
 * decided. Locks are shared by keys of equal hash: there is a fixed number of them, and who holds one computes or writes, but
 * never waits for a peer.
 */
final class PendingHandshakes {
  private static final int LOCKS = 1_024;

  private final ReentrantLock[] locks = new ReentrantLock[LOCKS];
  private final Map<Bytes, PendingHandshake> byKey = new ConcurrentHashMap<>();

  PendingHandshakes() {
    for (int i = 0; i < LOCKS; i++) {
      locks[i] = new ReentrantLock();
    }
  }

  /** The lock of a static key. */
  ReentrantLock lock(Bytes agentStatic) {
    return locks[Math.floorMod(agentStatic.hashCode(), LOCKS)];
  }

  @Nullable
  PendingHandshake find(Bytes agentStatic) {
    return byKey.get(agentStatic);
  }

  /** Under the key's lock: makes the handshake that pends void (R2, supersede). */
  void supersede(Bytes agentStatic) {
    PendingHandshake old = byKey.remove(agentStatic);
    if (old != null) {
      old.caller().superseded();
    }
  }

  /** Under the key's lock, after {@link #supersede}. */
  void put(PendingHandshake pending) {
    byKey.put(pending.agentStatic(), pending);
  }

  /** Removes this handshake; false if it was not the one that pends. */
  boolean take(PendingHandshake pending) {
    return byKey.remove(pending.agentStatic(), pending);
  }

  int size() {
    return byKey.size();
  }
}
