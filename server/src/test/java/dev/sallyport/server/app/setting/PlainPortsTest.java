package dev.sallyport.server.app.setting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlainPortsTest {
  @TempDir
  private Path directory;

  private Settings read(String... more) throws SettingsException {
    return FtpSettingsTest.read(directory, more);
  }

  @Test
  void thereIsNoPortWithoutTlsUnlessSomebodyWantsIt() throws SettingsException {
    assertThat(read().plainPorts()).isEmpty();
    assertThat(read("--plain-ports=").plainPorts()).isEmpty();
  }

  @Test
  void severalPortsStandBetweenCommas() throws SettingsException {
    assertThat(read("--plain-ports=80, 8080").plainPorts()).containsExactly(80, 8080);
    assertThat(Settings.read(new String[]{"--data=" + directory}, Map.of("SALLYPORT_PLAIN_PORTS", "81")).plainPorts())
        .containsExactly(81);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "65536", "http", "80,", "80;81", "-1", "1,2,3,4,5,6,7,8,9"})
  void whatIsNoListOfPortsIsRefusedWithWhatToWrite(String value) {
    SettingsException refused = catchThrowableOfType(SettingsException.class, () -> read("--plain-ports=" + value));

    assertThat(refused.faults()).singleElement().asString().contains("plain-ports").contains("for example 80");
  }
}
