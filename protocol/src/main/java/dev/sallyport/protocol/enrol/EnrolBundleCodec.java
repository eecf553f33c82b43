package dev.sallyport.protocol.enrol;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import dev.sallyport.protocol.Base64Url;
import dev.sallyport.protocol.Bytes;
import dev.sallyport.protocol.ProtocolException;
import dev.sallyport.protocol.json.Json;
import dev.sallyport.protocol.json.JsonArray;
import dev.sallyport.protocol.json.JsonLimits;
import dev.sallyport.protocol.json.JsonNull;
import dev.sallyport.protocol.json.JsonObject;

/** The JSON form of a bundle, version 1. What a site does not use is {@code null} when written, and may be absent when read. */
final class EnrolBundleCodec {
  private static final int VERSION = 1;
  private static final String DIGEST_PREFIX = "sha256:";
  private static final String ELEVATION_KDF = "slp1";
  private static final int MAX_DIGEST_LENGTH = DIGEST_PREFIX.length() + 2 * EnrolBundle.SHA256_BYTES;
  private static final JsonLimits LIMITS = new JsonLimits(SignedBundle.MAX_ENVELOPE_BYTES, 3);

  private EnrolBundleCodec() {
  }

  static Bytes encode(EnrolBundle bundle) {
    JsonObject.Builder json = JsonObject.builder().put("v", VERSION).put("site", bundle.site());
    List<String> servers = new ArrayList<>();
    for (URI server : bundle.servers()) {
      servers.add(server.toString());
    }
    List<Json> keys = new ArrayList<>();
    for (ServerKey key : bundle.serverKeys()) {
      keys.add(JsonObject.builder().put("sel", key.selector()).put("x25519", key.x25519().base64Url()).build());
    }
    json.putStrings("servers", servers).put("serverKeys", JsonArray.of(keys)).put("token", token(bundle.token()))
        .put("exp", bundle.expires().getEpochSecond()).putStrings("groups", bundle.groups());
    putHex(json, "agentDigest", DIGEST_PREFIX, bundle.agentDigest());
    json.put("authority", authority(bundle.authority()));
    putHex(json, "updateRoot", "", bundle.updateRoot());
    json.put("elevate", elevation(bundle.elevation()));
    if (!bundle.tlsPins().isEmpty()) {
      List<String> pins = new ArrayList<>();
      for (Bytes pin : bundle.tlsPins()) {
        pins.add(pin.base64Url());
      }
      json.putStrings("tlsPins", pins);
    }
    return Bytes.of(json.build().bytes());
  }

  static EnrolBundle decode(Bytes payload) {
    JsonObject json = Json.parseObject(payload.toArray(), LIMITS);
    json.onlyFields("v", "site", "servers", "serverKeys", "token", "exp", "groups", "agentDigest", "authority",
        "updateRoot", "elevate", "tlsPins");
    json.integer("v", VERSION, VERSION);
    List<URI> servers = new ArrayList<>();
    for (String server : json.strings("servers", EnrolBundle.MAX_SERVERS, EnrolBundle.MAX_ADDRESS_LENGTH)) {
      servers.add(address(json, server));
    }
    List<ServerKey> keys = new ArrayList<>();
    for (JsonObject key : json.objects("serverKeys", EnrolBundle.MAX_SERVER_KEYS)) {
      key.onlyFields("sel", "x25519");
      keys.add(new ServerKey((int) key.integer("sel", 0, ServerKey.MAX_SELECTOR),
          Bytes.of(key.bytes("x25519", ServerKey.KEY_BYTES, ServerKey.KEY_BYTES))));
    }
    return new EnrolBundle(json.string("site"), servers, keys, token(json.object("token")),
        Instant.ofEpochSecond(json.integer("exp", 0, JsonObject.MAX_INSTANT.getEpochSecond())),
        json.strings("groups", EnrolBundle.MAX_GROUPS, EnrolBundle.MAX_GROUP_LENGTH),
        hex(json, "agentDigest", DIGEST_PREFIX), authority(json), hex(json, "updateRoot", ""), elevation(json),
        tlsPins(json));
  }

