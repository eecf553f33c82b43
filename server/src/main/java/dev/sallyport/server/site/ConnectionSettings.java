package dev.sallyport.server.site;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;

import dev.sallyport.protocol.PlainText;
import dev.sallyport.protocol.ProtocolException;
import dev.sallyport.protocol.ServerAddress;
import dev.sallyport.protocol.channel.AgentPolicy;
import dev.sallyport.protocol.channel.ServerMessage.Servers;
import dev.sallyport.protocol.json.JsonObject;

/**
 * How the agents of a site keep in touch (K2, K4).
 *
 * @param policy check-in interval, pauses between attempts, order of transports
 * @param addresses of this server that agents try before those of their bundles, in this order; at most {@link Servers#MAX_ADDRESSES}
 */
public record ConnectionSettings(AgentPolicy policy, List<String> addresses) {
  /** What is usual: nothing but what agents do by themselves. */
  public static final ConnectionSettings USUAL = new ConnectionSettings(AgentPolicy.DEFAULT, List.of());

  private static final String DOOR = "an address such as wss://10.0.0.5:8443/agent, or https://, tls://, http:// or tcp:// with host:port"
      + " and nothing else";
  private static final int MAX_WORD_LENGTH = 64;
  private static final int MAX_SHOWN = 80;

  public ConnectionSettings {
    addresses = List.copyOf(addresses);
  }

  /**
   * Reads the body of a request, or what is stored; what is left out is as usual. Stricter than agents are: whoever gives an order of
   * transports or an address that no agent could follow should hear of it now.
   *
   * @throws ProtocolException naming the field at fault
   */
  static ConnectionSettings fromJson(JsonObject json) {
    json.onlyFields("checkInSeconds", "firstRetryMs", "lastRetryMs", "transports", "addresses");
    AgentPolicy usual = USUAL.policy();
    long checkIn = json.integer("checkInSeconds", AgentPolicy.MIN_CHECK_IN.toSeconds(),
        AgentPolicy.MAX_CHECK_IN.toSeconds(), usual.checkIn().toSeconds());
    long longest = AgentPolicy.MAX_RETRY.toMillis();
    long first = json.integer("firstRetryMs", AgentPolicy.MIN_RETRY.toMillis(), longest, usual.firstRetry().toMillis());
    long last = json.integer("lastRetryMs", first, longest, Math.max(first, usual.lastRetry().toMillis()));
    return new ConnectionSettings(new AgentPolicy(Duration.ofSeconds(checkIn), Duration.ofMillis(first),
        Duration.ofMillis(last), transports(json)), addresses(json));
  }

  private static List<String> transports(JsonObject json) {
    if (!json.has("transports")) {
      return List.of();
    }
    List<String> words = json.strings("transports", AgentPolicy.TRANSPORTS.size(), MAX_WORD_LENGTH);
    var seen = new HashSet<String>();
    for (int i = 0; i < words.size(); i++) {
      if (!AgentPolicy.TRANSPORTS.contains(words.get(i))) {
        throw wrong("transports", i, "one of " + String.join(", ", AgentPolicy.TRANSPORTS), words.get(i));
      }
      if (!seen.add(words.get(i))) {
        throw wrong("transports", i, "each transport once", words.get(i));
      }
    }
    return words;
  }

  private static List<String> addresses(JsonObject json) {
    if (!json.has("addresses")) {
      return List.of();
    }
    List<String> addresses = json.strings("addresses", Servers.MAX_ADDRESSES, Servers.MAX_ADDRESS_LENGTH);
    var seen = new HashSet<String>();
    for (int i = 0; i < addresses.size(); i++) {
      if (!isDoor(addresses.get(i))) {
        throw wrong("addresses", i, DOOR, addresses.get(i));
      }
      if (!seen.add(addresses.get(i))) {
        throw wrong("addresses", i, "each address once", addresses.get(i));
      }
    }
    return addresses;
  }

  /** Agents pass over what they cannot dial, so a typing error is best found here. Doors with files need a password, and so are named in bundles only. */
  private static boolean isDoor(String address) {
    try {
      return !ServerAddress.of(address).scheme().isFiles();
    } catch (ProtocolException _) {
      return false; // whoever asked says what is expected
    }
  }

  private static ProtocolException wrong(String field, int index, String expected, String found) {
    return new ProtocolException(
        field + "[" + index + "]: expected " + expected + ", found " + PlainText.clean(found, MAX_SHOWN));
  }

  /** The form {@link #fromJson} reads. */
  JsonObject toJson() {
    return JsonObject.builder().put("checkInSeconds", policy.checkIn().toSeconds())
        .put("firstRetryMs", policy.firstRetry().toMillis()).put("lastRetryMs", policy.lastRetry().toMillis())
        .putStrings("transports", policy.transports()).putStrings("addresses", addresses).build();
  }
}
