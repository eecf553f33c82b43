package dev.sallyport.server.access;

/** Answers, long after an order was given, whether whoever gave it still may: when a run is handed over, and at each step of a procedure. */
@FunctionalInterface
public interface Warrants {
  /** Whether the account may act and holds the class for this machine now. */
  boolean permits(String account, ActionClass actionClass, String machine);
}
