package dev.sallyport.server.machine;

/**
 * Which machines to list.
 *
 * @param names whose names to list
 * @param presence which of them
 * @param after where to go on, as the page before said; {@code ""} at the beginning
 * @param limit most machines of a page, 1 to {@value #MAX_LIMIT}
 */
public record MachineQuery(NameGlob names, Presence presence, String after, int limit) {
  /** Most machines of one page. */
  public static final int MAX_LIMIT = 1_000;
  /** Machines of a page when nothing is said. */
  public static final int DEFAULT_LIMIT = 100;

  /** Whether a machine is there. */
  public enum Presence {
    /** All but the dismissed. */
    ANY,
    /** Approved and connected. */
    ONLINE,
    /** Approved and not connected. */
    OFFLINE,
    /** Not approved. */
    PENDING
  }
}
