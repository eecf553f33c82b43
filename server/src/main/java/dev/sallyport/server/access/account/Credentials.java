package dev.sallyport.server.access.account;

import java.util.Locale;
import java.util.regex.Pattern;

import dev.sallyport.server.web.Problem;
import dev.sallyport.server.web.ProblemException;
import dev.sallyport.server.web.SecretText;

/** What a name and a new password may look like. */
final class Credentials {

  /** Fewest bytes of a password; length is what makes guessing expensive. */
  static final int MIN_PASSWORD_BYTES = 12;
  /** Most bytes of a password. */
  static final int MAX_PASSWORD_BYTES = 1_024;
  private static final int MIN_DISTINCT_BYTES = 5;
  private static final Pattern NAME = Pattern.compile("[a-z0-9](?:[a-z0-9._@+-]{0,62}[a-z0-9])?");

  private Credentials() {
  }

  /** The name in the form in which it is stored and compared. */
  static String canonical(String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  /** The name in stored form; a problem if it cannot be one. */
  static String newName(String name) {
    String canonical = canonical(name);
    if (!NAME.matcher(canonical).matches()) {
      throw new ProblemException(Problem.invalidField("name", "This cannot be a log-in name.",
          "Use 1 to 64 letters a-z, digits and . _ @ + - between them."));
    }
    return canonical;
  }

  /** Returns if the password may be used; a problem otherwise. */
  static void checkNew(String name, SecretText password) {
    byte[] bytes = password.utf8();
    if (bytes.length < MIN_PASSWORD_BYTES || bytes.length > MAX_PASSWORD_BYTES) {
      throw new ProblemException(Problem.invalidField("password", "The password is too short or too long.",
          "Use " + MIN_PASSWORD_BYTES + " to " + MAX_PASSWORD_BYTES + " characters; a few random words are good."));
    }
    boolean[] seen = new boolean[256];
    int distinct = 0;
    for (byte b : bytes) {
      distinct += seen[b & 0xff] ? 0 : 1;
      seen[b & 0xff] = true;
    }
    if (distinct < MIN_DISTINCT_BYTES || containsIgnoringCase(bytes, name)) {
      throw new ProblemException(Problem.invalidField("password", "The password would be guessed at once.",
          "Do not repeat a few characters or the log-in name; a few random words are good."));
    }
  }

  private static boolean containsIgnoringCase(byte[] bytes, String name) {
    for (int start = 0; name.length() >= 4 && start + name.length() <= bytes.length; start++) {
      int i = 0;
      while (i < name.length() && Character.toLowerCase((char) (bytes[start + i] & 0xff)) == name.charAt(i)) {
        i++;
      }
      if (i == name.length()) {
        return true;
      }
    }
    return false;
  }
}
