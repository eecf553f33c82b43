package dev.sallyport.transport.proxy;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;

import dev.sallyport.transport.socket.Connection;
import dev.sallyport.transport.socket.Deadline;
import dev.sallyport.transport.socket.PlainHttp;
import dev.sallyport.transport.socket.Route;

/** Through a SOCKS 5 proxy (RFC 1928), with user name and password where it asks for them (RFC 1929). */
final class Socks5Route implements Route {
  private static final int VERSION = 5;
  private static final int LOGIN_VERSION = 1;
  private static final int METHOD_NONE = 0;
  private static final int METHOD_LOGIN = 2;
  private static final int CONNECT = 1;
  private static final int IPV4 = 1;
  private static final int NAME = 3;
  private static final int IPV6 = 4;
  private static final int IPV4_BYTES = 4;
  private static final int IPV6_BYTES = 16;
  private static final int PORT_BYTES = 2;
  private static final int MAX_TEXT_BYTES = 255;

  private final ProxyAddress proxy;

  Socks5Route(ProxyAddress proxy) {
    this.proxy = proxy;
  }

  @Override
  public PlainHttp plainHttp(String host, int port) {
    return PlainHttp.asToTheServer(this, host, port);
  }

  @Override
  public String describe() {
    return proxy.describe();
  }

  @Override
  public Connection open(String host, int port, Deadline deadline) throws IOException {
    Connection connection = ProxyConnection.open(proxy, deadline);
    try {
      OutputStream out = connection.top().getOutputStream();
      InputStream in = connection.top().getInputStream();
      greet(out, in);
      connect(out, in, host, port);
      return connection;
    } catch (SocketTimeoutException e) {
      connection.bottom().close();
      throw new IOException(describe() + " did not answer in time", e);
    } catch (EOFException e) {
      connection.bottom().close();
      throw new IOException(describe() + " closed the connection; it does not serve this machine, or is no SOCKS proxy",
          e);
    } catch (SocketException e) {
      connection.bottom().close();
      throw new IOException(describe() + " broke the connection (" + e.getMessage() + ")", e);
    } catch (IOException | RuntimeException e) {
      connection.bottom().close();
      throw e;
    }
  }

  private void greet(OutputStream out, InputStream in) throws IOException {
    boolean known = proxy.login().isGiven();
    out.write(known ? new byte[]{VERSION, 2, METHOD_NONE, METHOD_LOGIN} : new byte[]{VERSION, 1, METHOD_NONE});
    out.flush();
    requireVersion(read(in), VERSION);
    int method = read(in);
    if (method == METHOD_LOGIN && known) {
      logIn(out, in);
    } else if (method != METHOD_NONE) {
      throw new UnusableProxyException(describe() + (known
          ? " accepts neither strangers nor a user name with password"
          : " demands a log-in; give it user and password: socks5://user:password@"
              + ProxyAddress.place(proxy.host(), proxy.port())));
    }
  }

  private void logIn(OutputStream out, InputStream in) throws IOException {
    var request = new ByteArrayOutputStream();
    request.write(LOGIN_VERSION);
    text(request, proxy.login().user());
    text(request, proxy.login().password());
    out.write(request.toByteArray());
    out.flush();
    requireVersion(read(in), LOGIN_VERSION);
    if (read(in) != 0) {
      throw new LoginRefusedException(describe());
    }
  }

  private void connect(OutputStream out, InputStream in, String host, int port) throws IOException {
    var request = new ByteArrayOutputStream();
    request.writeBytes(new byte[]{VERSION, CONNECT, 0});
    address(request, host);
    request.write(port >> 8);
    request.write(port);
    out.write(request.toByteArray());
    out.flush();
    requireVersion(read(in), VERSION);
    int reply = read(in);
    if (reply != 0) {
      throw new IOException(describe() + refusal(reply, ProxyAddress.place(host, port)));
    }
    read(in);
    int boundBytes = switch (read(in)) {
      case IPV4 -> IPV4_BYTES;
      case IPV6 -> IPV6_BYTES;
      case NAME -> read(in);
      default -> throw new IOException(describe() + " gave an answer that SOCKS 5 does not know");
    };
    for (int i = 0; i < boundBytes + PORT_BYTES; i++) {
      read(in);
    }
  }

  private void address(ByteArrayOutputStream request, String host) throws IOException {
    byte[] literal = literal(host);
    if (literal.length == 0) {
      request.write(NAME);
      text(request, host);
    } else {
      request.write(literal.length == IPV4_BYTES ? IPV4 : IPV6);
      request.writeBytes(literal);
    }
  }

  /** The bytes of an address; empty for a name, which the proxy is to look up. */
  private static byte[] literal(String host) {
    try {
      return InetAddress.ofLiteral(host).getAddress();
    } catch (IllegalArgumentException e) {
      return new byte[0];
    }
  }

  private void text(ByteArrayOutputStream request, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    if (bytes.length == 0 || bytes.length > MAX_TEXT_BYTES) {
      throw new IOException(describe() + ": a host name, user name or password has 1 to " + MAX_TEXT_BYTES
          + " bytes in SOCKS 5, not " + bytes.length);
    }
    request.write(bytes.length);
    request.writeBytes(bytes);
  }

  private static String refusal(int reply, String target) {
    return switch (reply) {
      case 2 -> " forbids connections to " + target + "; allow them there";
      case 3 -> " cannot reach the network of " + target;
      case 4 -> " cannot reach " + target + "; see whether its name and address are right";
      case 5 -> " found nobody listening at " + target + "; see whether the server runs and the port is right";
      case 6 -> " got no answer from " + target + " in time";
      case 7, 8 -> " cannot make connections of this kind";
      default -> " could not connect to " + target + " (SOCKS reply " + reply + ")";
    };
  }

  private void requireVersion(int found, int expected) throws IOException {
    if (found != expected) {
      throw new IOException(describe() + " does not speak SOCKS 5; check its address and protocol");
    }
  }

  private static int read(InputStream in) throws IOException {
    int next = in.read();
    if (next < 0) {
      throw new EOFException();
    }
    return next;
  }
}
