package dev.sallyport.server.access.account;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

import dev.sallyport.server.audit.Audit;
import dev.sallyport.server.audit.AuditEvent;
import dev.sallyport.server.audit.AuditEvent.Actor;
import dev.sallyport.server.web.Category;
import dev.sallyport.server.web.LogText;
import dev.sallyport.server.web.Problem;
import dev.sallyport.server.web.ProblemException;
import dev.sallyport.server.web.SecretText;
import dev.sallyport.server.web.ThrottledLog;

/** Checks a name and a password, at a bounded rate and cost, and says no in one way for every reason. */
public final class Login {

  private static final Logger LOG = System.getLogger(Login.class.getName());
  /** Passwords hashed at once: each takes {@value PasswordHasher#MEMORY_KIB} KiB and a core. */
  private static final int MAX_HASHING = 2;
  /** How long a log-in may wait for its turn. */
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final Accounts accounts;
  private final PasswordHasher hasher;
  private final LoginThrottle throttle;
  private final ThrottledLog refusals;
  private final Audit audit;
  private final Semaphore hashing = new Semaphore(MAX_HASHING, true);
  /** What unknown names are checked against, so that they take as long as known ones. */
  private final String decoy;

  public Login(Accounts accounts, InstantSource clock, Audit audit) {
    this(accounts, new PasswordHasher(), new LoginThrottle(clock),
        new ThrottledLog(line -> LOG.log(Level.WARNING, line), clock), audit);
  }

  Login(Accounts accounts, PasswordHasher hasher, LoginThrottle throttle, ThrottledLog refusals, Audit audit) {
    this.accounts = accounts;
    this.hasher = hasher;
    this.throttle = throttle;
    this.refusals = refusals;
    this.audit = audit;
    this.decoy = hasher.decoy();
  }

  /**
   * The account that proved itself.
   *
   * @param source where the attempt comes from, as {@link SourcePrefix} gives it
   * @throws ProblemException 401 if name or password is wrong or the account may not act, 429 after too many failures,
   *   503 if too many log in at once
   */
  public Account check(String name, SecretText password, String source) {
    String canonical = Credentials.canonical(name);
    Duration wait = throttle.begin(canonical, source);
    if (!wait.isZero()) {
      refusals.line("user.auth.fail reason=throttled name=" + LogText.quote(name) + " source=" + source);
      throw new ProblemException(
          new Problem(429, "too-many-attempts", Category.USER, "Logging in failed too often.", "",
              "Wait " + wait.plusMinutes(1).toMinutes() + " minutes and try again."),
          wait);
    }
    Optional<Accounts.WithHash> found;
    boolean right;
    try {
      found = accounts.findByName(canonical);
      right = verify(password, found.map(Accounts.WithHash::hash).orElse(decoy));
    } catch (RuntimeException e) {
      throttle.undecided(canonical, source);
      throw e;
    }
    if (!right || found.isEmpty() || !found.get().account().enabled()) {
      refusals.line("user.auth.fail reason=credentials name=" + LogText.quote(name) + " source=" + source);
      // One that is throttled is not recorded: it tells nothing more than the failures before it, and their number has no bound.
      audit.record(AuditEvent.of("user.auth.fail").by(Actor.at(source)).to(LogText.quote(name))
          .result(AuditEvent.REFUSED));
      throw new ProblemException(
          new Problem(401, "login-failed", Category.USER, "The name or the password is wrong.", "",
              "Check both and try again."));
    }
    throttle.succeeded(canonical, source);
    refresh(found.get(), password);
    Account account = found.get().account();
    audit.record(AuditEvent.of("user.auth.ok").by(new Actor(account.name(), account.id(), "", source)));
    return account;
  }

  private boolean verify(SecretText password, String hash) {
    if (password.utf8().length > Credentials.MAX_PASSWORD_BYTES) {
      return false; // no account has one; hashing a megabyte is no courtesy to owe
    }
    try {
      if (!hashing.tryAcquire(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new ProblemException(
            new Problem(503, "busy", Category.INTERNAL, "Too many people log in at this moment.", "",
                "Try again in a few seconds."),
            PATIENCE);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting to check a password", e);
    }
    try {
      return hasher.verify(password.utf8(), hash);
    } finally {
      hashing.release();
    }
  }

  private void refresh(Accounts.WithHash found, SecretText password) {
    if (hasher.outdated(found.hash())) {
      accounts.rehash(found.account().id(), found.hash(), hasher.hash(password.utf8()));
    }
  }

}
