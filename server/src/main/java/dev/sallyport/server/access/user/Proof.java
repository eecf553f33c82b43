package dev.sallyport.server.access.user;

import dev.sallyport.server.access.Operator;
import dev.sallyport.server.access.account.Account;
import dev.sallyport.server.access.account.Login;
import dev.sallyport.server.access.account.SourcePrefix;
import dev.sallyport.server.web.Body;
import dev.sallyport.server.web.Problem;
import dev.sallyport.server.web.ProblemException;
import dev.sallyport.server.web.SecretText;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/**
 * Has whoever changes other people's rights prove anew who it is, with its own password in the same request: a stolen session or token alone
 * makes no accounts, raises no rights and resets no passwords (T10, T11).
 */
public final class Proof {
  private final Login login;

  public Proof(Login login) {
    this.login = login;
  }

  /**
   * Returns if the password is the operator's own; wipes it.
   *
   * @throws ProblemException 400 without one, 403 {@code proof-failed} for a wrong one, 429 after too many
   */
  void check(Operator operator, @Nullable SecretText password, HttpServletRequest request) {
    try (SecretText given = Body.required("password", password)) {
      Account proven = login.check(operator.name(), given, SourcePrefix.of(request));
      if (!proven.id().equals(operator.account())) {
        throw failed();
      }
    } catch (ProblemException e) {
      throw e.problem().status() == 401 ? failed() : e;
    }
  }

  private static ProblemException failed() {
    return new ProblemException(new Problem(403, "proof-failed", dev.sallyport.server.web.Category.USER,
        "This is not your password.", "password", "Give the password you log in with; others keep theirs."));
  }
}
