package dev.sallyport.gateway;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

import dev.sallyport.protocol.Bytes;
import dev.sallyport.protocol.ServerAddress;
import dev.sallyport.protocol.ServerAddress.Scheme;
import dev.sallyport.transport.ftp.Vsftpd;
import dev.sallyport.transport.tls.TestAuthority;
import dev.sallyport.transport.tls.TestIdentity;
import dev.sallyport.transport.tls.TlsTrust;

/** The places where agents and a gateway leave files for each other. */
enum FtpPlace {
  BUILT_IN, BUILT_IN_TLS, ELSEWHERE, ELSEWHERE_TLS;

  static final String PASSWORD = "pass@word";
  private static final TestIdentity IDENTITY = TestAuthority.selfSigned("localhost");
  private static final long SPACE = 64 * 1024 * 1024;

  /** A gateway that has such a place. */
  record Opened(GatewayScene scene, ServerAddress address, TlsTrust trust,
      AutoCloseable more) implements AutoCloseable {
    @Override
    public void close() {
      scene.close();
      try {
        more.close();
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    }
  }

  Opened open(Path folder) throws IOException {
    return switch (this) {
      case BUILT_IN -> builtIn(folder, Scheme.FTP, 10, SPACE);
      case BUILT_IN_TLS -> builtIn(folder, Scheme.FTPS, 10, SPACE);
      case ELSEWHERE -> elsewhere(folder, false);
      case ELSEWHERE_TLS -> elsewhere(folder, true);
    };
  }

  static Opened builtIn(Path folder, Scheme scheme, int links, long space) throws IOException {
    var config = new FtpExchange.BuiltIn(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), "0",
        folder.resolve("exchange"), "agents", Bytes.of(PASSWORD.getBytes(StandardCharsets.UTF_8)), links, space);
    GatewayScene scene = GatewayScene.open(folder, List.of(config));
    return new Opened(scene, ServerAddress.of(scheme.word() + "://agents:pass%40word@localhost:"
        + scene.gateway().ftpPorts().getFirst()), TlsTrust.pinned(List.of(scene.gateway().certificate().pin())), () -> {
        });
  }

  private static Opened elsewhere(Path folder, boolean secured) throws IOException {
    assumeTrue(Vsftpd.isHere(), "this machine has no vsftpd (Debian: apt-get install vsftpd)");
    Path place = java.nio.file.Files.createDirectories(folder.resolve("vsftpd"));
    Vsftpd server = secured ? Vsftpd.start(place, IDENTITY) : Vsftpd.start(place);
    try {
      var config = new FtpExchange.Elsewhere(server.address().uri(), List.of(Bytes.of(IDENTITY.certificatePin())), 10);
      return new Opened(GatewayScene.open(folder, List.of(config)), server.address(),
          TlsTrust.pinned(List.of(IDENTITY.certificatePin())), server);
    } catch (IOException | RuntimeException e) {
      server.close();
      throw e;
    }
  }
}
