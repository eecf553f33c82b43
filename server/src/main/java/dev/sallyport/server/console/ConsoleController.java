package dev.sallyport.server.console;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;

import dev.sallyport.server.access.Open;
import dev.sallyport.server.web.Problem;
import dev.sallyport.server.web.ProblemException;
import dev.sallyport.server.web.Problems;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** The console's page and files. They hold no data, so strangers may read them: one has to see the log-in to log in. */
@RestController
public final class ConsoleController {

  /**
   * What the page may load and do. The nonce is for the terminal's style elements; scripts come from files alone, so
   * that text from a machine can never run (T19).
   */
  private static final String POLICY = String.join("; ", "default-src 'none'", "script-src 'self'",
      "style-src 'self' 'nonce-%s'", "img-src 'self' data:", "font-src 'self'", "connect-src 'self'", "base-uri 'none'",
      "form-action 'self'", "frame-ancestors 'none'", "require-trusted-types-for 'script'");
  private static final String NONCE_PLACE = "__CSP_NONCE__";
  private static final int NONCE_BYTES = 16;
  private static final String INDEX = "index.html";
  private static final String HASHED = "assets/";
  private static final Duration HASHED_LIFE = Duration.ofDays(365);
  private static final Duration OTHER_LIFE = Duration.ofHours(1);

  private final ConsoleFiles files = ConsoleFiles.ofClassPath();
  private final SecureRandom random = new SecureRandom();

  @Open("the page with the log-in; the same for everybody")
  @GetMapping("/")
  void page(HttpServletResponse response) throws IOException {
    var page = files.find(INDEX).orElseThrow(() -> new ProblemException(
        Problem.notFound("This server was built without the browser console; the command line and the API work.")));
    byte[] bytes = new byte[NONCE_BYTES];
    random.nextBytes(bytes);
    String nonce = Base64.getEncoder().encodeToString(bytes);
    String html = new String(page.plain(), StandardCharsets.UTF_8).replace(NONCE_PLACE, nonce);
    response.setHeader("Content-Security-Policy", String.format(POLICY, nonce));
    response.setHeader(HttpHeaders.CACHE_CONTROL, CacheControl.noStore().getHeaderValue());
    send(response, page.type(), html.getBytes(StandardCharsets.UTF_8));
  }

  @Open("scripts, styles and pictures of the log-in; the same for everybody")
  @GetMapping("/console/{*path}")
  void file(@PathVariable String path, HttpServletRequest request, HttpServletResponse response) throws IOException {
    String name = path.substring(1);
    var file = files.find(name).filter(f -> !name.equals(INDEX))
        .orElseThrow(() -> new ProblemException(Problems.noRoute()));
    CacheControl life = name.startsWith(HASHED)
        ? CacheControl.maxAge(HASHED_LIFE).cachePublic().immutable()
        : CacheControl.maxAge(OTHER_LIFE).cachePublic();
    response.setHeader(HttpHeaders.CACHE_CONTROL, life.getHeaderValue());
    if (file.compressed().length == 0) {
      send(response, file.type(), file.plain());
      return;
    }
    response.setHeader(HttpHeaders.VARY, HttpHeaders.ACCEPT_ENCODING);
    String accepted = request.getHeader(HttpHeaders.ACCEPT_ENCODING);
    if (accepted != null && accepted.contains("gzip")) {
      response.setHeader(HttpHeaders.CONTENT_ENCODING, "gzip");
      send(response, file.type(), file.compressed());
    } else {
      send(response, file.type(), file.plain());
    }
  }

  private static void send(HttpServletResponse response, String type, byte[] bytes) throws IOException {
    response.setContentType(type);
    response.setContentLength(bytes.length);
    response.getOutputStream().write(bytes);
  }
}
