package dev.sallyport.protocol.enrol;

import java.net.URI;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import dev.sallyport.protocol.Bytes;
import dev.sallyport.protocol.PlainText;
import dev.sallyport.protocol.ProtocolException;
import dev.sallyport.protocol.Uuids;
import dev.sallyport.protocol.json.JsonObject;

/**
 * All an agent needs to enrol: where the servers are, which keys they have, and a token. It travels signed, see {@link
 * SignedBundle}.
 *
 * @param site the site, a UUID
 * @param servers addresses in the order to try, 1 to {@link #MAX_SERVERS}
 * @param serverKeys keys of the server to pin, 1 to {@link #MAX_SERVER_KEYS}, no selector twice
 * @param token what lets the machine in
 * @param expires when the token ends, in whole seconds
 * @param groups groups the machine joins, at most {@link #MAX_GROUPS}
 * @param agentDigest SHA-256 of the agent's package manifest, or empty if not pinned
 * @param authority the site authority document to start from, or {@link AuthorityPin#NONE}
 * @param updateRoot SHA-256 of the root of update trust, or empty if not pinned
 * @param elevation sealed administrator credential, at most {@link #MAX_ELEVATION_BYTES}, or empty if there is none
 * @param tlsPins SHA-256 of TLS leaf certificates (DER) to accept, at most {@link #MAX_TLS_PINS}; empty: the system decides
 */
public record EnrolBundle(String site, List<URI> servers, List<ServerKey> serverKeys, EnrolToken token, Instant expires,
    List<String> groups, Bytes agentDigest, AuthorityPin authority, Bytes updateRoot, Bytes elevation,
    List<Bytes> tlsPins) {
  /** Most server addresses. */
  public static final int MAX_SERVERS = 16;

  /** Most characters of a server address. */
  public static final int MAX_ADDRESS_LENGTH = 512;

  /** Most server keys. */
  public static final int MAX_SERVER_KEYS = 8;

  /** Most groups. */
  public static final int MAX_GROUPS = 32;

  /** Most characters of a group's name. */
  public static final int MAX_GROUP_LENGTH = 100;

  /** Most pinned certificates. */
  public static final int MAX_TLS_PINS = 8;

  /** Most bytes of a sealed credential. */
  public static final int MAX_ELEVATION_BYTES = 1024;

  /** Bytes of a SHA-256 digest. */
  public static final int SHA256_BYTES = 32;

  private static final Set<String> SCHEMES = Set.of("wss", "https", "tls", "http", "tcp", "ftps", "ftp");
  private static final Set<String> WITH_USERS = Set.of("ftps", "ftp");

  /** Copies and checks. */
  public EnrolBundle {
    Uuids.require("site", site);
    requireCount("servers", servers, 1, MAX_SERVERS);
    servers.forEach(EnrolBundle::requireAddress);
    servers = List.copyOf(servers);
    requireCount("serverKeys", serverKeys, 1, MAX_SERVER_KEYS);
    requireDistinctSelectors(serverKeys);
    serverKeys = List.copyOf(serverKeys);
    if (expires.isBefore(Instant.EPOCH) || expires.isAfter(JsonObject.MAX_INSTANT)) {
      throw new ProtocolException("exp: expected a time from 1970 to 9999");
    }
    expires = expires.truncatedTo(ChronoUnit.SECONDS);
    requireCount("groups", groups, 0, MAX_GROUPS);
    groups.forEach(group -> PlainText.requireNonEmpty("group", group, MAX_GROUP_LENGTH));
    groups = List.copyOf(groups);
    requireDigestOrNone("agentDigest", agentDigest);
    requireDigestOrNone("updateRoot", updateRoot);
    if (elevation.length() > MAX_ELEVATION_BYTES) {
      throw new ProtocolException("elevate.ct: expected at most " + MAX_ELEVATION_BYTES + " bytes");
    }
    requireCount("tlsPins", tlsPins, 0, MAX_TLS_PINS);
    tlsPins.forEach(pin -> pin.requireLength("tlsPins", SHA256_BYTES));
    tlsPins = List.copyOf(tlsPins);
  }

  /** Returns a bundle with the parts every site has; the others can be added with the {@code with…} methods. */
  public static EnrolBundle of(String site, List<URI> servers, List<ServerKey> serverKeys, EnrolToken token,
      Instant expires) {
    return new EnrolBundle(site, servers, serverKeys, token, expires, List.of(), Bytes.EMPTY, AuthorityPin.NONE,
        Bytes.EMPTY, Bytes.EMPTY, List.of());
  }

  /** Returns this bundle for these groups. */
  public EnrolBundle withGroups(List<String> names) {
    return new EnrolBundle(site, servers, serverKeys, token, expires, names, agentDigest, authority, updateRoot,
        elevation, tlsPins);
  }

  /** Returns this bundle with these pinned certificates. */
  public EnrolBundle withTlsPins(List<Bytes> pins) {
    return new EnrolBundle(site, servers, serverKeys, token, expires, groups, agentDigest, authority, updateRoot,
        elevation, pins);
  }

  /** Returns whether the token has ended at this time. */
  public boolean expiredAt(Instant now) {
    return !now.isBefore(expires);
  }

  /** Without the addresses, which may hold passwords of FTP servers. */
  @Override
  public String toString() {
    return "bundle for site " + site + ", until " + expires;
  }

  /** Returns the address if it is a scheme, a host, perhaps a port and a path, and a user only where there are files: no query. */
  public static URI requireAddress(URI address) {
    String text = address.toString();
    boolean sound = text.length() <= MAX_ADDRESS_LENGTH && address.getScheme() != null
        && SCHEMES.contains(address.getScheme()) && address.getHost() != null
        && (address.getUserInfo() == null || WITH_USERS.contains(address.getScheme()))
        && address.getQuery() == null && address.getFragment() == null && address.getPort() != 0
        && address.getPort() <= 65_535;
    if (!sound) {
      throw new ProtocolException(
          "server address: expected <wss|https|tls|http|tcp|ftps|ftp>://host[:port][/path] of at most "
              + MAX_ADDRESS_LENGTH + " characters");
    }
    return address;
  }

  private static void requireDistinctSelectors(List<ServerKey> keys) {
    Set<Integer> selectors = new HashSet<>();
    for (ServerKey key : keys) {
      if (!selectors.add(key.selector())) {
        throw new ProtocolException("serverKeys: selector " + key.selector() + " twice");
      }
    }
  }

  private static void requireCount(String what, List<?> items, int min, int max) {
    if (items.size() < min || items.size() > max) {
      throw new ProtocolException(what + ": expected " + min + " to " + max + " items, found " + items.size());
    }
  }

  private static void requireDigestOrNone(String what, Bytes digest) {
    if (!digest.isEmpty()) {
      digest.requireLength(what, SHA256_BYTES);
    }
  }
}
