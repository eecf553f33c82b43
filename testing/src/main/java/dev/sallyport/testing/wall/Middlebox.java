package dev.sallyport.testing.wall;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

import org.jspecify.annotations.Nullable;

/**
 * A proxy ({@code CONNECT}) with ideas of its own.
 *
 * <p>{@code Middlebox pass|inspect|strip|mangle|hold PORT IDLE_SECONDS [KEYSTORE [HOST:PORT]]} – connections on which nothing moves for so long are
 * killed; the key store (PKCS 12, password {@code scene}) holds the certificate that it shows where it opens TLS; with a last argument it is
 * transparent, and takes every connection to that server.
 */
public final class Middlebox {
  private static final char[] PASSWORD = "scene".toCharArray();
  private static final int CONNECT_MILLIS = 10_000;
  private static final int MOST_ARGUMENTS = 5;

  private final Meddling meddling;
  private final Duration idle;
  private final @Nullable SSLContext shown;
  private final String server;

  private Middlebox(Meddling meddling, Duration idle, @Nullable SSLContext shown, String server) {
    this.meddling = meddling;
    this.idle = idle;
    this.shown = shown;
    this.server = server;
  }

  public static void main(String[] arguments) throws Exception {
    Meddling meddling = Meddling.named(arguments[0]);
    SSLContext shown = meddling.opensTls() ? identity(arguments[3]) : null;
    String server = arguments.length == MOST_ARGUMENTS ? arguments[4] : "";
    var box = new Middlebox(meddling, Duration.ofSeconds(Long.parseLong(arguments[2])), shown, server);
    try (var listener = new ServerSocket(Integer.parseInt(arguments[1]))) {
      while (true) {
        Socket agent = listener.accept();
        Thread.ofVirtual().start(() -> box.serve(agent));
      }
    }
  }

  private void serve(Socket agent) {
    try (agent) {
      String target = server;
      if (target.isEmpty()) {
        target = HttpHead.read(agent.getInputStream()).target();
      }
      int colon = target.lastIndexOf(':');
      String host = target.substring(0, colon);
      int port = Integer.parseInt(target.substring(colon + 1));
      try (var out = new Socket()) {
        out.connect(new InetSocketAddress(host, port), CONNECT_MILLIS);
        if (server.isEmpty()) {
          agent.getOutputStream().write("HTTP/1.1 200 OK\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        }
        relay(agent, out, host, port);
      }
    } catch (IOException | GeneralSecurityException e) {
      System.out.println("a connection ended: " + e);
    }
  }

  private void relay(Socket agent, Socket out, String host, int port) throws IOException, GeneralSecurityException {
    SSLContext certificate = shown;
    if (certificate == null) {
      exchange(agent, out);
      return;
    }
    try (var inner = (SSLSocket) certificate.getSocketFactory().createSocket(agent, null, true);
        var outer = (SSLSocket) believing().getSocketFactory().createSocket(out, host, port, true)) {
      outer.startHandshake();
      exchange(inner, outer);
    }
  }

  private void exchange(Socket agent, Socket out) throws IOException {
    agent.setSoTimeout((int) idle.toMillis());
    Thread up = Thread.ofVirtual().start(() -> oneWay(true, agent, out));
    oneWay(false, agent, out);
    up.interrupt();
  }

  private void oneWay(boolean up, Socket agent, Socket out) {
    try (agent; out) {
      if (up) {
        meddling.up(agent.getInputStream(), out.getOutputStream());
      } else {
        meddling.down(out.getInputStream(), agent.getOutputStream());
      }
    } catch (SocketTimeoutException e) {
      System.out.println("idle: killed");
    } catch (IOException e) {
      System.out.println("a way ended: " + e);
    }
  }

  private static SSLContext identity(String file) throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = new FileInputStream(file)) {
      store.load(in, PASSWORD);
    }
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(store, PASSWORD);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), null, null);
    return context;
  }

  /** It believes any server: nobody is meant to be safe behind it. */
  private static SSLContext believing() throws GeneralSecurityException {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, new TrustManager[]{new X509TrustManager() {
      @Override
      public void checkClientTrusted(X509Certificate[] chain, String type) {
        // nobody shows one
      }

      @Override
      public void checkServerTrusted(X509Certificate[] chain, String type) {
        // any will do
      }

      @Override
      public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[0];
      }
    }}, null);
    return context;
  }
}
