package dev.sallyport.server.site;

import java.net.URI;
import java.time.Duration;
import java.util.List;

import dev.sallyport.protocol.ProtocolException;
import dev.sallyport.protocol.enrol.EnrolBundle;
import dev.sallyport.protocol.json.JsonObject;

/**
 * What an operator allows with an enrolment token.
 *
 * @param lifetime how long machines may enrol with it, at most {@link #MAX_LIFETIME}
 * @param maxUses how many machines, 1 to {@value #MAX_USES}
 * @param approval whether they take directives at once
 * @param networks where they must come from; empty: from anywhere
 * @param servers addresses to put into the bundle in place of the server's own; empty: the server's own
 */
public record TokenTerms(Duration lifetime, int maxUses, Approval approval, List<Network> networks, List<URI> servers) {
  /** How long a token lives when nothing is said. */
  public static final Duration DEFAULT_LIFETIME = Duration.ofHours(24);
  /** The longest a token may live. */
  public static final Duration MAX_LIFETIME = Duration.ofDays(30);
  /** The most machines one token may enrol. */
  public static final int MAX_USES = 10_000;
  /** The most networks a token may name. */
  public static final int MAX_NETWORKS = 16;

  public TokenTerms {
    networks = List.copyOf(networks);
    servers = List.copyOf(servers);
  }

  /**
   * Reads the body of a request; everything in it may be left out. A token for several machines asks for approval unless told otherwise,
   * because nobody stands beside each of them.
   *
   * @throws ProtocolException naming the field at fault
   */
  static TokenTerms fromJson(JsonObject json) {
    json.onlyFields("expiresInSeconds", "maxUses", "approval", "networks", "servers");
    int maxUses = (int) json.integer("maxUses", 1, MAX_USES, 1);
    Approval usual = maxUses > 1 ? Approval.MANUAL : Approval.AUTO;
    return new TokenTerms(
        Duration.ofSeconds(json.integer("expiresInSeconds", 1, MAX_LIFETIME.toSeconds(), DEFAULT_LIFETIME.toSeconds())),
        maxUses,
        approval(json, usual), networks(json), servers(json));
  }

  private static Approval approval(JsonObject json, Approval absent) {
    if (!json.has("approval")) {
      return absent;
    }
    try {
      return Approval.ofWord(json.string("approval"));
    } catch (ProtocolException e) {
      throw because(e, json.refused("approval", "expected auto or manual"));
    }
  }

  private static List<Network> networks(JsonObject json) {
    if (!json.has("networks")) {
      return List.of();
    }
    try {
      return json.strings("networks", MAX_NETWORKS, Network.MAX_LENGTH).stream().map(Network::new).toList();
    } catch (ProtocolException e) {
      throw because(e, json.refused("networks", "expected networks such as 10.0.0.0/8 or 2001:db8::/32"));
    }
  }

  private static List<URI> servers(JsonObject json) {
    if (!json.has("servers")) {
      return List.of();
    }
    List<String> addresses = json.strings("servers", EnrolBundle.MAX_SERVERS, EnrolBundle.MAX_ADDRESS_LENGTH);
    try {
      return addresses.stream().map(URI::create).map(EnrolBundle::requireAddress).toList();
    } catch (IllegalArgumentException | ProtocolException e) {
      throw because(e, json.refused("servers", "expected addresses such as wss://host:8443/agent"));
    }
  }

  private static ProtocolException because(RuntimeException cause, ProtocolException refusal) {
    refusal.initCause(cause);
    return refusal;
  }
}
