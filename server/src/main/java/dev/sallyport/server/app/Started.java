package dev.sallyport.server.app;

import java.util.ArrayDeque;

import dev.sallyport.server.audit.AuditLog;
import dev.sallyport.server.store.DatabaseStore;

/** What has come up so far, to be closed again, last first, if the rest does not. */
final class Started implements AutoCloseable {
  private final ArrayDeque<Runnable> closing = new ArrayDeque<>();

  Started(DatabaseStore store) {
    closing.push(store::close);
  }

  /** Adds what came up. */
  AuditLog add(AuditLog log) {
    closing.push(log::close);
    return log;
  }

  /** All is up: somebody else closes it. */
  void keep() {
    closing.clear();
  }

  @Override
  public void close() {
    closing.forEach(Runnable::run);
  }
}
