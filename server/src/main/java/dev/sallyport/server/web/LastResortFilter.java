package dev.sallyport.server.web;

import java.io.IOException;

import dev.sallyport.server.store.StoreUnavailableException;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.eclipse.jetty.io.EofException;
import org.springframework.web.filter.OncePerRequestFilter;

/** The outermost filter: what fails in the filters after it becomes a problem too, and nothing of it leaks. */
public final class LastResortFilter extends OncePerRequestFilter {

  private final ProblemWriter problems;
  private final Incidents incidents;

  public LastResortFilter(ProblemWriter problems, Incidents incidents) {
    this.problems = problems;
    this.incidents = incidents;
  }

  @Override
  protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException {
    try {
      chain.doFilter(request, response);
      if (request.getAttribute(EventStreams.CUT) != null) {
        throw new EofException("an event stream ended before its end");
      }
    } catch (ProblemException e) {
      problems.write(response, e.problem());
    } catch (StoreUnavailableException e) {
      problems.write(response, Problems.storeUnavailable(e));
    } catch (RuntimeException | ServletException e) {
      problems.write(response, incidents.problem(e));
    }
  }
}
