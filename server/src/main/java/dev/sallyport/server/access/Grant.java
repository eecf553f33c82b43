package dev.sallyport.server.access;

import java.time.Instant;

import dev.sallyport.server.time.Window;

/**
 * A role that an account holds for some machines at some times.
 *
 * @param id names the grant; {@code ""} for the account's own role, which holds for everything and always
 * @param role what it may
 * @param scope for which machines
 * @param window when
 */
public record Grant(String id, Role role, Scope scope, Window window) {
  /** A role for everything and always. */
  public static Grant everywhere(Role role) {
    return new Grant("", role, new Scope.All(), new Window.Always());
  }

  boolean holds(ActionClass actionClass, Instant now) {
    return role.may(actionClass) && window.isOpen(now);
  }
}
