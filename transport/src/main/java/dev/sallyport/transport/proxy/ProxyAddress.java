package dev.sallyport.transport.proxy;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

import dev.sallyport.transport.proxy.login.Login;
import dev.sallyport.transport.proxy.login.Tickets;
import dev.sallyport.transport.socket.Route;

/**
 * Where a proxy listens, and how it is spoken to.
 *
 * @param scheme its protocol
 * @param host name or address, an IPv6 address without brackets
 * @param port its TCP port
 * @param login what to show it, if it asks
 */
public record ProxyAddress(Scheme scheme, String host, int port, Login login) {
  private static final int MAX_PORT = 65_535;
  private static final String FORM = "write it as http://host:port or socks5://host:port, with user:password@ before the host"
      + " where the proxy asks for them";

  /** A proxy's protocol. */
  public enum Scheme {
    /** HTTP with CONNECT (RFC 9110 section 9.3.6). */
    HTTP("http", 80),
    /** The same, inside TLS. */
    HTTPS("https", 443),
    /** SOCKS version 5 (RFC 1928). */
    SOCKS5("socks5", 1080),
    /** SOCKS version 4 with names, 4a. */
    SOCKS4("socks4a", 1080);

    private final String word;
    private final int port;

    Scheme(String word, int port) {
      this.word = word;
      this.port = port;
    }
  }

  /**
   * Reads {@code [scheme://][user:password@]host[:port]}, as it stands in {@code HTTPS_PROXY}; without a scheme it is HTTP.
   *
   * @throws IllegalArgumentException if it is anything else; the message does not repeat the text, which may hold a password
   */
  public static ProxyAddress of(String text) {
    URI uri;
    try {
      uri = new URI(text.contains("://") ? text : "http://" + text);
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException("this is no proxy's address; " + FORM); // the cause would quote it
    }
    if (uri.getHost() == null || uri.getPort() == 0 || uri.getPort() > MAX_PORT) {
      throw new IllegalArgumentException("a proxy's address needs a host and a port from 1 to 65535; " + FORM);
    }
    Scheme scheme = scheme(uri.getScheme().toLowerCase(Locale.ROOT));
    String host = uri.getHost().startsWith("[")
        ? uri.getHost().substring(1, uri.getHost().length() - 1)
        : uri.getHost();
    return new ProxyAddress(scheme, host, uri.getPort() < 0 ? scheme.port : uri.getPort(), login(uri.getRawUserInfo()));
  }

  private static Scheme scheme(String word) {
    return switch (word) {
      case "http" -> Scheme.HTTP;
      case "https" -> Scheme.HTTPS;
      case "socks", "socks5", "socks5h" -> Scheme.SOCKS5;
      case "socks4", "socks4a" -> Scheme.SOCKS4;
      default -> throw new IllegalArgumentException("a proxy's protocol is http, https, socks5 or socks4a; " + FORM);
    };
  }

  private static Login login(String rawUserInfo) {
    if (rawUserInfo == null || rawUserInfo.isEmpty()) {
      return Login.NONE;
    }
    int colon = rawUserInfo.indexOf(':');
    return colon < 0
        ? new Login(decoded(rawUserInfo), "")
        : new Login(decoded(rawUserInfo.substring(0, colon)), decoded(rawUserInfo.substring(colon + 1)));
  }

  /** Percent signs only: a plus sign in a password is a plus sign. */
  private static String decoded(String text) {
    return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  /** The route through it, for a program that has no Kerberos tickets. */
  public Route route() {
    return route(Tickets.NONE);
  }

  /** The route through it, which shows a ticket if it asks for Kerberos. */
  public Route route(Tickets tickets) {
    return switch (scheme) {
      case HTTP, HTTPS -> new HttpProxyRoute(this, tickets);
      case SOCKS5 -> new Socks5Route(this);
      case SOCKS4 -> new Socks4Route(this);
    };
  }

  /** In words, without the login. */
  String describe() {
    return scheme.word + " proxy " + place(host, port);
  }

  static String place(String host, int port) {
    return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
  }
}
