package dev.sallyport.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import dev.sallyport.gateway.relay.WebPart;
import dev.sallyport.gateway.socket.Sockets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(240)
class RelayTest {
  private static final String HTTP2_PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";
  private static final int LARGE_BYTES = 32 << 20;

  @TempDir
  private Path folder;
  private GatewayScene scene;

  @BeforeEach
  void open() throws IOException {
    scene = GatewayScene.open(folder);
  }

  @AfterEach
  void close() {
    scene.close();
  }

  @Test
  void theWebPartIsToldWhoCallsAndThatItIsOverTls() throws Exception {
    try (UnixWebServer web = new UnixWebServer(scene.webPart(), RelayTest::echo);
        TlsClient client = TlsClient.connect(scene)) {
      client.write("GET / HTTP/1.1\r\n\r\n");
      assertThat(client.read(5)).isEqualTo("GET /");

      UnixWebServer.ProxyInfo info = web.infos().take();
      assertThat(info.command()).as("version 2, PROXY").isEqualTo(0x21);
      assertThat(info.family()).as("TCP over IPv4").isEqualTo(0x11);
      ByteBuffer addresses = ByteBuffer.wrap(info.addresses());
      assertThat(addresses.getInt()).isEqualTo(0x7F000001);
      assertThat(addresses.getInt()).isEqualTo(0x7F000001);
      assertThat(addresses.getShort() & 0xFFFF).isEqualTo(client.socket().getLocalPort());
      assertThat(addresses.getShort() & 0xFFFF).isEqualTo(scene.gateway().port());
      ByteBuffer tls = ByteBuffer.wrap(info.extensions());
      assertThat(tls.get()).as("PP2_TYPE_SSL").isEqualTo((byte) 0x20);
      assertThat(tls.getShort()).isEqualTo((short) (info.extensions().length - 3));
      assertThat(tls.get()).as("PP2_CLIENT_SSL").isEqualTo((byte) 0x01);
      assertThat(tls.getInt()).as("no client certificate was verified").isNotZero();
      assertThat(new String(info.extensions(), StandardCharsets.US_ASCII)).endsWith("TLSv1.3");
    }
  }

  @Test
  void whatOnlyBeginsLikeAnAgentsRequestIsTheWebParts() throws Exception {
    try (UnixWebServer web = new UnixWebServer(scene.webPart(), RelayTest::echo)) {
      for (String request : new String[]{"GET /agents HTTP/1.1\r\n\r\n", "GET /agentx", "GET / HTTP/1.1\r\n\r\n", "X",
          "POST /slp/2", "SLP2",
          "GET /agent%20", "get /agent HTTP/1.1\r\n", "GET  /agent HTTP/1.1\r\n", "\r\nGET /agent HTTP/1.1\r\n"}) {
        try (TlsClient client = TlsClient.connect(scene)) {
          client.write(request);
          assertThat(client.read(request.length())).isEqualTo(request);
        }
      }
      assertThat(web.infos()).hasSize(10);
    }
  }

  @Test
  void aRequestMayComeByteByByte() throws Exception {
    String request = "GET /agents/7 HTTP/1.1\r\nHost: localhost\r\n\r\n";
    try (UnixWebServer web = new UnixWebServer(scene.webPart(), RelayTest::echo);
        TlsClient client = TlsClient.connect(scene)) {
      for (int i = 0; i < request.length(); i++) {
        client.write(request.substring(i, i + 1));
      }
      assertThat(client.read(request.length())).isEqualTo(request);
      assertThat(web.infos()).hasSize(1);
    }
  }

  @Test
  void theDecisionIsMadeOnceForAConnection() throws Exception {
    String later = "GET /agent HTTP/1.1\r\nUpgrade: websocket\r\n\r\n";
    try (UnixWebServer web = new UnixWebServer(scene.webPart(), RelayTest::echo);
        TlsClient client = TlsClient.connect(scene)) {
      client.write("GET / HTTP/1.1\r\n\r\n");
      client.read(18);
      client.write(later);
      assertThat(client.read(later.length())).isEqualTo(later);
      assertThat(web.infos()).hasSize(1);
    }
  }

  @Test
  void http2IsRelayedAndItsFirstRecordsStayInOneConnectionAndInOrder() throws Exception {
    try (UnixWebServer web = new UnixWebServer(scene.webPart(), RelayTest::echo)) {
      for (int round = 0; round < 20; round++) {
        try (Batching network = new Batching(scene.gateway().port());
            TlsClient client = TlsClient.over(network.connect(), scene, "h2")) {
          assertThat(client.socket().getApplicationProtocol()).isEqualTo("h2");
          network.holdBack();
          client.write(HTTP2_PREFACE); // one TLS record
          client.write("SETTINGS"); // another
          client.write("WINDOW");
          network.letGo(); // all in one piece
          assertThat(client.read(HTTP2_PREFACE.length() + 14)).isEqualTo(HTTP2_PREFACE + "SETTINGSWINDOW");
        }
      }
      assertThat(web.infos()).hasSize(20);
    }
  }

