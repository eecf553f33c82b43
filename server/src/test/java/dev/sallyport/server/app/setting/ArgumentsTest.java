package dev.sallyport.server.app.setting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Settings given as arguments. */
class ArgumentsTest {
  @TempDir
  private Path data;

  private Settings read(String... arguments) throws SettingsException {
    return new SettingsReader(arguments, Map.of("HOME", data.toString())).read();
  }

  private String refusal(String... arguments) {
    SettingsException refused = catchThrowableOfType(SettingsException.class, () -> read(arguments));
    return String.join("\n", refused.faults());
  }

  @Test
  void aValueFollowsAnEqualsSignOrABlank() throws Exception {
    Settings settings = read("--data", data.toString(), "--port=8500", "--bind", "127.0.0.1");

    assertThat(settings.data()).isEqualTo(data);
    assertThat(settings.port()).isEqualTo(8500);
    assertThat(settings.bind().getHostAddress()).isEqualTo("127.0.0.1");
  }

  @Test
  void aValueMayHoldAnEqualsSign() throws Exception {
    assertThat(read("--data", data + "/a=b").data()).isEqualTo(data.resolve("a=b"));
  }

  @Test
  void aSettingWithoutAValueSaysSo() {
    assertThat(refusal("--port")).isEqualTo("The setting --port needs a value. Write --port=value.");
    assertThat(refusal("--port", "--bind=127.0.0.1"))
        .isEqualTo("The setting --port needs a value. Write --port=value.");
  }

  @Test
  void aWordThatBelongsToNothingIsNoSetting() {
    assertThat(refusal("8443")).startsWith("'8443' is not a setting.");
    assertThat(refusal("--verbose")).startsWith("'--verbose' is not a setting.");
    assertThat(refusal("--prot", "8443")).startsWith("There is no setting 'prot' (from --prot).");
    assertThat(refusal("--port", "8443", "8444")).startsWith("'8444' is not a setting.");
  }

  @Test
  void aSettingIsGivenOnceHoweverItIsWritten() {
    assertThat(refusal("--port=8443", "--port", "8444"))
        .isEqualTo("The setting 'port' is given twice (--port). Give it once.");
  }
}
