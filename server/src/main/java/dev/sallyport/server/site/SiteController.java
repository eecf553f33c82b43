package dev.sallyport.server.site;

import java.util.List;

import dev.sallyport.server.access.ActionClass;
import dev.sallyport.server.access.Reach;
import dev.sallyport.server.access.Requires;
import dev.sallyport.server.web.JsonBody;
import dev.sallyport.server.web.Problem;
import dev.sallyport.server.web.ProblemException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.node.ObjectNode;

/** {@code /api/v1/sites}: what there is, and how the agents of each keep in touch. */
@RestController
public final class SiteController {
  private final Sites sites;
  private final SiteConnections connections;

  public SiteController(Sites sites, SiteConnections connections) {
    this.sites = sites;
    this.connections = connections;
  }

  record Listed(List<Site> sites) {}

  /** {@link ConnectionSettings} as the API shows them and takes them. */
  record Connection(long checkInSeconds, long firstRetryMs, long lastRetryMs, List<String> transports,
      List<String> addresses) {
    static Connection of(ConnectionSettings settings) {
      var policy = settings.policy();
      return new Connection(policy.checkIn().toSeconds(), policy.firstRetry().toMillis(),
          policy.lastRetry().toMillis(), policy.transports(), settings.addresses());
    }
  }

  @Requires(value = ActionClass.READ, reach = Reach.NO_MACHINE)
  @GetMapping("/api/v1/sites")
  Listed list() {
    return new Listed(sites.all());
  }

  @Requires(ActionClass.READ)
  @GetMapping("/api/v1/sites/{id}/connection")
  Connection connection(@PathVariable String id) {
    return Connection.of(connections.of(find(id).id()));
  }

  /** Replaces all settings, those that are left out by what is usual. Machines that are connected hear of it at once. */
  @Requires(ActionClass.POLICY)
  @PutMapping("/api/v1/sites/{id}/connection")
  Connection connection(@PathVariable String id, @RequestBody ObjectNode body) {
    Site site = find(id);
    ConnectionSettings wanted = JsonBody.read(body, ConnectionSettings::fromJson);
    connections.change(site.id(), wanted);
    return Connection.of(wanted);
  }

  private Site find(String id) {
    return sites.find(id).orElseThrow(
        () -> new ProblemException(Problem.notFound("There is no site of this id.")));
  }
}
