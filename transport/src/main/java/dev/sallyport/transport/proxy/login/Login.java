package dev.sallyport.transport.proxy.login;

import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;

/**
 * What a proxy wants to know before it lets anybody pass. Shown to that proxy alone.
 *
 * @param user empty if none was given
 * @param password in the clear, as proxies need it
 */
public record Login(String user, String password) {
  /** Nobody in particular. */
  public static final Login NONE = new Login("", "");

  /**
   * Begins a log-in with the strongest scheme that is offered and known: NTLM version 2, Digest with SHA-256, Digest with MD5, and only
   * where there is none of them Basic. There is no second try with a weaker one: it could lock the account.
   *
   * @return empty if none of those offered is known
   */
  public Optional<LoginExchange> begin(List<Challenge> offered, SecureRandom random) {
    if (offers(offered, NtlmExchange.SCHEME)) {
      return Optional.of(new NtlmExchange(this, random));
    }
    Optional<DigestExchange> digest = DigestExchange.of(this, random, offered);
    if (digest.isPresent()) {
      return Optional.of(digest.get());
    }
    return offers(offered, "basic") ? Optional.of(new BasicExchange(this)) : Optional.empty();
  }

  private static boolean offers(List<Challenge> offered, String scheme) {
    return offered.stream().anyMatch(challenge -> challenge.scheme().equals(scheme));
  }

  /** Whether there is anything to show. */
  public boolean isGiven() {
    return !user.isEmpty();
  }

  /** Without the password. */
  @Override
  public String toString() {
    return isGiven() ? "Login[" + user + "]" : "Login[]";
  }
}
