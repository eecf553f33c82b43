package dev.sallyport.server.access.account;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Optional;

import dev.sallyport.server.access.Role;
import dev.sallyport.server.store.Identifiers;
import dev.sallyport.server.store.Store;
import dev.sallyport.server.web.Category;
import dev.sallyport.server.web.Problem;
import dev.sallyport.server.web.ProblemException;
import dev.sallyport.server.web.Problems;
import dev.sallyport.server.web.SecretText;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;

/**
 * How the first account comes to be: whoever can read the server's console or its data directory gets a one-time token,
 * and gives it together with a name and a password. Once an owner exists there is no setup any more, for ever: the
 * database holds a row for it that can exist only once (T5).
 */
public final class FirstOwner {

  private static final Logger LOG = System.getLogger(FirstOwner.class.getName());
  private static final int TOKEN_BYTES = 32;
  private static final int WRONG_PER_SOURCE = 5;

  private final Store store;
  private final InstantSource clock;
  private final PasswordHasher hasher = new PasswordHasher();
  private final Path tokenFile;
  private final AttemptLimit wrong;
  /** SHA-256 of the token; null when there is nothing to claim. */
  private volatile byte @Nullable [] expected;

  /** @param tokenFile where the token lies, readable by the server's user only, until it is used */
  public FirstOwner(Store store, InstantSource clock, Path tokenFile) {
    this.store = store;
    this.clock = clock;
    this.tokenFile = tokenFile;
    this.wrong = new AttemptLimit(WRONG_PER_SOURCE, Duration.ofMinutes(15), clock);
  }

  /** At start: a new token to show on the console, or nothing if an owner exists. */
  public Optional<String> offer() {
    try {
      Files.deleteIfExists(tokenFile);
      if (exists()) {
        return Optional.empty();
      }
      byte[] token = new byte[TOKEN_BYTES];
      new SecureRandom().nextBytes(token);
      String text = HexFormat.of().formatHex(token);
      Files.createFile(tokenFile, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.writeString(tokenFile, text + "\n");
      expected = sha256(text.getBytes(StandardCharsets.US_ASCII));
      return Optional.of(text);
    } catch (IOException e) {
      throw new UncheckedIOException("the setup token cannot be written to " + tokenFile, e);
    }
  }

  /**
   * Makes the first owner.
   *
   * @throws ProblemException 404 once an owner exists, 403 for a wrong token, 400 for a name or password that will not do
   */
  Account claim(SecretText token, String name, SecretText password, String source) {
    byte[] right = expected;
    if (right == null) {
      throw new ProblemException(Problems.noRoute());
    }
    Duration wait = wrong.begin(source);
    if (!wait.isZero()) {
      throw new ProblemException(
          new Problem(429, "too-many-attempts", Category.USER, "The token was wrong too often.", "",
              "Wait " + wait.plusMinutes(1).toMinutes() + " minutes."),
          wait);
    }
    if (!MessageDigest.isEqual(right, sha256(token.utf8()))) {
      LOG.log(Level.WARNING, "user.auth.fail reason=setup-token source=" + source);
      throw new ProblemException(Problem.forbidden("The one-time token is wrong.",
          "Take it from the server's console, or from the file setup-token in its data directory."));
    }
    wrong.takeBack(source);
    String canonical = Credentials.newName(name);
    Credentials.checkNew(canonical, password);
    var account = new Account(Identifiers.next(clock.millis()), canonical, Role.OWNER, true);
    String hash = hasher.hash(password.utf8());
    try {
      store.write(sql -> {
        long now = clock.millis();
        sql.sql("INSERT INTO first_owner (only_row, account, made) VALUES (1, ?, ?)").params(account.id(), now)
            .update();
        Accounts.insert(sql, account, hash, now);
        return account;
      });
    } catch (DuplicateKeyException e) { // somebody else was faster
      forget();
      throw new ProblemException(Problems.noRoute());
    }
    forget();
    LOG.log(Level.INFO, "the first owner is " + account.name());
    return account;
  }

  /** Whether setup is over. */
  private boolean exists() {
    return store.read(sql -> sql.sql("SELECT count(*) FROM first_owner").query(Long.class).single()) > 0;
  }

  private void forget() {
    expected = null;
    try {
      Files.deleteIfExists(tokenFile);
    } catch (IOException e) {
      LOG.log(Level.WARNING, "the used setup token remains in " + tokenFile + "; it opens nothing, delete it", e);
    }
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
