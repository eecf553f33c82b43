package dev.sallyport.transport.ftp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import dev.sallyport.protocol.ServerAddress;
import dev.sallyport.protocol.message.TransportMessage;
import dev.sallyport.transport.Wire;
import dev.sallyport.transport.ftp.client.FtpSite;
import dev.sallyport.transport.socket.Route;
import dev.sallyport.transport.tls.TestAuthority;
import dev.sallyport.transport.tls.TestIdentity;
import dev.sallyport.transport.tls.TlsLayer;
import dev.sallyport.transport.tls.TlsTrust;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(240)
@SuppressWarnings("try") // to close a wire is what some tests are about
class VsftpdTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration LOOK = Duration.ofMillis(20);
  private static final TestIdentity IDENTITY = TestAuthority.selfSigned("localhost");
  private static final TlsTrust TRUST = TlsTrust.pinned(List.of(IDENTITY.keyPin()));
  private static final FtpBinding BINDING = new FtpBinding(TRUST, LOOK);

  @TempDir
  private Path directory;

  @BeforeEach
  void needsVsftpd() {
    assumeTrue(Vsftpd.isHere(), "this machine has no vsftpd (Debian: apt-get install vsftpd)");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void carriesALinkAndIsLeftEmpty(boolean secured) throws Exception {
    try (Vsftpd server = start(secured);
        Wire wire = BINDING.dial(server.address(), PATIENCE);
        ServerSide other = otherSide(server)) {
      wire.readTimeout(PATIENCE);
      for (int i = 0; i < 10; i++) {
        byte[] message = new byte[i % 2 == 0 ? 17 : TransportMessage.MAX_MESSAGE_BYTES];
        message[0] = (byte) i;
        wire.send(message);
        assertThat(other.next()).isEqualTo(message);
        other.exchange.put(message);
        assertThat(wire.receive()).isEqualTo(message);
      }
      wire.close();

      assertThat(other.ended.get(60, TimeUnit.SECONDS)).isTrue();
      assertThat(files(server)).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aLinkOutlivesItsConnections(boolean secured) throws Exception {
    try (Vsftpd server = start(secured);
        Wire wire = BINDING.dial(server.address(), PATIENCE);
        ServerSide other = otherSide(server)) {
      wire.readTimeout(PATIENCE);
      for (int i = 0; i < 5; i++) {
        byte[] message = {(byte) i};
        wire.send(message);
        other.exchange.put(message);
        server.cutConnections();
        assertThat(other.next()).isEqualTo(message);
        assertThat(wire.receive()).isEqualTo(message);
      }
      assertThat(other.arrived).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aWrongPasswordIsToldInWordsWithoutIt(boolean secured) throws Exception {
    try (Vsftpd server = start(secured)) {
      var wrong = ServerAddress.of(server.address().uri().toString().replace("drop%40box", "guess"));

      assertThatThrownBy(() -> BINDING.dial(wrong, PATIENCE)).isInstanceOf(IOException.class)
          .hasMessageContaining("check user and password").hasMessageNotContaining("guess");
    }
  }

  private Vsftpd start(boolean secured) throws IOException {
    return secured ? Vsftpd.start(directory, IDENTITY) : Vsftpd.start(directory);
  }

  private static ServerSide otherSide(Vsftpd server) throws IOException {
    try (Stream<Path> links = Files.list(server.drop())) {
      String link = links.map(path -> path.getFileName().toString()).findFirst().orElseThrow();
      var site = new FtpSite(server.address(), Route.DIRECT, TlsLayer.resuming(TRUST));
      return new ServerSide(new FtpDepot(site), link, LOOK);
    }
  }

  private static List<Path> files(Vsftpd server) throws IOException {
    try (Stream<Path> files = Files.walk(server.drop())) {
      return files.filter(Files::isRegularFile).toList();
    }
  }
}
