package dev.sallyport.server.access.account;

import dev.sallyport.server.access.Open;
import dev.sallyport.server.web.Body;
import dev.sallyport.server.web.SecretText;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** {@code /api/v1/setup}: makes the first owner, and is not there afterwards. */
@RestController
public final class SetupController {

  private final FirstOwner firstOwner;

  public SetupController(FirstOwner firstOwner) {
    this.firstOwner = firstOwner;
  }

  @Open("there is nobody who could log in yet; needs the one-time token from the server's console")
  @PostMapping("/api/v1/setup")
  @ResponseStatus(HttpStatus.CREATED)
  Answer setUp(@RequestBody Order order, HttpServletRequest request) {
    try (SecretText token = Body.required("token", order.token());
        SecretText password = Body.required("password", order.password())) {
      Account owner = firstOwner.claim(token, Body.required("name", order.name()), password, SourcePrefix.of(request));
      return new Answer(AccountView.of(owner));
    }
  }

  record Order(@Nullable SecretText token, @Nullable String name, @Nullable SecretText password) {}

  record Answer(AccountView account) {}
}
