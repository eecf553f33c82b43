package dev.sallyport.protocol.library;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

import dev.sallyport.protocol.ProtocolException;
import dev.sallyport.protocol.json.JsonNumber;
import dev.sallyport.protocol.json.JsonString;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a library says of itself. */
final class LibraryManifestTest {
  private static final String GOOD = Jars.manifest("1.0.0").toJson().text();

  private static LibraryManifest read(String text) {
    return LibraryManifest.decode(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void comesBackAsItWasWritten() {
    assertThat(read(GOOD)).isEqualTo(Jars.manifest("1.0.0"));
    String c = GOOD.replace("\"main\":\"example.Greeter\"", "\"native\":{\"files\":{\"linux-amd64\":\"n/libx.so\"}}")
        .replace("\"agent\"", "\"process\"").replace("\"changes\":false", "\"changes\":false,\"symbol\":\"greet\"");
    assertThat(read(c).code()).isEqualTo(new LibraryCode.Objects(Map.of("linux-amd64", "n/libx.so")));
    assertThat(read(read(c).toJson().text())).isEqualTo(read(c));
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {"\"api\":1|\"api\":2", "\"greeter\"|\"Greeter\"", "\"greeter\"|\"../greeter\"",
      "\"1.0.0\"|\"1.0\"", "\"1.0.0\"|\"01.0.0\"", "\"linux\"|\"plan9\"", "\"read\"|\"everything\"", "\"int\"|\"none\"",
      "\"agent\"|\"nowhere\"", "example.Greeter|example/Greeter", "\"times\"|\"who\"", "\"main\"|\"class\"",
      "\"main\":\"example.Greeter\"|\"native\":{\"system\":\"libc.so.6\"}"})
  void refusesWhatItDoesNotKnow(String from, String to) {
    assertThat(GOOD).contains(from);
    assertThatThrownBy(() -> read(GOOD.replace(from, to))).isInstanceOf(ProtocolException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a/b", "..", "a..b", "A", "1a", "a-", "-a", "a--b", "a_b"})
  @DisplayName("T14 what could be part of a path is no name of a library")
  void namesAreNoPaths(String name) {
    assertThatThrownBy(() -> LibraryId.require("id", name)).isInstanceOf(ProtocolException.class);
  }

  @Test
  void versionsAreComparedByNumbers() {
    assertThat(LibraryVersion.of("1.10.0")).isGreaterThan(LibraryVersion.of("1.9.9"))
        .isLessThan(LibraryVersion.of("2.0.0")).hasToString("1.10.0");
  }

  @Test
  void valuesMustBeOfTheirTypes() {
    LibraryFunction greet = Jars.manifest("1.0.0").functions().getFirst();
    assertThat(greet.ofTexts(List.of("Ada", "3")))
        .containsExactly(new JsonString("Ada"), new JsonNumber.Whole(3));
    assertThatThrownBy(() -> greet.ofTexts(List.of("Ada"))).hasMessageContaining("expected 2 parameters");
    assertThatThrownBy(() -> greet.ofTexts(List.of("Ada", "4294967296"))).hasMessageContaining("type int");
    assertThatThrownBy(() -> greet.require(List.of(new JsonNumber.Whole(1), new JsonNumber.Whole(1))))
        .isInstanceOf(ProtocolException.class);
    assertThatThrownBy(() -> ValueType.BOOLEAN.ofText("yes")).isInstanceOf(ProtocolException.class);
    assertThatThrownBy(() -> ValueType.DOUBLE.ofText("NaN")).isInstanceOf(ProtocolException.class);
  }
}
