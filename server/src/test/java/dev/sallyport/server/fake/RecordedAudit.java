package dev.sallyport.server.fake;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import dev.sallyport.server.audit.Audit;
import dev.sallyport.server.audit.AuditEvent;
import dev.sallyport.server.store.StoreUnavailableException;

/** An audit log in memory, whose disk can be full. */
public final class RecordedAudit implements Audit {
  private final List<AuditEvent> events = new CopyOnWriteArrayList<>();
  private volatile boolean full;

  @Override
  public Pending begin(List<AuditEvent> told) {
    boolean lost = full;
    if (!lost) {
      events.addAll(told);
    }
    return () -> {
      if (lost) {
        throw new StoreUnavailableException("The audit log cannot be written: the disk is full.");
      }
    };
  }

  /** What was told, in its order. */
  public List<AuditEvent> events() {
    return List.copyOf(events);
  }

  /** Lets every event fail from now on, or no more. */
  public void full(boolean isFull) {
    full = isFull;
  }
}
