package dev.sallyport.transport;

import java.net.URI;
import java.net.URISyntaxException;

import dev.sallyport.protocol.ProtocolException;

/**
 * Where a server listens for agents: {@code wss://host:port/agent}, as it stands in an enrolment bundle.
 *
 * @param uri scheme {@code wss}, a host, perhaps a port (443 otherwise), the path {@code /agent} and nothing more
 */
public record ServerAddress(URI uri) {
  /** The one path that belongs to agents. */
  public static final String PATH = "/agent";
  private static final int DEFAULT_PORT = 443;

  /** @throws ProtocolException if the address is not of that form */
  public ServerAddress {
    if (!"wss".equals(uri.getScheme()) || uri.getHost() == null || !PATH.equals(uri.getPath())
        || uri.getUserInfo() != null
        || uri.getQuery() != null || uri.getFragment() != null) {
      throw new ProtocolException("server address " + uri + " is not of the form wss://host:port" + PATH);
    }
    if (uri.getPort() == 0 || uri.getPort() > 65_535) {
      throw new ProtocolException("server address " + uri + " has a port outside 1..65535");
    }
  }

  /** @throws ProtocolException if the text is no such address */
  public static ServerAddress of(String text) {
    try {
      return new ServerAddress(new URI(text));
    } catch (URISyntaxException e) {
      throw new ProtocolException("server address \"" + text + "\" is not a URI", e);
    }
  }

  /** The host name or address to dial and to check the certificate against, an IPv6 address without brackets. */
  public String host() {
    String host = uri.getHost();
    return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
  }

  /** The TCP port to dial. */
  public int port() {
    return uri.getPort() < 0 ? DEFAULT_PORT : uri.getPort();
  }

  /** The value of the HTTP Host header. */
  public String authority() {
    return uri.getPort() < 0 ? uri.getHost() : uri.getHost() + ":" + uri.getPort();
  }

  @Override
  public String toString() {
    return uri.toString();
  }
}
