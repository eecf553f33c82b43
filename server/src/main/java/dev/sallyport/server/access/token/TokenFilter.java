package dev.sallyport.server.access.token;

import java.io.IOException;
import java.util.Collections;
import java.util.List;

import dev.sallyport.server.access.OperatorAuthentication;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.http.HttpHeaders;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Reads {@code Authorization: Bearer …}. A request with this header is judged by it alone: a cookie beside it counts for
 * nothing, and a bad token makes the caller a stranger.
 */
public final class TokenFilter extends OncePerRequestFilter {

  private static final String SCHEME = "Bearer ";

  private final Tokens tokens;

  public TokenFilter(Tokens tokens) {
    this.tokens = tokens;
  }

  @Override
  protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    List<String> headers = Collections.list(request.getHeaders(HttpHeaders.AUTHORIZATION));
    if (headers.size() == 1 && headers.getFirst().regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
      String secret = headers.getFirst().substring(SCHEME.length());
      tokens.operator(secret).ifPresent(operator -> {
        SecurityContext context = SecurityContextHolder.createEmptyContext();
        context.setAuthentication(
            new OperatorAuthentication(operator, () -> tokens.operator(secret).filter(operator::equals).isPresent()));
        SecurityContextHolder.setContext(context);
      });
    }
    chain.doFilter(request, response);
  }
}
