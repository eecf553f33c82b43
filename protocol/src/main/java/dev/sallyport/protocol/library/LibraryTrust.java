package dev.sallyport.protocol.library;

import java.security.KeyPair;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import dev.sallyport.protocol.Base64Url;
import dev.sallyport.protocol.Bytes;
import dev.sallyport.protocol.ProtocolException;
import dev.sallyport.protocol.enrol.DsseEnvelope;
import dev.sallyport.protocol.enrol.Ed25519;
import dev.sallyport.protocol.json.Json;
import dev.sallyport.protocol.json.JsonLimits;
import dev.sallyport.protocol.json.JsonObject;
import dev.sallyport.protocol.operation.InputDigest;

/**
 * Whom an agent believes about libraries, as the server's installer key has signed it: the key that every agent has known since its
 * enrolment. A statement takes the place of all with a lower serial, and none ever of one with a higher.
 *
 * @param serial from 1, rising
 * @param keys raw Ed25519 public keys that sign libraries, at most {@link #MAX_KEYS}; without any nothing is loaded
 * @param floors the oldest versions that may be loaded, by library, at most {@link #MAX_FLOORS}
 * @param withdrawn SHA-256 of jars that are not to be loaded any more, at most {@link #MAX_WITHDRAWN}
 */
public record LibraryTrust(long serial, List<Bytes> keys, Map<String, LibraryVersion> floors, List<Bytes> withdrawn) {
  /** What the payload of the envelope is. */
  public static final String PAYLOAD_TYPE = "application/vnd.sallyport.library-trust.v1+json";

  /** Of an agent that was told nothing yet: nothing is loaded. */
  public static final LibraryTrust NONE = new LibraryTrust(0, List.of(), Map.of(), List.of());

  /** Most keys. */
  public static final int MAX_KEYS = 16;

  /** Most floors. */
  public static final int MAX_FLOORS = 256;

  /** Most jars that were withdrawn above their libraries' floors. */
  public static final int MAX_WITHDRAWN = 256;

  /** Most bytes of the signed statement as JSON: 64 KiB. */
  public static final int MAX_ENVELOPE_BYTES = DsseEnvelope.MAX_BYTES;

  private static final JsonLimits LIMITS = JsonLimits.ofBytes(MAX_ENVELOPE_BYTES);

  /** Copies and checks. */
  public LibraryTrust {
    if (serial < 0) {
      throw new ProtocolException("serial: expected at least 0");
    }
    requireAtMost("keys", keys.size(), MAX_KEYS);
    requireAtMost("floors", floors.size(), MAX_FLOORS);
    requireAtMost("withdrawn", withdrawn.size(), MAX_WITHDRAWN);
    keys.forEach(Ed25519::publicKey);
    floors.keySet().forEach(id -> LibraryId.require("floors", id));
    withdrawn.forEach(jar -> jar.requireLength("withdrawn", InputDigest.SHA256_BYTES));
    keys = List.copyOf(keys);
    floors = Collections.unmodifiableMap(new TreeMap<>(floors));
    withdrawn = List.copyOf(withdrawn);
  }

  private static void requireAtMost(String what, int found, int max) {
    if (found > max) {
      throw new ProtocolException(what + ": expected at most " + max + ", found " + found);
    }
  }

  /**
   * Returns what is signed about a library, if it may be loaded.
   *
   * @throws ProtocolException if no trusted key signed it, it is older than the floor or was withdrawn
   */
  public LibraryStatement admit(Bytes envelope) {
    LibraryStatement statement = LibraryStatement.verified(envelope, keys);
    LibraryVersion floor = floors.get(statement.id());
    if (floor != null && statement.version().compareTo(floor) < 0) {
      throw new ProtocolException(statement.id() + " " + statement.version()
          + " is older than " + floor + ", the oldest version that may be loaded");
    }
    if (withdrawn.contains(statement.sha256())) {
      throw new ProtocolException(statement.id() + " " + statement.version() + " was withdrawn");
    }
    return statement;
  }

  /** Returns this statement, signed by the server's installer key. */
  public DsseEnvelope sign(KeyPair installer) {
    return DsseEnvelope.sign(PAYLOAD_TYPE, Bytes.of(toJson().bytes()),
        Ed25519.raw(installer.getPublic()).base64Url(), installer.getPrivate());
  }

  /**
   * Returns the statement if the installer key signed it.
   *
   * @param installerKey raw
   * @throws ProtocolException otherwise
   */
  public static LibraryTrust verified(Bytes envelope, Bytes installerKey) {
    if (envelope.length() > MAX_ENVELOPE_BYTES) {
      throw new ProtocolException("trust: expected at most " + MAX_ENVELOPE_BYTES + " bytes");
    }
    Bytes payload = DsseEnvelope.decode(envelope.toArray()).verifiedPayload(PAYLOAD_TYPE,
        Ed25519.publicKey(installerKey));
    return fromJson(Json.parseObject(payload.toArray(), LIMITS));
  }

  private JsonObject toJson() {
    var oldest = JsonObject.builder();
    floors.forEach((id, version) -> oldest.put(id, version.toString()));
    return JsonObject.builder().put("serial", serial).putStrings("keys", texts(keys)).put("floors", oldest.build())
        .putStrings("withdrawn", texts(withdrawn)).build();
  }

  private static LibraryTrust fromJson(JsonObject json) {
    json.onlyFields("serial", "keys", "floors", "withdrawn");
    JsonObject oldest = json.object("floors");
    requireAtMost("floors", oldest.size(), MAX_FLOORS);
    var floors = new TreeMap<String, LibraryVersion>();
    for (String id : oldest.names()) {
      floors.put(id, LibraryVersion.of(oldest.string(id, LibraryVersion.MAX_LENGTH)));
    }
    return new LibraryTrust(json.integer("serial", 1, Long.MAX_VALUE), bytes(json, "keys", MAX_KEYS), floors,
        bytes(json, "withdrawn", MAX_WITHDRAWN));
  }

  private static List<String> texts(List<Bytes> all) {
    List<String> texts = new ArrayList<>();
    for (Bytes bytes : all) {
      texts.add(bytes.base64Url());
    }
    return texts;
  }

  private static List<Bytes> bytes(JsonObject json, String name, int max) {
    List<Bytes> all = new ArrayList<>();
    for (String text : json.strings(name, max, InputDigest.SHA256_BYTES * 2)) {
      all.add(Bytes.of(Base64Url.decode(text)));
    }
    return all;
  }
}
