package dev.sallyport.server.access.session;

import java.io.Serial;
import java.io.Serializable;
import java.time.Instant;

/**
 * What a session remembers of a log-in: who and when, nothing of what the account may do; that is looked up at each
 * request.
 *
 * @param account the account's identifier
 * @param session names the session outside its cookie
 * @param began when it logged in
 */
record SessionPrincipal(String account, String session, Instant began) implements Serializable {
  @Serial
  private static final long serialVersionUID = 1L;
}
