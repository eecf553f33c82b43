package dev.sallyport.server.review;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;

import dev.sallyport.audit.EntryBundle;
import dev.sallyport.audit.LogFiles;
import dev.sallyport.protocol.ProtocolException;
import dev.sallyport.server.access.ActionClass;
import dev.sallyport.server.access.Requires;
import dev.sallyport.server.audit.AuditLog;
import dev.sallyport.server.web.Problem;
import dev.sallyport.server.web.ProblemException;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** The log as others read logs: C2SP tlog-tiles below {@code /api/v1/audit}. Whoever has these files can verify it without us. */
@RestController
public final class TileController {
  private final AuditLog log;

  public TileController(AuditLog log) {
    this.log = log;
  }

  @Requires(ActionClass.POLICY)
  @GetMapping("/api/v1/audit/checkpoint")
  void checkpoint(HttpServletResponse response) throws IOException {
    send(response, "text/plain; charset=utf-8", log.checkpoint().note().getBytes(StandardCharsets.UTF_8));
  }

  /** The key that verifies checkpoints. It should be compared with one that came another way, from the server's own disk say. */
  @Requires(ActionClass.POLICY)
  @GetMapping("/api/v1/audit/vkey")
  void key(HttpServletResponse response) throws IOException {
    send(response, "text/plain; charset=utf-8", (log.key().text() + "\n").getBytes(StandardCharsets.US_ASCII));
  }

  /** A tile of hashes or a bundle of entries; a partial one may be replaced by a wider one at any moment. */
  @Requires(ActionClass.POLICY)
  @GetMapping("/api/v1/audit/tile/{*path}")
  void tile(@PathVariable String path, HttpServletResponse response) throws IOException {
    String name = "tile" + path;
    if (!LogFiles.names(name)) {
      throw missing();
    }
    try {
      send(response, "application/octet-stream", log.files().published(name, EntryBundle.MAX_BYTES));
    } catch (NoSuchFileException | ProtocolException e) {
      throw missing();
    }
  }

  private static ProblemException missing() {
    return new ProblemException(Problem.notFound("The log has no such tile now. Read the checkpoint anew: tiles that"
        + " are not full are replaced."));
  }

  private static void send(HttpServletResponse response, String type, byte[] body) throws IOException {
    response.setContentType(type);
    response.setHeader("Cache-Control", "no-store");
    response.setContentLength(body.length);
    response.getOutputStream().write(body);
  }
}
