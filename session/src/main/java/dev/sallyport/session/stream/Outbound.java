package dev.sallyport.session.stream;

/** How a session tells its host that {@link Session#nextMessage} has something to send. */
@FunctionalInterface
public interface Outbound {
  /**
   * There is something to send. Called once, from any thread, and not again until {@link Session#nextMessage} has said
   * that there is nothing left. Must not block and must not call the session; typically it wakes the writer.
   */
  void wake();
}
