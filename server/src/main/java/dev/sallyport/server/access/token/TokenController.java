package dev.sallyport.server.access.token;

import java.time.Instant;
import java.util.List;

import dev.sallyport.server.access.ActionClass;
import dev.sallyport.server.access.Open;
import dev.sallyport.server.access.Operator;
import dev.sallyport.server.access.Reach;
import dev.sallyport.server.access.Requires;
import dev.sallyport.server.access.account.Account;
import dev.sallyport.server.access.account.Login;
import dev.sallyport.server.access.account.SourcePrefix;
import dev.sallyport.server.web.Body;
import dev.sallyport.server.web.Problem;
import dev.sallyport.server.web.ProblemException;
import dev.sallyport.server.web.SecretText;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/**
 * {@code /api/v1/tokens}: programs log in. Making a token asks for the password, whoever is logged in, so that neither a
 * stolen session nor a stolen token makes more tokens (T11).
 */
@RestController
public final class TokenController {

  private static final int MAX_LABEL_CHARS = 100;

  private final Login login;
  private final Tokens tokens;

  public TokenController(Login login, Tokens tokens) {
    this.login = login;
    this.tokens = tokens;
  }

  @Open("logging in of programs; needs name and password, throttled")
  @PostMapping("/api/v1/tokens")
  @ResponseStatus(HttpStatus.CREATED)
  Created create(@RequestBody Order order, HttpServletRequest request) {
    String label = Body.text("label", order.label(), MAX_LABEL_CHARS);
    try (SecretText password = Body.required("password", order.password())) {
      Account account = login.check(Body.required("name", order.name()), password, SourcePrefix.of(request));
      Tokens.Created created = tokens.create(account, tokens.most(account), label);
      return new Created(created.secret(), created.token().id(), created.token().expires());
    }
  }

  @Requires(value = ActionClass.READ, reach = Reach.OWN)
  @GetMapping("/api/v1/tokens")
  Listed list(Operator operator) {
    return new Listed(tokens.of(operator.account()).stream()
        .map(t -> new Entry(t.id(), t.label(), t.role().word(), t.created(), t.expires(),
            t.id().equals(operator.credential())))
        .toList());
  }

  @Requires(value = ActionClass.READ, reach = Reach.OWN)
  @DeleteMapping("/api/v1/tokens/current")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void revokeCurrent(Operator operator) {
    revoke(operator, operator.credential());
  }

  @Requires(value = ActionClass.READ, reach = Reach.OWN)
  @DeleteMapping("/api/v1/tokens/{id}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void revoke(Operator operator, @PathVariable String id) {
    if (!tokens.revoke(operator.account(), id)) {
      throw new ProblemException(Problem.notFound("This account has no such token."));
    }
  }

  record Order(@Nullable String name, @Nullable SecretText password, @Nullable String label) {}

  /** The only time the secret is shown. */
  record Created(String token, String id, Instant expires) {
    @Override
    public String toString() {
      return "Created[" + id + "]";
    }
  }

  record Listed(List<Entry> tokens) {}

  record Entry(String id, String label, String role, Instant created, Instant expires, boolean current) {}
}
