package dev.sallyport.server.access.account;

import dev.sallyport.server.access.Role;

/** An account as the API shows it. */
public record AccountView(String name, String role) {

  /** The public part of an account. */
  public static AccountView of(Account account) {
    return of(account.name(), account.role());
  }

  /** The same of what is known about a caller. */
  public static AccountView of(String name, Role role) {
    return new AccountView(name, role.word());
  }
}
