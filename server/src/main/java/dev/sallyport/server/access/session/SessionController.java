package dev.sallyport.server.access.session;

import dev.sallyport.server.access.ActionClass;
import dev.sallyport.server.access.Open;
import dev.sallyport.server.access.Operator;
import dev.sallyport.server.access.Reach;
import dev.sallyport.server.access.Requires;
import dev.sallyport.server.access.account.Account;
import dev.sallyport.server.access.account.AccountView;
import dev.sallyport.server.access.account.Login;
import dev.sallyport.server.access.account.SourcePrefix;
import dev.sallyport.server.audit.NotAudited;
import dev.sallyport.server.web.Body;
import dev.sallyport.server.web.SecretText;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.security.web.csrf.CsrfTokenRepository;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** {@code /api/v1/session}: the browser logs in, asks who it is, logs out. */
@RestController
public final class SessionController {

  private final Login login;
  private final Sessions sessions;
  private final CsrfTokenRepository csrf;

  public SessionController(Login login, Sessions sessions, CsrfTokenRepository csrf) {
    this.login = login;
    this.sessions = sessions;
    this.csrf = csrf;
  }

  @Open("logging in; needs name and password, throttled")
  @NotAudited("every log-in is recorded where it is checked")
  @PostMapping("/api/v1/session")
  Answer logIn(@RequestBody Order order, HttpServletRequest request, HttpServletResponse response) {
    try (SecretText password = Body.required("password", order.password())) {
      Account account = login.check(Body.required("name", order.name()), password, SourcePrefix.of(request));
      sessions.begin(account, request, response);
      return answer(AccountView.of(account), request, response);
    }
  }

  @Requires(value = ActionClass.READ, reach = Reach.OWN)
  @GetMapping("/api/v1/session")
  Answer who(Operator operator, HttpServletRequest request, HttpServletResponse response) {
    return answer(AccountView.of(operator.name(), operator.role()), request, response);
  }

  @Requires(value = ActionClass.READ, reach = Reach.OWN)
  @DeleteMapping("/api/v1/session")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void logOut(HttpServletRequest request) {
    sessions.end(request);
  }

  /** The CSRF token lives in the session; who came with a bearer token has none and needs none. */
  private Answer answer(AccountView account, HttpServletRequest request, HttpServletResponse response) {
    if (request.getSession(false) == null) {
      return new Answer(account, null);
    }
    CsrfToken token = csrf.loadDeferredToken(request, response).get();
    return new Answer(account, new Csrf(token.getHeaderName(), token.getToken()));
  }

  record Order(@Nullable String name, @Nullable SecretText password) {}

  record Answer(AccountView account, @Nullable Csrf csrf) {}

  record Csrf(String header, String token) {}
}
