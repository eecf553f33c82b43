package dev.sallyport.protocol;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;

/**
 * One door of a server, as it stands in an enrolment bundle: {@code wss://host:port/agent} for its TLS port, and whatever else it opens
 * for agents that cannot come there (K4, K5).
 *
 * @param scheme what is spoken behind the door
 * @param uri a host, perhaps a port, the scheme's path; a user and a directory only where there are files
 */
public record ServerAddress(Scheme scheme, URI uri) {
  private static final int MAX_PORT = 65_535;

  /** What is spoken behind a door. */
  public enum Scheme {
    /** The TLS port, and in it everything that this server speaks inside TLS. */
    WSS("wss", 443, "/agent"),
    /** The same port, and only HTTP requests. */
    HTTPS("https", 443, ""),
    /** The same port, and only messages one after the other. */
    TLS("tls", 443, ""),
    /** HTTP requests without TLS. */
    HTTP("http", 80, ""),
    /** Messages one after the other, without TLS. The port must be named. */
    TCP("tcp", 0, ""),
    /** Files, exchanged over FTP with TLS (RFC 4217, explicit). */
    FTPS("ftps", 21, ""),
    /** Files, exchanged over FTP. */
    FTP("ftp", 21, "");

    private final String word;
    private final int port;
    private final String path;

    Scheme(String word, int port, String path) {
      this.word = word;
      this.port = port;
      this.path = path;
    }

    /** As in an address. */
    public String word() {
      return word;
    }

    /** Whether there are users and directories. */
    public boolean isFiles() {
      return this == FTP || this == FTPS;
    }

    private static Scheme of(URI uri) {
      for (Scheme scheme : values()) {
        if (scheme.word.equals(uri.getScheme())) {
          return scheme;
        }
      }
      throw new ProtocolException(
          "server address " + withoutUser(uri) + " begins with none of wss, https, tls, http, tcp, ftps, ftp");
    }
  }

  /** @throws ProtocolException if the address is not of that form */
  public ServerAddress {
    if (uri.getHost() == null || uri.getQuery() != null || uri.getFragment() != null
        || (!scheme.isFiles() && (uri.getUserInfo() != null || !scheme.path.equals(uri.getPath())))) {
      throw new ProtocolException(
          "server address " + withoutUser(uri) + " is not of the form " + scheme.word + "://host:port" + scheme.path);
    }
    if (uri.getPort() == 0 || uri.getPort() > MAX_PORT || (uri.getPort() < 0 && scheme.port == 0)) {
      throw new ProtocolException("server address " + withoutUser(uri) + " has no port within 1.." + MAX_PORT);
    }
  }

  /** @throws ProtocolException if the text is no such address */
  public static ServerAddress of(String text) {
    try {
      var uri = new URI(text);
      return new ServerAddress(Scheme.of(uri), uri);
    } catch (URISyntaxException e) {
      throw new ProtocolException(
          "a server address is not a URI (" + e.getReason() + " at character " + e.getIndex() + ")");
    }
  }

  /** The host name or address to dial and to check the certificate against, an IPv6 address without brackets. */
  public String host() {
    String host = uri.getHost();
    return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
  }

  /** The TCP port to dial. */
  public int port() {
    return uri.getPort() < 0 ? scheme.port : uri.getPort();
  }

  /** The value of the HTTP Host header. */
  public String authority() {
    return uri.getPort() < 0 ? uri.getHost() : uri.getHost() + ":" + uri.getPort();
  }

  /** Who logs in, percent-decoded; the empty text for nobody in particular. */
  public String user() {
    String user = rawUser();
    int colon = user.indexOf(':');
    return decoded(colon < 0 ? user : user.substring(0, colon));
  }

  /** The password, percent-decoded, in UTF-8, perhaps empty; the caller's to wipe. */
  public byte[] password() {
    String user = rawUser();
    int colon = user.indexOf(':');
    return colon < 0 ? new byte[0] : decoded(user.substring(colon + 1)).getBytes(StandardCharsets.UTF_8);
  }

  /** Where the files lie, percent-decoded, seen from where the log-in leads; the empty text for there (RFC 1738 section 3.2.2). */
  public String directory() {
    String path = uri.getRawPath();
    String rest = decoded(path.startsWith("/") ? path.substring(1) : path);
    return rest.length() > 1 && rest.endsWith("/") ? rest.substring(0, rest.length() - 1) : rest;
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8); // a plus is a space in forms only
  }

  private String rawUser() {
    return uri.getRawUserInfo() == null ? "" : uri.getRawUserInfo();
  }

  /** For people: without a user's name and password. */
  @Override
  public String toString() {
    return withoutUser(uri);
  }

  private static String withoutUser(URI uri) {
    String text = uri.toString();
    int at = text.lastIndexOf('@');
    int authority = text.indexOf("//");
    return at < 0 || authority < 0 || at < authority ? text : text.substring(0, authority + 2) + text.substring(at + 1);
  }
}
