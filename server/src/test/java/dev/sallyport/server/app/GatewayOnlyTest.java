package dev.sallyport.server.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The web part's socket believes what it is told of the client; so only the gateway may tell it. */
class GatewayOnlyTest {

  private static final byte[] HEALTH = "GET /api/v1/health HTTP/1.1\r\nHost: x\r\n\r\n"
      .getBytes(StandardCharsets.US_ASCII);

  @TempDir
  static Path directory;
  private static RunningServer running;

  @BeforeAll
  static void start() {
    running = RunningServer.start(directory.resolve("data"));
  }

  @AfterAll
  static void stop() {
    running.close();
  }

  @Test
  void closesAConnectionWithoutProxyHeader() throws Exception {
    try (var client = RawClient.connect(running.server.web().socket())) {
      client.send(HEALTH);
      assertThat(client.closed()).isTrue();
    }
  }

  @Test
  void closesAConnectionWithTheOldTextHeader() throws Exception {
    try (var client = RawClient.connect(running.server.web().socket())) {
      client.send("PROXY TCP4 192.0.2.7 192.0.2.1 40000 443\r\n".getBytes(StandardCharsets.US_ASCII));
      client.send(HEALTH);
      assertThat(client.closed()).isTrue();
    }
  }

  @Test
  void closesAConnectionWhoseHeaderDoesNotSpeakOfTls() throws Exception {
    byte[] header = RawClient.proxyHeader(InetAddress.ofLiteral("192.0.2.7"));
    header[15] = 12; // addresses and ports only, no TLS part
    try (var client = RawClient.connect(running.server.web().socket())) {
      client.send(java.util.Arrays.copyOf(header, 16 + 12));
      client.send(HEALTH);
      assertThat(client.closed()).isTrue();
    }
  }

  @Test
  void closesAConnectionThatIsSaidToBeTheGatewaysOwn() throws Exception {
    byte[] header = RawClient.proxyHeader(InetAddress.ofLiteral("192.0.2.7"));
    header[12] = 0x20; // LOCAL: no client
    header[15] = 0;
    try (var client = RawClient.connect(running.server.web().socket())) {
      client.send(java.util.Arrays.copyOf(header, 16));
      client.send(HEALTH);
      assertThat(client.closed()).isTrue();
    }
  }

  @Test
  void answersWithTheHeaderOverIpv4AndIpv6() throws Exception {
    for (String address : new String[]{"192.0.2.7", "2001:db8::7"}) {
      try (var client = running.connect(address)) {
        assertThat(client.get("/api/v1/health").status()).isEqualTo(200);
      }
    }
  }

  @Test
  void theSocketLiesWhereNobodyElseMayGo() throws Exception {
    Path socket = running.server.web().socket();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(socket.getParent()))).isEqualTo("rwx------");
  }

  @Test
  void aDataDirectoryWithALongPathGetsItsSocketElsewhere() throws Exception {
    Path deep = directory.resolve("d".repeat(60)).resolve("e".repeat(60));
    Files.createDirectories(deep);
    try (var far = RunningServer.start(deep.resolve("data"))) {
      Path socket = far.server.web().socket();
      assertThat(socket.toString()).hasSizeLessThan(104);
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(socket.getParent())))
          .isEqualTo("rwx------");
      assertThat(far.get("/api/v1/health").status()).isEqualTo(200);
    }
  }
}
