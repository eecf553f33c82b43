package dev.sallyport.session.stream;

/**
 * Who goes first when there is more to send than room: INTERACTIVE streams before BULK ones, in turns among themselves.
 * Strict: while interactive streams fill the link, bulk waits.
 */
public enum Priority {
  /** Somebody waits for it; every stream's priority until {@link SessionStream#priority} says otherwise. */
  INTERACTIVE,
  /** A file, a log: only the total time matters. */
  BULK
}
