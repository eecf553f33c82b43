package dev.sallyport.server.schedule;

import java.time.Instant;
import java.util.Optional;

import dev.sallyport.server.access.Role;

/**
 * A schedule as stored.
 *
 * @param account it runs as this account: whoever last gave or enabled it
 * @param accountName that account's name at the time
 * @param role the most it may, by what the account came with when it gave or enabled it; never more than the account itself
 * @param suspended why it does not go on by itself; {@code ""} if it does
 * @param next the time that is next; empty if it is not enabled, is suspended, or has no further time
 */
public record Schedule(String id, Terms terms, Instant created, String account, String accountName, Role role,
    String suspended, Optional<Instant> next) {
  /** A word for how it stands: {@code active}, {@code disabled} or {@code suspended}. */
  String state() {
    if (!suspended.isEmpty()) {
      return "suspended";
    }
    return terms.enabled() ? "active" : "disabled";
  }

  /** The same with other terms. If they change when it happens, the next time is counted from now. */
  Schedule with(Terms other, Instant now) {
    if (!other.enabled()) {
      return new Schedule(id, other, created, account, accountName, role, suspended, Optional.empty());
    }
    boolean sameTimes = next.isPresent() && other.cron().text().equals(terms.cron().text())
        && other.zone().equals(terms.zone());
    return new Schedule(id, other, created, account, accountName, role, "", sameTimes ? next : other.next(now));
  }
}
