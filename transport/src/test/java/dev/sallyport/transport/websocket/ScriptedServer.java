package dev.sallyport.transport.websocket;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.sallyport.protocol.ServerAddress;
import dev.sallyport.transport.tls.TestIdentity;

/** A server on loopback that does with each connection what its script says, over TLS or in the clear. */
final class ScriptedServer implements AutoCloseable {
  private static final Pattern KEY = Pattern.compile("\r\nSec-WebSocket-Key: ([^\r]*)\r\n");

  private final ServerSocket listener;
  private final Thread acceptor;
  private final BlockingQueue<Throwable> failures = new LinkedBlockingQueue<>();

  interface Script {
    void serve(Socket connection) throws IOException;
  }

  /** The part after a right upgrade. */
  interface Frames {
    void serve(InputStream in, OutputStream out) throws IOException;
  }

  private ScriptedServer(ServerSocket listener, Script script) {
    this.listener = listener;
    this.acceptor = Thread.ofPlatform().daemon().start(() -> accept(script));
  }

  static ScriptedServer plain(Script script) throws IOException {
    return new ScriptedServer(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), script);
  }

  static ScriptedServer tls(TestIdentity identity, Script script) throws IOException {
    return new ScriptedServer(identity.server().getServerSocketFactory().createServerSocket(0, 50,
        InetAddress.getLoopbackAddress()), script);
  }

  /** Upgrades rightly, then plays frames. */
  static ScriptedServer webSocket(TestIdentity identity, Frames frames) throws IOException {
    return tls(identity, connection -> {
      String request = readHead(connection.getInputStream());
      connection.getOutputStream().write(rightAnswer(request).getBytes(StandardCharsets.ISO_8859_1));
      frames.serve(connection.getInputStream(), connection.getOutputStream());
    });
  }

  private void accept(Script script) {
    while (!listener.isClosed()) {
      try {
        Socket connection = listener.accept();
        Thread.ofVirtual().start(() -> {
          try (connection) {
            script.serve(connection);
          } catch (IOException | UncheckedIOException e) {
            failures.add(e); // a client that refuses us ends the connection: of interest to few tests
          }
        });
      } catch (IOException e) {
        failures.add(e);
      }
    }
  }

  /** Waits for a connection's script to fail. */
  Throwable failure() throws InterruptedException {
    Throwable failure = failures.poll(60, TimeUnit.SECONDS);
    if (failure == null) {
      throw new AssertionError("no script failed");
    }
    return failure;
  }

  ServerAddress address(String host) {
    return ServerAddress.of("wss://" + host + ":" + listener.getLocalPort() + "/agent");
  }

  int port() {
    return listener.getLocalPort();
  }

  static String readHead(InputStream in) throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
      int next = in.read();
      if (next < 0) {
        throw new IOException("the client went away before its request was whole");
      }
      head.write(next);
    }
    return head.toString(StandardCharsets.ISO_8859_1);
  }

  static String rightAnswer(String request) {
    return "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: "
        + acceptFor(request) + "\r\nSec-WebSocket-Protocol: slp1\r\n\r\n";
  }

  static String acceptFor(String request) {
    Matcher key = KEY.matcher(request);
    if (!key.find()) {
      throw new UncheckedIOException(new IOException("no key in the request"));
    }
    try {
      byte[] joined = (key.group(1) + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").getBytes(StandardCharsets.US_ASCII);
      return Base64.getEncoder().encodeToString(MessageDigest.getInstance("SHA-1").digest(joined));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
    try {
      acceptor.join(); // a socket closed during accept() goes on listening until accept() has returned
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while the listener closed");
    }
  }
}
