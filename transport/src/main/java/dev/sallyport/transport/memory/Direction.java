package dev.sallyport.transport.memory;

/** Which way a message travels through a memory wire. */
public enum Direction {
  /** From the first end of the pair, by custom the agent's, to the second. */
  TO_SECOND,
  /** From the second end to the first. */
  TO_FIRST
}
