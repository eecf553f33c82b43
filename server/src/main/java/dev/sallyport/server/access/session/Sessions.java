package dev.sallyport.server.access.session;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

import dev.sallyport.server.access.Operator;
import dev.sallyport.server.access.Role;
import dev.sallyport.server.access.account.Account;
import dev.sallyport.server.access.account.Accounts;
import dev.sallyport.server.access.grant.Grants;
import dev.sallyport.server.store.Identifiers;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.context.SecurityContextRepository;

/** Begins sessions, and says at each request who a session is now. */
public final class Sessions {

  /** A session ends after this long without a request; an open event stream counts as a request. */
  public static final Duration IDLE = Duration.ofMinutes(30);
  /** A session ends this long after its log-in, whatever happens in it. */
  public static final Duration LIFETIME = Duration.ofHours(12);
  /** The name of a session's cookie; the prefix makes browsers insist on Secure, the whole host and path /. */
  public static final String COOKIE = "__Host-S";

  private final Accounts accounts;
  private final Grants grants;
  private final LiveSessions live;
  private final SecurityContextRepository contexts;
  private final InstantSource clock;

  public Sessions(Accounts accounts, Grants grants, LiveSessions live, SecurityContextRepository contexts,
      InstantSource clock) {
    this.accounts = accounts;
    this.grants = grants;
    this.live = live;
    this.contexts = contexts;
    this.clock = clock;
  }

  /** Begins a session for who has just proved itself. Whatever session the request had before ends: nothing is inherited. */
  void begin(Account account, HttpServletRequest request, HttpServletResponse response) {
    end(request);
    HttpSession session = request.getSession(true);
    Instant now = clock.instant();
    var principal = new SessionPrincipal(account.id(), Identifiers.next(now.toEpochMilli()), now);
    SecurityContext context = SecurityContextHolder.createEmptyContext();
    context.setAuthentication(UsernamePasswordAuthenticationToken.authenticated(principal, null, java.util.List.of()));
    contexts.saveContext(context, request, response);
    live.began(principal, session);
  }

  /** Ends the request's session, if it has one. */
  void end(HttpServletRequest request) {
    HttpSession session = request.getSession(false);
    if (session != null) {
      session.invalidate();
    }
    SecurityContextHolder.clearContext();
  }

  /** Who the session is now; empty if it is over or its account may not act. */
  Optional<Operator> operator(SessionPrincipal principal) {
    if (!live.alive(principal.session()) || !clock.instant().isBefore(principal.began().plus(LIFETIME))) {
      return Optional.empty();
    }
    return accounts.find(principal.account()).filter(Account::enabled)
        .map(a -> new Operator(a.id(), a.name(), a.role(), grants.rights(a, Role.OWNER), principal.session()));
  }
}
