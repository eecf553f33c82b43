package dev.sallyport.server.access.account;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * How often log-in may fail (security core, B.10), by three counts: one account from one source, one source over all
 * accounts (guessing one password for many), one account over all sources (a botnet). A source from which the account
 * has logged in before is not held up by the third, so that strangers cannot lock the owner out.
 */
final class LoginThrottle {

  static final Duration WINDOW = Duration.ofMinutes(15);
  static final int PER_ACCOUNT_AND_SOURCE = 5;
  static final int PER_SOURCE = 50;
  static final int PER_ACCOUNT = 100;
  /** Pairs of account and source remembered as familiar. */
  static final int MAX_FAMILIAR = 10_000;

  private final AttemptLimit pairs;
  private final AttemptLimit sources;
  private final AttemptLimit accounts;
  private final Set<String> familiar = Collections.synchronizedSet(Collections.newSetFromMap(new LinkedHashMap<>() {
    private static final long serialVersionUID = 1L;

    @Override
    protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
      return size() > MAX_FAMILIAR;
    }
  }));

  LoginThrottle(InstantSource clock) {
    this.pairs = new AttemptLimit(PER_ACCOUNT_AND_SOURCE, WINDOW, clock);
    this.sources = new AttemptLimit(PER_SOURCE, WINDOW, clock);
    this.accounts = new AttemptLimit(PER_ACCOUNT, WINDOW, clock);
  }

  /** Counts an attempt and returns zero, or counts nothing and returns how long to wait. */
  Duration begin(String account, String source) {
    Duration wait = sources.begin(source);
    if (!wait.isZero()) {
      return wait;
    }
    String pair = pair(account, source);
    wait = pairs.begin(pair);
    if (!wait.isZero()) {
      sources.takeBack(source);
      return wait;
    }
    wait = accounts.begin(account);
    if (!wait.isZero() && !familiar.contains(pair)) {
      pairs.takeBack(pair);
      sources.takeBack(source);
      return wait;
    }
    return Duration.ZERO;
  }

  /** The attempt succeeded. */
  void succeeded(String account, String source) {
    pairs.forgive(pair(account, source));
    sources.takeBack(source);
    accounts.takeBack(account);
    familiar.add(pair(account, source));
  }

  /** The attempt was not decided, by a failure of ours: it does not count. */
  void undecided(String account, String source) {
    pairs.takeBack(pair(account, source));
    sources.takeBack(source);
    accounts.takeBack(account);
  }

  private static String pair(String account, String source) {
    return source + " " + account;
  }
}
