package dev.sallyport.protocol.library;

import java.io.IOException;
import java.security.KeyPair;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

import dev.sallyport.protocol.Bytes;
import dev.sallyport.protocol.ProtocolException;
import dev.sallyport.protocol.enrol.DsseEnvelope;
import dev.sallyport.protocol.enrol.Ed25519;
import dev.sallyport.protocol.json.Json;
import dev.sallyport.protocol.json.JsonLimits;
import dev.sallyport.protocol.json.JsonObject;
import dev.sallyport.protocol.operation.InputDigest;
import dev.sallyport.protocol.operation.Platform;

/**
 * What is signed about a library: everything that must be judged before a byte of its jar is looked at.
 *
 * @param id of the library
 * @param version of the library
 * @param sha256 of the whole jar
 * @param bytes size of the jar, 1 to {@link #MAX_JAR_BYTES}
 * @param platforms where it works
 */
public record LibraryStatement(String id, LibraryVersion version, Bytes sha256, int bytes, Set<Platform> platforms) {
  /** What the payload of the envelope is. */
  public static final String PAYLOAD_TYPE = "application/vnd.sallyport.library.v1+json";

  /** Most bytes of a jar: 32 MiB. */
  public static final int MAX_JAR_BYTES = 32 << 20;

  /** Most bytes of the signed statement as JSON: 8 KiB. */
  public static final int MAX_ENVELOPE_BYTES = 8 << 10;

  private static final int MAX_WORD_LENGTH = 16;
  private static final int PIECE_BYTES = 64 << 10;
  private static final JsonLimits LIMITS = JsonLimits.ofBytes(MAX_ENVELOPE_BYTES);

  /** Copies and checks. */
  public LibraryStatement {
    LibraryId.require("id", id);
    sha256.requireLength("sha256", InputDigest.SHA256_BYTES);
    if (bytes < 1 || bytes > MAX_JAR_BYTES) {
      throw new ProtocolException("bytes: expected 1 to " + MAX_JAR_BYTES + ", found " + bytes);
    }
    if (platforms.isEmpty()) {
      throw new ProtocolException("platforms: expected at least one");
    }
    platforms = Collections.unmodifiableSet(EnumSet.copyOf(platforms));
  }

  /** Returns what there is to sign about a jar with this manifest. */
  public static LibraryStatement of(LibraryManifest manifest, ArchiveSource jar) throws IOException {
    long size = jar.size();
    if (size > MAX_JAR_BYTES) {
      throw new ProtocolException("the jar has " + size + " bytes, the limit is " + MAX_JAR_BYTES);
    }
    return new LibraryStatement(manifest.id(), manifest.version(), digest(jar, (int) size), (int) size,
        manifest.platforms());
  }

  /** Returns this statement, signed; the key id is the public key. */
  public DsseEnvelope sign(KeyPair key) {
    return DsseEnvelope.sign(PAYLOAD_TYPE, Bytes.of(toJson().bytes()), Ed25519.raw(key.getPublic()).base64Url(),
        key.getPrivate());
  }

  /**
   * Returns the statement if one of the keys signed it.
   *
   * @param keys raw Ed25519 public keys
   * @throws ProtocolException if none did, or if what was signed is no statement
   */
  public static LibraryStatement verified(Bytes envelope, Iterable<Bytes> keys) {
    DsseEnvelope signed = decode(envelope);
    return fromPayload(signed.verifiedPayload(PAYLOAD_TYPE, signer(signed, keys)));
  }

  /** Returns which of the keys signed an envelope. */
  public static Bytes signerOf(Bytes envelope, Iterable<Bytes> keys) {
    return Ed25519.raw(signer(decode(envelope), keys));
  }

  /** A key id decides nothing: every key that is trusted is tried. */
  private static PublicKey signer(DsseEnvelope signed, Iterable<Bytes> keys) {
    for (Bytes key : keys) {
      var publicKey = Ed25519.publicKey(key);
      if (isBy(signed, publicKey)) {
        return publicKey;
      }
    }
    throw new ProtocolException("the library is not signed by a key that is trusted here");
  }

  private static boolean isBy(DsseEnvelope signed, PublicKey key) {
    try {
      return !signed.verifiedPayload(PAYLOAD_TYPE, key).isEmpty();
    } catch (ProtocolException e) {
      return false;
    }
  }

  private static DsseEnvelope decode(Bytes envelope) {
    if (envelope.length() > MAX_ENVELOPE_BYTES) {
      throw new ProtocolException(
          "signature: expected at most " + MAX_ENVELOPE_BYTES + " bytes, found " + envelope.length());
    }
    return DsseEnvelope.decode(envelope.toArray());
  }

  /**
   * Refuses a jar that is not the one that was signed; to be called before anything else reads it.
   *
   * @throws ProtocolException if its size or its SHA-256 is another
   */
  public void requireSame(ArchiveSource jar) throws IOException {
    if (jar.size() != bytes) {
      throw new ProtocolException("the jar is not the one that was signed: its size is another");
    }
    if (!digest(jar, bytes).equals(sha256)) {
      throw new ProtocolException("the jar is not the one that was signed: its SHA-256 is another");
    }
  }

  /** Refuses a manifest that does not say what was signed. */
  public LibraryManifest requireSame(LibraryManifest manifest) {
    if (!manifest.id().equals(id) || !manifest.version().equals(version) || !manifest.platforms().equals(platforms)) {
      throw new ProtocolException("the manifest in the jar is not that of " + id + " " + version);
    }
    return manifest;
  }

  private static Bytes digest(ArchiveSource jar, int size) throws IOException {
    MessageDigest digest = InputDigest.hasher();
    byte[] piece = new byte[PIECE_BYTES];
    for (int at = 0; at < size; at += piece.length) {
      int count = Math.min(piece.length, size - at);
      jar.read(at, piece, 0, count);
      digest.update(piece, 0, count);
    }
    return Bytes.of(digest.digest());
  }

  private JsonObject toJson() {
    return JsonObject.builder().put("id", id).put("version", version.toString()).putBytes("sha256", sha256.toArray())
        .put("bytes", bytes).putStrings("platforms", words(platforms)).build();
  }

  private static LibraryStatement fromPayload(Bytes payload) {
    JsonObject json = Json.parseObject(payload.toArray(), LIMITS);
    json.onlyFields("id", "version", "sha256", "bytes", "platforms");
    return new LibraryStatement(json.string("id", LibraryId.MAX_LENGTH),
        LibraryVersion.of(json.string("version", LibraryVersion.MAX_LENGTH)),
        Bytes.of(json.bytes("sha256", InputDigest.SHA256_BYTES, InputDigest.SHA256_BYTES)),
        (int) json.integer("bytes", 1, MAX_JAR_BYTES), platforms(json));
  }

  static List<String> words(Set<Platform> platforms) {
    List<String> words = new ArrayList<>();
    for (Platform platform : platforms) {
      words.add(platform.word());
    }
    return words;
  }

  static Set<Platform> platforms(JsonObject json) {
    Set<Platform> platforms = EnumSet.noneOf(Platform.class);
    for (String word : json.strings("platforms", Platform.values().length, MAX_WORD_LENGTH)) {
      platforms.add(Platform.ofWord(word));
    }
    return platforms;
  }
}
