package dev.sallyport.protocol.enrol;

import dev.sallyport.protocol.ProtocolException;
import dev.sallyport.protocol.Uuids;
import dev.sallyport.protocol.channel.AgentPolicy;
import dev.sallyport.protocol.json.Json;
import dev.sallyport.protocol.json.JsonLimits;
import dev.sallyport.protocol.json.JsonObject;

/**
 * What the server answers to an {@link EnrolRequest}, inside ROLLED: the machine now belongs to a site.
 *
 * @param agentId the machine's id for ever, a UUID
 * @param site the site, a UUID
 * @param policy how to keep in touch
 */
public record EnrolGrant(String agentId, String site, AgentPolicy policy) {
  /** Most bytes as JSON: 4 KiB. */
  public static final int MAX_BYTES = 4 << 10;

  private static final JsonLimits LIMITS = new JsonLimits(MAX_BYTES, 2);

  /** Checks the ids. */
  public EnrolGrant {
    Uuids.require("agentId", agentId);
    Uuids.require("site", site);
  }

  /** Returns the bytes that travel after the epoch in ROLLED. */
  public byte[] encode() {
    return JsonObject.builder().put("agentId", agentId).put("site", site).put("policy", policy.toJson()).build()
        .bytes();
  }

  /**
   * Reads the bytes that travel.
   *
   * @throws ProtocolException if they are anything else
   */
  public static EnrolGrant decode(byte[] bytes) {
    JsonObject json = Json.parseObject(bytes, LIMITS).onlyFields("agentId", "site", "policy");
    return new EnrolGrant(json.string("agentId", Uuids.LENGTH), json.string("site", Uuids.LENGTH),
        AgentPolicy.fromJson(json.object("policy")));
  }
}
