package dev.sallyport.transport.proxy.login;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

/** Basic (RFC 7617), which shows the password to the proxy and to whoever listens. */
final class BasicExchange implements LoginExchange {
  private final Login login;

  BasicExchange(Login login) {
    this.login = login;
  }

  @Override
  public String credentials(String method, String target) {
    byte[] text = (login.user() + ":" + login.password()).getBytes(StandardCharsets.UTF_8);
    return "Basic " + Base64.getEncoder().encodeToString(text);
  }

  @Override
  public boolean continues(List<Challenge> offered) {
    return false;
  }

  @Override
  public void passed() {
    // Every request is shown the same.
  }

  @Override
  public void reconnected() {
    // Every connection is shown the same.
  }
}
