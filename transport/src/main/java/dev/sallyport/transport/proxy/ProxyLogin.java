package dev.sallyport.transport.proxy;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Answers a proxy's challenge with the best it offers: Digest with SHA-256, Digest with MD5 (RFC 7616), and only where there is no
 * Digest, Basic (RFC 7617), which shows the password.
 */
final class ProxyLogin {
  private static final int NONCE_BYTES = 16;
  private static final String SESS = "-sess";

  private final Login login;
  private final SecureRandom random;

  ProxyLogin(Login login, SecureRandom random) {
    this.login = login;
    this.random = random;
  }

  /**
   * The value of {@code Proxy-Authorization} for a CONNECT.
   *
   * @param target {@code host:port}
   * @return empty if the proxy offers nothing that is understood
   */
  Optional<String> answer(List<Challenge> offered, String target) {
    for (String algorithm : List.of("SHA-256", "MD5")) {
      for (Challenge challenge : offered) {
        if (challenge.scheme().equals("digest") && algorithm.equals(algorithm(challenge)) && hasUsableQop(challenge)) {
          return Optional.of(digest(challenge, algorithm, target));
        }
      }
    }
    return offered.stream().anyMatch(challenge -> challenge.scheme().equals("basic"))
        ? Optional.of("Basic " + Base64.getEncoder().encodeToString(bytes(login.user() + ":" + login.password())))
        : Optional.empty();
  }

  private static String algorithm(Challenge challenge) {
    String named = challenge.parameter("algorithm").toUpperCase(Locale.ROOT);
    return named.isEmpty() ? "MD5" : named.replace(SESS.toUpperCase(Locale.ROOT), "");
  }

  /** Without a body to sign there is nothing that auth-int would add; a proxy that insists on it is not understood. */
  private static boolean hasUsableQop(Challenge challenge) {
    String qop = challenge.parameter("qop");
    return qop.isEmpty() || List.of(qop.replace(" ", "").split(",", -1)).contains("auth");
  }

  private String digest(Challenge challenge, String algorithm, String target) {
    String realm = challenge.parameter("realm");
    String nonce = challenge.parameter("nonce");
    byte[] fresh = new byte[NONCE_BYTES];
    random.nextBytes(fresh);
    String cnonce = HexFormat.of().formatHex(fresh);
    boolean qop = !challenge.parameter("qop").isEmpty();
    String secret = hash(algorithm, login.user() + ":" + realm + ":" + login.password());
    if (challenge.parameter("algorithm").toLowerCase(Locale.ROOT).endsWith(SESS)) {
      secret = hash(algorithm, secret + ":" + nonce + ":" + cnonce);
    }
    String request = hash(algorithm, "CONNECT:" + target);
    String response = hash(algorithm, qop
        ? secret + ":" + nonce + ":00000001:" + cnonce + ":auth:" + request
        : secret + ":" + nonce + ":" + request);
    var header = new StringBuilder("Digest username=").append(quoted(login.user())).append(", realm=")
        .append(quoted(realm)).append(", nonce=").append(quoted(nonce)).append(", uri=").append(quoted(target))
        .append(", response=").append(quoted(response));
    if (!challenge.parameter("algorithm").isEmpty()) {
      header.append(", algorithm=").append(challenge.parameter("algorithm"));
    }
    if (!challenge.parameter("opaque").isEmpty()) {
      header.append(", opaque=").append(quoted(challenge.parameter("opaque")));
    }
    if (qop) {
      header.append(", qop=auth, nc=00000001, cnonce=").append(quoted(cnonce));
    }
    return header.toString();
  }

  /** A quoted string; a line break, which would begin another header, becomes a blank. */
  private static String quoted(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"").replace('\r', ' ').replace('\n', ' ') + '"';
  }

  private static String hash(String algorithm, String text) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance(algorithm).digest(bytes(text)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has " + algorithm, e);
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
