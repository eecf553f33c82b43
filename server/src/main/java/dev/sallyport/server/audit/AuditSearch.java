package dev.sallyport.server.audit;

import java.time.Instant;

/**
 * Which entries somebody looks for; of each field {@code ""} means any.
 *
 * @param person an account's name
 * @param machine a machine's id
 * @param site a site's id
 * @param type an event's type, or its beginning if it ends with a dot: {@code directive.}
 * @param object an object's id or name
 * @param result how it went
 * @param from not older
 * @param until older
 * @param before entries with a smaller number than this
 * @param limit how many at most
 */
public record AuditSearch(String person, String machine, String site, String type, String object, String result,
    Instant from, Instant until, long before, int limit) {
  /** Most entries of one answer. */
  public static final int MAX_LIMIT = 1_000;
}
