package dev.sallyport.server.app.web;

import java.nio.ByteBuffer;

import dev.sallyport.server.web.Category;
import dev.sallyport.server.web.Problem;
import dev.sallyport.server.web.ProblemWriter;
import dev.sallyport.server.web.Problems;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

/** Answers what Jetty itself refuses, before or behind the servlets, as problems; it never shows causes. */
final class JettyProblems implements Request.Handler {

  private final ProblemWriter problems;

  JettyProblems(ProblemWriter problems) {
    this.problems = problems;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    int status = unreadablePath(request) ? HttpStatus.NOT_FOUND_404 : response.getStatus();
    send(response, callback, switch (status) {
      case HttpStatus.NOT_FOUND_404 -> Problems.noRoute();
      case HttpStatus.SERVICE_UNAVAILABLE_503 -> new Problem(status, "shutting-down", Category.INTERNAL,
          "The server is shutting down.", "", "Repeat the request when it is back.");
      case HttpStatus.REQUEST_HEADER_FIELDS_TOO_LARGE_431, HttpStatus.URI_TOO_LONG_414 -> new Problem(status,
          "header-too-large", Category.USER, "The request's head is too large.", "", "Send fewer or shorter headers.");
      default -> status >= HttpStatus.INTERNAL_SERVER_ERROR_500
          ? new Problem(status, "internal", Category.INTERNAL, "The server failed.", "", "Its log tells more.")
          : new Problem(Math.max(status, HttpStatus.BAD_REQUEST_400), "bad-request", Category.USER,
              "The request is not understood.", "", "Send it as HTTP asks.");
    }, problems);
    return true;
  }

  /** Whether the parser gave up at the path ("%00", "%zz"); such a path leads nowhere, like any other odd one. */
  private static boolean unreadablePath(Request request) {
    return request.getAttribute(ErrorHandler.ERROR_EXCEPTION) instanceof Throwable failure
        && failure.getCause() instanceof IllegalArgumentException;
  }

  static void send(Response response, Callback callback, Problem problem, ProblemWriter problems) {
    response.setStatus(problem.status());
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/problem+json");
    response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store");
    response.getHeaders().put("X-Content-Type-Options", "nosniff");
    response.write(true, ByteBuffer.wrap(problems.bytes(problem)), callback);
  }
}
