package dev.sallyport.gateway.arrival;

/** What arrives: a connection, or what takes the place of one. Methods are called by any thread and do not block. */
public interface Arriving {
  /** Whether it has not ended. */
  boolean isOpen();

  /** Ends it; what was written before and not sent is lost. */
  void close();
}
