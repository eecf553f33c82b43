package dev.sallyport.server.audit;

import java.util.List;
import java.util.concurrent.CountDownLatch;

import dev.sallyport.server.store.StoreUnavailableException;

/** Events on their way, and whoever waits for them. */
final class Ticket implements Audit.Pending {
  private final List<AuditEvent> events;
  private final CountDownLatch written = new CountDownLatch(1);
  private volatile String failure = "";

  Ticket(List<AuditEvent> events) {
    this.events = List.copyOf(events);
  }

  List<AuditEvent> events() {
    return events;
  }

  void succeed() {
    written.countDown();
  }

  void fail(String why) {
    failure = why;
    written.countDown();
  }

  @Override
  public void await() {
    try {
      written.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoreUnavailableException("The request was given up while it waited for the audit log.", e);
    }
    if (!failure.isEmpty()) {
      throw new StoreUnavailableException(failure);
    }
  }
}
