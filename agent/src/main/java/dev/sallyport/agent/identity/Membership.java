package dev.sallyport.agent.identity;

import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

import dev.sallyport.agent.state.StateException;
import dev.sallyport.agent.state.StateFiles;
import dev.sallyport.agent.state.StateRecord;
import dev.sallyport.protocol.Bytes;
import dev.sallyport.protocol.ProtocolException;
import dev.sallyport.protocol.enrol.EnrolBundle;
import dev.sallyport.protocol.enrol.ServerKey;
import dev.sallyport.protocol.json.Json;
import dev.sallyport.protocol.json.JsonArray;
import dev.sallyport.protocol.json.JsonLimits;
import dev.sallyport.protocol.json.JsonObject;

/**
 * Whom this machine belongs to. There is one as soon as the machine is enrolled, and it holds no secret.
 *
 * @param agentId the machine's id, or empty if the server's word was lost on the way
 * @param site the site's id
 * @param servers addresses in the order to try
 * @param serverKeys the server's pinned keys
 * @param tlsPins pinned certificates, or none
 * @param installerKey that signed the bundle this machine was enrolled with
 * @param enrolled when, by the machine's clock, in whole milliseconds
 */
public record Membership(String agentId, String site, List<String> servers, List<ServerKey> serverKeys,
    List<Bytes> tlsPins,
    Bytes installerKey, Instant enrolled) {
  private static final String FILE = "membership";
  private static final int SCHEMA = 1;
  private static final int MAX_BYTES = 64 << 10;
  private static final int MAX_DEPTH = 4;
  private static final int ID_LENGTH = 36;

  public Membership {
    servers = List.copyOf(servers);
    serverKeys = List.copyOf(serverKeys);
    tlsPins = List.copyOf(tlsPins);
    enrolled = enrolled.truncatedTo(ChronoUnit.MILLIS);
  }

  /** Without the addresses, which may hold passwords of FTP servers. */
  @Override
  public String toString() {
    return "membership of " + agentId + " in site " + site;
  }

  private static StateRecord file(StateFiles files) {
    return new StateRecord(files, FILE, SCHEMA);
  }

  public static boolean exists(StateFiles files) {
    return file(files).exists();
  }

  public static Membership load(StateFiles files) throws IOException {
    byte[] body = file(files).read();
    try {
      return fromJson(Json.parseObject(body, new JsonLimits(MAX_BYTES, MAX_DEPTH)));
    } catch (ProtocolException e) {
      throw new StateException("the agent's file \"" + FILE + "\" cannot be understood (" + e.getMessage()
          + "): restore the state directory from a backup, or remove it and enrol this machine again", e);
    }
  }

  /** Returns when the machine is enrolled for good. */
  public void store(StateFiles files) throws IOException {
    file(files).write(toJson().bytes());
  }

  private JsonObject toJson() {
    List<Json> keys = new ArrayList<>();
    for (ServerKey key : serverKeys) {
      keys.add(JsonObject.builder().put("sel", key.selector()).putBytes("x25519", key.x25519().toArray()).build());
    }
    List<Json> pins = new ArrayList<>();
    for (Bytes pin : tlsPins) {
      pins.add(JsonObject.builder().putBytes("sha256", pin.toArray()).build());
    }
    return JsonObject.builder().put("agentId", agentId).put("site", site).putStrings("servers", servers)
        .put("serverKeys", JsonArray.of(keys)).put("tlsPins", JsonArray.of(pins))
        .putBytes("installerKey", installerKey.toArray())
        .put("enrolled", enrolled).build();
  }

  private static Membership fromJson(JsonObject json) {
    json.onlyFields("agentId", "site", "servers", "serverKeys", "tlsPins", "installerKey", "enrolled");
    List<ServerKey> keys = new ArrayList<>();
    for (JsonObject key : json.objects("serverKeys", EnrolBundle.MAX_SERVER_KEYS)) {
      keys.add(new ServerKey((int) key.integer("sel", 0, ServerKey.MAX_SELECTOR),
          Bytes.of(key.bytes("x25519", ServerKey.KEY_BYTES, ServerKey.KEY_BYTES))));
    }
    List<Bytes> pins = new ArrayList<>();
    for (JsonObject pin : json.objects("tlsPins", EnrolBundle.MAX_TLS_PINS)) {
      pins.add(Bytes.of(pin.bytes("sha256", EnrolBundle.SHA256_BYTES, EnrolBundle.SHA256_BYTES)));
    }
    return new Membership(json.string("agentId", ID_LENGTH), json.string("site", ID_LENGTH),
        json.strings("servers", EnrolBundle.MAX_SERVERS, EnrolBundle.MAX_ADDRESS_LENGTH), keys, pins,
        Bytes.of(json.bytes("installerKey", EnrolBundle.SHA256_BYTES, EnrolBundle.SHA256_BYTES)),
        json.instant("enrolled"));
  }
}
