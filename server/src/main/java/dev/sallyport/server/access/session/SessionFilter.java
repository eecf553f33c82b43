package dev.sallyport.server.access.session;

import java.io.IOException;

import dev.sallyport.server.access.OperatorAuthentication;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/** Puts the operator in the place of what the session remembers, or ends a session that is over. */
public final class SessionFilter extends OncePerRequestFilter {

  private final Sessions sessions;

  public SessionFilter(Sessions sessions) {
    this.sessions = sessions;
  }

  @Override
  protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    Authentication remembered = SecurityContextHolder.getContext().getAuthentication();
    if (remembered != null && remembered.getPrincipal() instanceof SessionPrincipal principal) {
      var operator = sessions.operator(principal);
      if (operator.isPresent()) {
        SecurityContext context = SecurityContextHolder.createEmptyContext();
        context.setAuthentication(
            new OperatorAuthentication(operator.get(), () -> sessions.operator(principal).equals(operator)));
        SecurityContextHolder.setContext(context);
      } else {
        sessions.end(request);
      }
    }
    chain.doFilter(request, response);
  }
}
