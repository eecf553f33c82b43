package dev.sallyport.server.access.session;

import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

import dev.sallyport.server.web.EventStreams;
import jakarta.servlet.http.HttpSession;
import jakarta.servlet.http.HttpSessionEvent;
import jakarta.servlet.http.HttpSessionListener;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;

/** The sessions there are, so that an account's can be ended; whichever way one ends, its open streams end with it. */
public final class LiveSessions implements HttpSessionListener {

  /** Sessions of one account at once; a further log-in ends the oldest. */
  static final int MAX_PER_ACCOUNT = 32;

  private final ConcurrentHashMap<String, Live> bySession = new ConcurrentHashMap<>();
  private final EventStreams streams;

  public LiveSessions(EventStreams streams) {
    this.streams = streams;
  }

  /** A session has logged in. */
  void began(SessionPrincipal principal, HttpSession session) {
    bySession.put(principal.session(), new Live(principal, session));
    var own = bySession.values().stream().filter(l -> l.principal.account().equals(principal.account()))
        .sorted((a, b) -> b.principal.began().compareTo(a.principal.began())).skip(MAX_PER_ACCOUNT).toList();
    own.forEach(LiveSessions::end);
  }

  /** Whether the session of this name is alive. */
  boolean alive(String session) {
    return bySession.containsKey(session);
  }

  /** Ends all sessions of an account, at once. */
  public void endAll(String account) {
    bySession.values().stream().filter(l -> l.principal.account().equals(account)).forEach(LiveSessions::end);
  }

  @Override
  public void sessionDestroyed(HttpSessionEvent event) {
    principal(event.getSession()).ifPresent(principal -> {
      bySession.remove(principal.session());
      streams.close(holder -> holder.credential().equals(principal.session()));
    });
  }

  private static void end(Live live) {
    try {
      live.session.invalidate();
    } catch (IllegalStateException alreadyEnded) {
      return; // it ended by itself, and sessionDestroyed has seen to the rest
    }
  }

  private static Optional<SessionPrincipal> principal(HttpSession session) {
    return session
        .getAttribute(HttpSessionSecurityContextRepository.SPRING_SECURITY_CONTEXT_KEY) instanceof SecurityContext c
        && c.getAuthentication() != null && c.getAuthentication().getPrincipal() instanceof SessionPrincipal p
            ? Optional.of(p)
            : Optional.empty();
  }

  private record Live(SessionPrincipal principal, HttpSession session) {}
}
