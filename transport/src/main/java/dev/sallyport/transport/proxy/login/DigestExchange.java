package dev.sallyport.transport.proxy.login;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Digest with SHA-256 or MD5 (RFC 7616): proves that the password is known without showing it. */
final class DigestExchange implements LoginExchange {
  private static final int NONCE_BYTES = 16;
  private static final String SESS = "-sess";
  private static final List<String> STRONGEST_FIRST = List.of("SHA-256", "MD5");

  private final Login login;
  private final SecureRandom random;
  private Challenge challenge;
  private int count;
  /** A proxy that finds every nonce stale would be asked without end. */
  private boolean renewed;

  private DigestExchange(Login login, SecureRandom random, Challenge challenge) {
    this.login = login;
    this.random = random;
    this.challenge = challenge;
  }

  /** The strongest Digest among what a proxy offers. */
  static Optional<DigestExchange> of(Login login, SecureRandom random, List<Challenge> offered) {
    return strongest(offered).map(challenge -> new DigestExchange(login, random, challenge));
  }

  private static Optional<Challenge> strongest(List<Challenge> offered) {
    for (String algorithm : STRONGEST_FIRST) {
      for (Challenge challenge : offered) {
        if (challenge.scheme().equals("digest") && algorithm.equals(algorithm(challenge)) && hasUsableQop(challenge)) {
          return Optional.of(challenge);
        }
      }
    }
    return Optional.empty();
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

  @Override
  public String credentials(String method, String target) {
    String algorithm = algorithm(challenge);
    String realm = challenge.parameter("realm");
    String nonce = challenge.parameter("nonce");
    byte[] fresh = new byte[NONCE_BYTES];
    random.nextBytes(fresh);
    String cnonce = HexFormat.of().formatHex(fresh);
    boolean qop = !challenge.parameter("qop").isEmpty();
    String nc = String.format(Locale.ROOT, "%08x", ++count);
    String secret = hash(algorithm, login.user() + ":" + realm + ":" + login.password());
    if (challenge.parameter("algorithm").toLowerCase(Locale.ROOT).endsWith(SESS)) {
      secret = hash(algorithm, secret + ":" + nonce + ":" + cnonce);
    }
    String request = hash(algorithm, method + ":" + target);
    String response = hash(algorithm, qop
        ? secret + ":" + nonce + ":" + nc + ":" + cnonce + ":auth:" + request
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
      header.append(", qop=auth, nc=").append(nc).append(", cnonce=").append(quoted(cnonce));
    }
    return header.toString();
  }

  /** A nonce may be used for some time only; one that is stale says nothing against the password. */
  @Override
  public boolean continues(List<Challenge> offered) {
    Optional<Challenge> next = strongest(offered)
        .filter(candidate -> !renewed && candidate.parameter("stale").equalsIgnoreCase("true")
            && !candidate.parameter("nonce").equals(challenge.parameter("nonce")));
    if (next.isPresent()) {
      challenge = next.get();
      count = 0;
      renewed = true;
    }
    return next.isPresent();
  }

  @Override
  public void passed() {
    renewed = false;
  }

  @Override
  public void reconnected() {
    // The nonce is not bound to a connection.
  }

  /** A quoted string; a line break, which would begin another header, becomes a blank. */
  private static String quoted(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"").replace('\r', ' ').replace('\n', ' ') + '"';
  }

  private static String hash(String algorithm, String text) {
    try {
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance(algorithm).digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has " + algorithm, e);
    }
  }
}
