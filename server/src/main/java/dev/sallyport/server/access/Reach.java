package dev.sallyport.server.access;

/** How far a permission must reach for a route to open. What is not said is {@link #EVERYTHING}, so that a forgotten filter shows nobody too much. */
public enum Reach {
  /** The class must be held for everything. */
  EVERYTHING,
  /** The class must be held for something; the method itself shows and touches only the machines for which it is. */
  MACHINES,
  /** The class must be held for something; what the method shows belongs to no machine. */
  NO_MACHINE,
  /** Nothing must be held: it is the caller's own. */
  OWN
}
