package dev.sallyport.server.access.account;

import dev.sallyport.server.web.SecretText;

/** Judges and hashes a password that somebody chooses. */
public final class NewPassword {
  private final PasswordHasher hasher = new PasswordHasher();

  /**
   * The hash to store.
   *
   * @throws dev.sallyport.server.web.ProblemException 400 naming {@code password} if it will not do
   */
  public String hash(String name, SecretText password) {
    Credentials.checkNew(name, password);
    return hasher.hash(password.utf8());
  }

  /**
   * The form in which a log-in name is stored.
   *
   * @throws dev.sallyport.server.web.ProblemException 400 naming {@code name} if it cannot be one
   */
  public String name(String wanted) {
    return Credentials.newName(wanted);
  }
}
