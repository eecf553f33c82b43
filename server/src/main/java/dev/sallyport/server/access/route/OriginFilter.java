package dev.sallyport.server.access.route;

import java.io.IOException;
import java.util.Set;

import dev.sallyport.server.web.Problem;
import dev.sallyport.server.web.ProblemWriter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.http.HttpHeaders;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Refuses what another site's page sends to the API (T18): reads, changes, event streams and upgrades alike, by what the
 * browser itself says of the request's origin. Programs that are no browsers send neither header.
 */
public final class OriginFilter extends OncePerRequestFilter {

  private static final String API = "/api/";
  private static final int HTTPS_PORT = 443;
  private static final String FETCH_SITE = "Sec-Fetch-Site";
  /** From our own page, or typed by the user. */
  private static final Set<String> OWN = Set.of("same-origin", "none");

  private final ProblemWriter problems;

  public OriginFilter(ProblemWriter problems) {
    this.problems = problems;
  }

  @Override
  protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    if (request.getRequestURI().startsWith(API) && !own(request)) {
      problems.write(response, Problem.forbidden("The request comes from another site's page.",
          "Use the console at this server's own address."));
      return;
    }
    chain.doFilter(request, response);
  }

  private static boolean own(HttpServletRequest request) {
    String origin = request.getHeader(HttpHeaders.ORIGIN);
    String site = request.getHeader(FETCH_SITE);
    return (origin == null || origin.equals(address(request))) && (site == null || OWN.contains(site));
  }

  /** The address the client used: HTTP/1.1 tells it in Host, HTTP/2 in {@code :authority}; an origin leaves out the usual port. */
  private static String address(HttpServletRequest request) {
    int port = request.getServerPort();
    return "https://" + request.getServerName() + (port == HTTPS_PORT ? "" : ":" + port);
  }
}
