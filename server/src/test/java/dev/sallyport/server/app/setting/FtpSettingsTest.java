package dev.sallyport.server.app.setting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FtpSettingsTest {
  @TempDir
  private Path directory;

  private Settings read(String... more) throws SettingsException {
    return read(directory, more);
  }

  static Settings read(Path directory, String... more) throws SettingsException {
    return Settings.read(Stream.concat(Stream.of("--data=" + directory), Stream.of(more)).toArray(String[]::new),
        Map.of());
  }

  @Test
  void thereIsNoFtpUnlessSomebodyWantsIt() throws SettingsException {
    assertThat(read().ftp()).isEmpty();
  }

  @Test
  void aBuiltInServerHasItsDefaults() throws SettingsException {
    assertThat(read("--ftp-port=2121").ftp())
        .containsExactly(new FtpPlace.BuiltIn(2121, "40000-40099", 512L << 20, 500));
    assertThat(read("--ftp-port=0", "--ftp-passive-ports=5-5", "--ftp-space=1", "--ftp-links=7").ftp())
        .containsExactly(new FtpPlace.BuiltIn(0, "5-5", 1 << 20, 7));
  }

  @Test
  void somebodyElsesServerHasItsPasswordFromAFileAndNeverSaysIt() throws Exception {
    Path file = Files.writeString(directory.resolve("password"), "se c:r@t+ü\nmore\n");
    List<FtpPlace> places = read("--ftp-drop=ftps://drop@files.example/in", "--ftp-drop-password-file=" + file,
        "--ftp-drop-pin=" + "0a:".repeat(31) + "0A").ftp();

    assertThat(places).singleElement().isInstanceOfSatisfying(FtpPlace.Elsewhere.class, place -> {
      assertThat(place.address()).hasToString("ftps://drop:se%20c%3Ar%40t%2B%C3%BC@files.example/in");
      assertThat(place.pins()).hasSize(1);
      assertThat(place).hasToString("ftps://files.example/in");
    });
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {"--ftp-port=x|ftp-port", "--ftp-port=65536|ftp-port",
      "--ftp-passive-ports=9-8|ftp-passive-ports", "--ftp-passive-ports=0-1|ftp-passive-ports",
      "--ftp-passive-ports=1-65536|ftp-passive-ports", "--ftp-links=0|ftp-links", "--ftp-space=99999999|ftp-space",
      "--ftp-drop=http://h|ftp-drop", "--ftp-drop=ftp://u:secret@h/x|ftp-drop-password-file",
      "--ftp-drop=ftp://u@h/x|ftp-drop-password-file", "--ftp-drop=ftp://u:sec ret@h|ftp-drop"})
  void whatMakesNoSenseIsSaidWithoutPasswords(String argument, String named) {
    SettingsException refused = catchThrowableOfType(SettingsException.class, () -> read(argument));

    assertThat(refused.faults()).singleElement().asString().contains("'" + named + "'").doesNotContain("secret",
        "ret@");
  }

  @Test
  void aPinIsAFingerprint() throws IOException {
    Path file = Files.writeString(directory.resolve("password"), "x\n");
    SettingsException refused = catchThrowableOfType(SettingsException.class, () -> read("--ftp-drop=ftp://u@h",
        "--ftp-drop-password-file=" + file, "--ftp-drop-pin=abc"));

    assertThat(refused.faults()).singleElement().asString().contains("ftp-drop-pin");
  }
}