  private static JsonObject token(EnrolToken token) {
    byte[] secret = token.secret();
    JsonObject json = JsonObject.builder().put("id", token.id().base64Url()).putBytes("secret", secret).build();
    Arrays.fill(secret, (byte) 0);
    return json;
  }

  private static EnrolToken token(JsonObject json) {
    json.onlyFields("id", "secret");
    Bytes id = Bytes.of(json.bytes("id", EnrolToken.ID_BYTES, EnrolToken.ID_BYTES));
    byte[] secret = json.bytes("secret", EnrolToken.SECRET_BYTES, EnrolToken.SECRET_BYTES);
    EnrolToken token = new EnrolToken(id, secret);
    Arrays.fill(secret, (byte) 0);
    return token;
  }

  private static Json authority(AuthorityPin authority) {
    return authority.isNone()
        ? JsonNull.NULL
        : JsonObject.builder().put("version", authority.version()).put("sha256", authority.sha256().hex()).build();
  }

  private static AuthorityPin authority(JsonObject json) {
    if (json.isNone("authority")) {
      return AuthorityPin.NONE;
    }
    JsonObject authority = json.object("authority").onlyFields("version", "sha256");
    return new AuthorityPin(authority.integer("version", 1, Long.MAX_VALUE), requireHex(authority, "sha256", ""));
  }

  private static Json elevation(Bytes ciphertext) {
    return ciphertext.isEmpty()
        ? JsonNull.NULL
        : JsonObject.builder().put("kdf", ELEVATION_KDF).put("ct", ciphertext.base64Url()).build();
  }

  private static Bytes elevation(JsonObject json) {
    if (json.isNone("elevate")) {
      return Bytes.EMPTY;
    }
    JsonObject elevation = json.object("elevate").onlyFields("kdf", "ct");
    if (!elevation.string("kdf").equals(ELEVATION_KDF)) {
      throw elevation.refused("kdf", "expected \"" + ELEVATION_KDF + "\"");
    }
    return Bytes.of(elevation.bytes("ct", 1, EnrolBundle.MAX_ELEVATION_BYTES));
  }

  private static List<Bytes> tlsPins(JsonObject json) {
    if (json.isNone("tlsPins")) {
      return List.of();
    }
    List<Bytes> pins = new ArrayList<>();
    for (String pin : json.strings("tlsPins", EnrolBundle.MAX_TLS_PINS, EnrolBundle.MAX_ADDRESS_LENGTH)) {
      pins.add(Bytes.of(Base64Url.decode(pin)));
    }
    return pins;
  }

  private static URI address(JsonObject json, String text) {
    try {
      return new URI(text);
    } catch (URISyntaxException _) {
      throw json.refused("servers", "expected addresses of the form <scheme>://host[:port][/path]");
    }
  }

  private static void putHex(JsonObject.Builder json, String name, String prefix, Bytes digest) {
    if (digest.isEmpty()) {
      json.put(name, JsonNull.NULL);
    } else {
      json.put(name, prefix + digest.hex());
    }
  }

  private static Bytes hex(JsonObject json, String name, String prefix) {
    return json.isNone(name) ? Bytes.EMPTY : requireHex(json, name, prefix);
  }

  private static Bytes requireHex(JsonObject json, String name, String prefix) {
    String text = json.string(name, MAX_DIGEST_LENGTH);
    if (!text.startsWith(prefix) || text.length() != prefix.length() + 2 * EnrolBundle.SHA256_BYTES) {
      throw json.refused(name, "expected \"" + prefix + "\" and " + 2 * EnrolBundle.SHA256_BYTES
          + " lower-case hexadecimal digits");
    }
    try {
      return Bytes.ofHex(text.substring(prefix.length()));
    } catch (ProtocolException _) {
      throw json.refused(name, "expected lower-case hexadecimal digits");
    }
  }
}
