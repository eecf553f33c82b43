package dev.sallyport.session.rolling;

import module java.base;

import dev.sallyport.session.handshake.Match;
import dev.sallyport.session.handshake.Secret;

/** Finds the newest of the server's secrets that an agent has proven; in a server, the open handshake does. */
@FunctionalInterface
public interface SecretMatcher {

  /**
   * Compares all of them.
   *
   * @param newestFirst the server's secrets
   */
  Optional<Match> match(List<Secret> newestFirst);
}
