package dev.sallyport.server.web;

import java.io.IOException;

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

  /** The largest request body, in bytes. */
  public static final int MAX_BODY_BYTES = 1 << 20;

  private final ProblemWriter problems;

  public BodyLimitFilter(ProblemWriter problems) {
    this.problems = problems;
  }

  @Override
  protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    if (request.getContentLengthLong() > MAX_BODY_BYTES) {
      response.setHeader("Connection", "close"); // the rest of the body is not read
      problems.write(response, Problems.bodyTooLarge(MAX_BODY_BYTES));
      return;
    }
    chain.doFilter(new Limited(request), response);
  }

  private static final class Limited extends HttpServletRequestWrapper {
    private final HttpServletRequest request;

    Limited(HttpServletRequest request) {
      super(request);
      this.request = request;
    }

    @Override
    public ServletInputStream getInputStream() throws IOException {
      return new Counting(request.getInputStream());
    }
  }

  private static final class Counting extends ServletInputStream {
    private final ServletInputStream body;
    private long read;

    Counting(ServletInputStream body) {
      this.body = body;
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
      if (read > MAX_BODY_BYTES) {
        throw new BodyTooLargeException(MAX_BODY_BYTES);
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
