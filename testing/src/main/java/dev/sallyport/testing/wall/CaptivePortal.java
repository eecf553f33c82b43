package dev.sallyport.testing.wall;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.KeyStore;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * A hotel's network before one has logged in: whatever is asked, the answer is the log-in page, on plain HTTP and, under a certificate of the
 * hotel's own, on TLS.
 *
 * <p>{@code CaptivePortal PLAIN_PORT TLS_PORT KEYSTORE}
 */
public final class CaptivePortal {
  private static final char[] PASSWORD = "scene".toCharArray();
  private static final String PAGE = "<html><title>Welcome to the Grand Hotel</title><form>Room number: <input name=room></form></html>";
  private static final byte[] ANSWER = ("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nConnection: close\r\nContent-Length: "
      + PAGE.length()
      + "\r\n\r\n" + PAGE).getBytes(StandardCharsets.US_ASCII);

  private CaptivePortal() {
  }

  public static void main(String[] arguments) throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = new FileInputStream(arguments[2])) {
      store.load(in, PASSWORD);
    }
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(store, PASSWORD);
    SSLContext hotel = SSLContext.getInstance("TLS");
    hotel.init(keys.getKeyManagers(), null, null);
    var tls = hotel.getServerSocketFactory().createServerSocket(Integer.parseInt(arguments[1]));
    Thread.ofPlatform().start(() -> accept(tls));
    accept(new ServerSocket(Integer.parseInt(arguments[0])));
  }

  private static void accept(ServerSocket listener) {
    try (listener) {
      while (true) {
        Socket guest = listener.accept();
        Thread.ofVirtual().start(() -> answer(guest));
      }
    } catch (IOException e) {
      throw new IllegalStateException("the portal cannot listen", e);
    }
  }

  private static void answer(Socket guest) {
    try (guest) {
      HttpHead.read(guest.getInputStream());
      guest.getOutputStream().write(ANSWER);
    } catch (IOException e) {
      System.out.println("a guest left: " + e);
    }
  }
}
