package dev.sallyport.server.site;

import java.time.Instant;
import java.util.List;

import dev.sallyport.session.handshake.Secret;

/**
 * A token as the server keeps it.
 *
 * @param id 32 hexadecimal digits
 * @param site that machines join
 * @param secret what both ends derive from the secret in the bundle, which the server does not keep
 * @param expires when it ends
 * @param maxUses how many machines may enrol with it
 * @param used how many have
 * @param approval whether they take directives at once
 * @param networks where they must come from; empty: from anywhere
 */
public record EnrolmentToken(String id, String site, Secret secret, Instant expires, int maxUses, int used,
    Approval approval,
    List<Network> networks) {
  /** Whether a machine at this address, a literal without a port, may use it. */
  public boolean allows(String address) {
    return networks.isEmpty() || networks.stream().anyMatch(network -> network.contains(address));
  }
}
