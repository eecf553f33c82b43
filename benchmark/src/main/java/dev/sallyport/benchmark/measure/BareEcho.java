package dev.sallyport.benchmark.measure;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;

import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

/**
 * The least that any product of this kind must do: a request over one kept TLS connection makes the other end run
 * {@code echo hi} and send its output back. What Sallyport adds to this is what it costs.
 */
final class BareEcho implements AutoCloseable {
  private static final char[] PASSWORD = "bare-echo-store".toCharArray();

  private final SSLServerSocket listener;
  private final SSLSocket client;
  private final DataInputStream in;
  private final DataOutputStream out;

  BareEcho(Path directory) throws IOException, GeneralSecurityException, InterruptedException {
    SSLContext context = context(directory.resolve("bare-echo.p12"));
    listener = (SSLServerSocket) context.getServerSocketFactory().createServerSocket(0, 1,
        InetAddress.getLoopbackAddress());
    Thread.ofPlatform().daemon().name("bare-echo").start(this::serve);
    client = (SSLSocket) context.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(),
        listener.getLocalPort());
    client.setTcpNoDelay(true);
    in = new DataInputStream(client.getInputStream());
    out = new DataOutputStream(client.getOutputStream());
  }

  /** One request and its answer. */
  void roundTrip() throws IOException {
    out.write(1);
    out.flush();
    in.readFully(new byte[in.readUnsignedByte()]);
    if (in.readUnsignedByte() != 0) {
      throw new IOException("echo failed");
    }
  }

  private void serve() {
    try (var socket = (SSLSocket) listener.accept()) {
      socket.setTcpNoDelay(true);
      var output = new DataOutputStream(new java.io.BufferedOutputStream(socket.getOutputStream()));
      while (socket.getInputStream().read() >= 0) {
        Process process = new ProcessBuilder("/bin/sh", "-c", "echo hi").start();
        process.getOutputStream().close();
        byte[] said = process.getInputStream().readAllBytes();
        output.write(said.length);
        output.write(said);
        output.write(process.waitFor());
        output.flush();
      }
    } catch (IOException | InterruptedException e) {
      if (!listener.isClosed()) {
        throw new IllegalStateException("the bare echo broke", e);
      }
    }
  }

  private static SSLContext context(Path store) throws IOException, GeneralSecurityException, InterruptedException {
    Process keytool = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
        "-genkeypair", "-alias", "bare", "-keyalg",
        "EC", "-dname", "CN=localhost", "-storetype", "PKCS12", "-keystore", store.toString(), "-storepass",
        new String(PASSWORD)).start();
    if (keytool.waitFor() != 0) {
      throw new IOException("keytool made no certificate");
    }
    KeyStore keys = KeyStore.getInstance(store.toFile(), PASSWORD);
    var keyManagers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keyManagers.init(keys, PASSWORD);
    var trustManagers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry("bare", keys.getCertificate("bare"));
    trustManagers.init(trusted);
    var context = SSLContext.getInstance("TLSv1.3");
    context.init(keyManagers.getKeyManagers(), trustManagers.getTrustManagers(), null);
    return context;
  }

  @Override
  public void close() throws IOException {
    listener.close();
    client.close();
  }
}
