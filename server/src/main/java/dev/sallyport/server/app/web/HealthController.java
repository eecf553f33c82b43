package dev.sallyport.server.app.web;

import dev.sallyport.server.access.Open;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code /api/v1/health}: whether the web part answers. */
@RestController
final class HealthController {

  private final String version;

  HealthController(String version) {
    this.version = version;
  }

  @Open("monitors and log-ins ask whether a server is there; tells nothing but its version")
  @GetMapping("/api/v1/health")
  Health health() {
    return new Health("ok", version);
  }

  record Health(String status, String version) {}
}
