package dev.sallyport.server.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import dev.sallyport.protocol.ServerAddress;
import dev.sallyport.server.site.BundleSource;
import dev.sallyport.transport.Wire;
import dev.sallyport.transport.ftp.FtpBinding;
import dev.sallyport.transport.tls.TlsTrust;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(240)
@DisplayName("K4 bundles have what an agent needs to come by FTP alone")
class FtpDoorTest {
  @TempDir
  private Path directory;

  @Test
  void bundlesNameTheFtpServerAndItsAccount() throws Exception {
    String password;
    try (
        RunningServer running = RunningServer.startWith(directory, "--ftp-port=0", "--ftp-passive-ports=40000-40999")) {
      BundleSource source = running.bean(BundleSource.class);
      List<URI> doors = source.servers();
      assertThat(doors).extracting(URI::getScheme).contains("wss", "ftps", "ftp");
      TlsTrust trust = TlsTrust.pinned(List.of(source.tlsPins().getFirst().toArray()));
      for (URI door : doors) {
        if (door.getScheme().startsWith("ftp")) {
          try (Wire wire = new FtpBinding(trust).dial(ServerAddress.of(door.toString()), Duration.ofSeconds(60))) {
            assertThat(wire.facts().transport()).isEqualTo("ftp");
          }
        }
      }
      password = doors.getLast().getUserInfo();
      assertThat(password).matches("agents:[A-Za-z0-9_-]{43}");
    }
    try (RunningServer again = RunningServer.startWith(directory, "--ftp-port=0", "--ftp-passive-ports=40000-40999")) {
      assertThat(again.bean(BundleSource.class).servers().getLast().getUserInfo()).isEqualTo(password);
    }
  }
}
