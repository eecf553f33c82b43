package dev.sallyport.server.audit;

import java.util.List;

import dev.sallyport.server.store.StoreUnavailableException;

/** Where features tell what happened. What is told cannot be taken back. */
public interface Audit {
  /** An event that is on its way to the disk. */
  interface Pending {
    /**
     * Returns when it is on the disk; of several, all.
     *
     * @throws StoreUnavailableException if it is not; what the event tells of must not happen then
     */
    void await();
  }

  /**
   * Begins to write events, in this order and with no other between them. To be called beside the commit of what they tell of, so that
   * both reach the disk at the same time; whoever acknowledges awaits both.
   *
   * @throws StoreUnavailableException if too many wait, or the server is going away
   */
  Pending begin(List<AuditEvent> events);

  /**
   * Writes an event and waits until it is on the disk.
   *
   * @throws StoreUnavailableException if it cannot be written
   */
  default void record(AuditEvent event) {
    begin(List.of(event)).await();
  }
}
