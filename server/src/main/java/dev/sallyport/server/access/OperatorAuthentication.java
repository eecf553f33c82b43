package dev.sallyport.server.access;

import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

import dev.sallyport.server.web.Problem;
import dev.sallyport.server.web.ProblemException;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.core.context.SecurityContextHolder;

/** A request's operator in Spring Security's terms; it lives as long as the request. */
public final class OperatorAuthentication extends AbstractAuthenticationToken {
  private static final long serialVersionUID = 1L;

  private final transient Operator operator;
  private final transient BooleanSupplier stillValid;

  /** @param stillValid asks anew whether the credential is good and the account and its role are unchanged */
  public OperatorAuthentication(Operator operator, BooleanSupplier stillValid) {
    super(List.of());
    this.operator = operator;
    this.stillValid = stillValid;
    setAuthenticated(true);
  }

  /** The calling request's, if it has one. */
  public static Optional<OperatorAuthentication> current() {
    return SecurityContextHolder.getContext().getAuthentication() instanceof OperatorAuthentication a
        ? Optional.of(a)
        : Optional.empty();
  }

  /**
   * The calling request's, which a route for operators always has.
   *
   * @throws ProblemException 401 if it has none
   */
  public static OperatorAuthentication ofCaller() {
    return current().orElseThrow(() -> new ProblemException(Problem.unauthenticated()));
  }

  /** Who is asking. */
  public Operator operator() {
    return operator;
  }

  /** Whether it is still so; for what goes on longer than a moment. */
  public boolean stillValid() {
    return stillValid.getAsBoolean();
  }

  @Override
  public Object getCredentials() {
    return "";
  }

  @Override
  public Operator getPrincipal() {
    return operator;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return this == other;
  }

  @Override
  public int hashCode() {
    return System.identityHashCode(this);
  }
}