  @Test
  void largeBodiesArriveWholeBothWays() throws Exception {
    byte[] large = new byte[LARGE_BYTES];
    new Random(5).nextBytes(large);
    try (UnixWebServer web = new UnixWebServer(scene.webPart(), (in, out) -> {
      byte[] got = in.readNBytes(LARGE_BYTES);
      out.write(digest(got));
      out.write(got);
    }); TlsClient client = TlsClient.connect(scene)) {
      Thread.ofVirtual().start(() -> writeQuietly(client, large));
      assertThat(client.in().readNBytes(32)).isEqualTo(digest(large));
      assertThat(digest(client.in().readNBytes(LARGE_BYTES))).isEqualTo(digest(large));
      assertThat(client.in().read()).isEqualTo(-1);
      assertThat(web.failures()).isEmpty();
    }
  }

  @Test
  void aClientThatDoesNotReadStopsTheWebPartAndLosesNothing() throws Exception {
    AtomicLong written = new AtomicLong();
    try (UnixWebServer web = new UnixWebServer(scene.webPart(), (in, out) -> {
      byte[] piece = new byte[1 << 16];
      for (int i = 0; i < LARGE_BYTES / piece.length; i++) {
        out.write(piece);
        written.addAndGet(piece.length);
      }
    }); TlsClient client = TlsClient.connect(scene)) {
      client.write("GET /large HTTP/1.1\r\n\r\n");
      long stalled = awaitStill(written);
      assertThat(stalled).isLessThan(LARGE_BYTES / 2);
      assertThat(client.in().readNBytes(LARGE_BYTES)).hasSize(LARGE_BYTES);
      assertThat(client.in().read()).isEqualTo(-1);
      assertThat(web.failures()).isEmpty();
    }
  }

  @Test
  void aWebPartThatDoesNotReadStopsTheClient() throws Exception {
    CompletableFuture<Void> goOn = new CompletableFuture<>();
    AtomicLong written = new AtomicLong();
    try (UnixWebServer web = new UnixWebServer(scene.webPart(), (in, out) -> {
      goOn.join();
      out.write(digest(in.readNBytes(LARGE_BYTES)));
    }); TlsClient client = TlsClient.connect(scene)) {
      Thread.ofPlatform().daemon().start(() -> {
        byte[] piece = new byte[1 << 16];
        for (int i = 0; i < LARGE_BYTES / piece.length; i++) {
          writeQuietly(client, piece);
          written.addAndGet(piece.length);
        }
      });
      assertThat(awaitStill(written)).isLessThan(LARGE_BYTES / 2);
      goOn.complete(null);
      assertThat(client.in().readNBytes(32)).isEqualTo(digest(new byte[LARGE_BYTES]));
      assertThat(web.failures()).isEmpty();
    }
  }

  @Test
  void theEndOfTheWebPartsAnswerEndsTheConnectionInOrder() throws Exception {
    String request = "GET / HTTP/1.1\r\n\r\n";
    try (UnixWebServer web = new UnixWebServer(scene.webPart(), (in, out) -> {
      in.readNBytes(request.length());
      out.write("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nbye".getBytes(StandardCharsets.US_ASCII));
    }); TlsClient client = TlsClient.connect(scene)) {
      client.write(request);
      assertThat(client.readAll()).endsWith("bye"); // an end without close_notify would be an exception
      assertThat(web.infos()).hasSize(1);
    }
  }

  @Test
  void theEndOfTheClientReachesTheWebPart() throws Exception {
    CompletableFuture<Integer> ended = new CompletableFuture<>();
    try (UnixWebServer web = new UnixWebServer(scene.webPart(), (in, out) -> {
      out.write(in.readNBytes(4));
      ended.complete(in.read());
    })) {
      try (TlsClient client = TlsClient.connect(scene)) {
        client.write("HEAD");
        assertThat(client.read(4)).isEqualTo("HEAD"); // now both are joined
      }
      assertThat(ended.get(60, TimeUnit.SECONDS)).isEqualTo(-1);
      assertThat(web.infos()).hasSize(1);
      GatewayScene.await("nothing is left open", () -> scene.gateway().connections() == 0);
    }
  }

  @Test
  void withoutAWebPartBrowsersAreToldToTryAgain() throws Exception {
    try (TlsClient client = TlsClient.connect(scene)) {
      client.write("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n");
      assertThat(client.readAll()).startsWith("HTTP/1.1 503").contains("Retry-After: 5")
          .contains("Try again in a few seconds");
    }
    try (TlsClient client = TlsClient.connect(scene, "h2")) {
      client.write(HTTP2_PREFACE);
      assertThat(client.readAll()).isEmpty();
    }
  }

