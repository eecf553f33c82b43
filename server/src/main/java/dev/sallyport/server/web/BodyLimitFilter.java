package dev.sallyport.server.web;

import java.io.IOException;
import java.util.Map;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.web.filter.OncePerRequestFilter;

/** Refuses bodies above the limit: by their announced length, and by counting when none is announced. */
public final class BodyLimitFilter extends OncePerRequestFilter {

  /** The largest request body, in bytes, where nothing else is said. */
  public static final int MAX_BODY_BYTES = 1 << 20;

  private final ProblemWriter problems;
  private final Map<String, Long> larger;

  /** @param larger paths whose bodies may be larger, and how large, in bytes */
  public BodyLimitFilter(ProblemWriter problems, Map<String, Long> larger) {
    this.problems = problems;
    this.larger = Map.copyOf(larger);
  }

  @Override
  protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    long limit = larger.getOrDefault(request.getRequestURI(), (long) MAX_BODY_BYTES);
    if (request.getContentLengthLong() > limit) {
      response.setHeader("Connection", "close"); // the rest of the body is not read
      problems.write(response, Problems.bodyTooLarge(limit));
      return;
    }
    chain.doFilter(new Limited(request, limit), response);
  }

  private static final class Limited extends HttpServletRequestWrapper {
    private final HttpServletRequest request;
    private final long limit;

    Limited(HttpServletRequest request, long limit) {
      super(request);
      this.request = request;
      this.limit = limit;
    }

    @Override
    public ServletInputStream getInputStream() throws IOException {
      return new Counting(request.getInputStream(), limit);
    }
  }

  private static final class Counting extends ServletInputStream {
    private final ServletInputStream body;
    private final long limit;
    private long read;

    Counting(ServletInputStream body, long limit) {
      this.body = body;
      this.limit = limit;
    }

    @Override
    public int read() throws IOException {
      int b = body.read();
      count(b < 0 ? 0 : 1);
      return b;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      int n = body.read(into, offset, length);
      count(Math.max(n, 0));
      return n;
    }

    private void count(int n) throws IOException {
      read += n;
      if (read > limit) {
        throw new BodyTooLargeException(limit);
      }
    }

    @Override
    public boolean isFinished() {
      return body.isFinished();
    }

    @Override
    public boolean isReady() {
      return body.isReady();
    }

    @Override
    public void setReadListener(ReadListener listener) {
      body.setReadListener(listener);
    }
  }
}