  @Test
  void manyBrowsersAreServedAtOnce() throws Exception {
    try (UnixWebServer web = new UnixWebServer(scene.webPart(), RelayTest::echo)) {
      List<TlsClient> clients = new ArrayList<>();
      for (int i = 0; i < 100; i++) {
        TlsClient client = TlsClient.connect(scene, "http/1.1");
        clients.add(client.write("GET /" + i + "."));
      }
      for (int i = 0; i < clients.size(); i++) {
        String expected = "GET /" + i + ".";
        assertThat(clients.get(i).read(expected.length())).isEqualTo(expected);
        clients.get(i).close();
      }
      assertThat(web.infos()).hasSize(100);
      GatewayScene.await("nothing is left open", () -> scene.gateway().connections() == 0);
    }
  }

  @Test
  void browsersStayConnectedWhileAgentsAreSentAwayAndGoWithTheRest() throws Exception {
    try (UnixWebServer web = new UnixWebServer(scene.webPart(), RelayTest::echo);
        TlsClient client = TlsClient.connect(scene)) {
      client.write("one");
      assertThat(client.read(3)).isEqualTo("one");

      scene.gateway().drain(Duration.ofSeconds(5));
      client.write("two");
      assertThat(client.read(3)).isEqualTo("two");
      assertThatThrownBy(() -> TlsClient.connect(scene)).isInstanceOf(IOException.class);

      scene.gateway().close();
      assertThatThrownBy(() -> {
        client.write("three");
        if (client.in().read() < 0) {
          throw new IOException("ended");
        }
      }).isInstanceOf(IOException.class);
      assertThat(web.infos()).hasSize(1);
    }
  }

  @Test
  void aSocketThatOthersCouldOpenIsRefused() throws Exception {
    Path shared = Files.createDirectory(folder.resolve("shared"),
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-x---")));
    Path deep = folder.resolve("d".repeat(120));

    assertThatThrownBy(() -> new WebPart(shared.resolve("http.sock"), Sockets.best()).requirePrivate())
        .isInstanceOf(IOException.class).hasMessageContaining("chmod 700");
    assertThatThrownBy(() -> new WebPart(deep.resolve("http.sock"), Sockets.best()).requirePrivate())
        .isInstanceOf(IOException.class).hasMessageContaining("shorter path");
    assertThatThrownBy(() -> new WebPart(folder.resolve("no/http.sock"), Sockets.best()).requirePrivate())
        .isInstanceOf(IOException.class).hasMessageContaining("does not exist");
  }

  private static void echo(InputStream in, OutputStream out) throws IOException {
    in.transferTo(out);
  }

  private static byte[] digest(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (java.security.NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void writeQuietly(TlsClient client, byte[] bytes) {
    try {
      client.write(bytes);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /** Waits until a number has not changed for a while: whoever counts is stopped. */
  private static long awaitStill(AtomicLong number) throws InterruptedException {
    long[] seen = {-1, 0};
    GatewayScene.await("the writer is stopped", () -> {
      long now = number.get();
      seen[1] = now == seen[0] && now > 0 ? seen[1] + 1 : 0;
      seen[0] = now;
      return seen[1] > 100;
    });
    return seen[0];
  }

  /** A network that can collect what a client sends and let it go in one piece. */
  private static final class Batching implements AutoCloseable {
    private final java.net.ServerSocket listener = new java.net.ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    private final java.io.ByteArrayOutputStream held = new java.io.ByteArrayOutputStream();
    private final CompletableFuture<OutputStream> target = new CompletableFuture<>();
    private boolean holding;

    Batching(int port) throws IOException {
      Thread.ofVirtual().start(() -> relay(port));
    }

    Socket connect() throws IOException {
      return new Socket(InetAddress.getLoopbackAddress(), listener.getLocalPort());
    }

    synchronized void holdBack() {
      holding = true;
    }

    void letGo() throws Exception {
      GatewayScene.await("three records are held", () -> held.size() >= HTTP2_PREFACE.length() + 14 + 3 * 22);
      synchronized (this) {
        holding = false;
        target.get().write(held.toByteArray());
      }
    }

    private void relay(int port) {
      try (Socket front = listener.accept(); Socket back = new Socket(InetAddress.getLoopbackAddress(), port)) {
        target.complete(back.getOutputStream());
        Thread.ofVirtual().start(() -> {
          try {
            back.getInputStream().transferTo(front.getOutputStream());
          } catch (IOException e) {
            target.completeExceptionally(e);
          }
        });
        byte[] piece = new byte[1 << 16];
        for (int read = front.getInputStream().read(piece); read >= 0; read = front.getInputStream().read(piece)) {
          forward(Arrays.copyOf(piece, read), back.getOutputStream());
        }
      } catch (IOException e) {
        target.completeExceptionally(e);
      }
    }

    private synchronized void forward(byte[] piece, OutputStream out) throws IOException {
      if (holding) {
        held.writeBytes(piece);
      } else {
        out.write(piece);
      }
    }

    @Override
    public void close() throws IOException {
      listener.close();
    }
  }
}
