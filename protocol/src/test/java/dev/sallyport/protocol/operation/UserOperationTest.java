package dev.sallyport.protocol.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.charset.StandardCharsets;
import java.time.Duration;

import dev.sallyport.protocol.ProtocolException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class UserOperationTest {
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private static Operation decode(String name, String json) {
    return Operations.decode(name, json.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  @DisplayName("K8 a message needs nothing but its text")
  void whatIsLeftOutIsTheUsual() {
    assertThat(decode("user.message", "{\"text\":\"hello\"}"))
        .isEqualTo(new UserOperation.Message(new UserOperation.Words("", "hello", "", Duration.ofHours(1))));
    assertThat(decode("user.notice", "{\"text\":\"hello\"}"))
        .isEqualTo(new UserOperation.Notice(new UserOperation.Words("", "hello", "", Duration.ofHours(8))));
    assertThat(decode("user.ask", "{\"text\":\"well?\",\"title\":\"T\",\"user\":\"anna\",\"timeMs\":60000}"))
        .isEqualTo(new UserOperation.Ask(new UserOperation.Words("T", "well?", "anna", MINUTE)));
  }

  @Test
  void linesAndLettersOfAllScriptsAreText() {
    String text = "a\tb\n\nשלום 日本 😀 <html><b>&amp;";
    assertThat(new UserOperation.Words("", text, "", MINUTE).text()).isEqualTo(text);
    assertThat(new UserOperation.Words("", "x".repeat(4000), "", MINUTE).text()).hasSize(4000);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 7, 0x0b, 0x0d, 0x1b, 0x7f, 0x9b, 0x200e, 0x202e, 0x2066, 0x2028, 0xfeff, 0xd800})
  @DisplayName("T19 what could show one text and mean another is refused, and named by its place")
  void whatIsNotPlainIsRefused(int character) {
    String bad = "ab" + (char) character;
    assertThatExceptionOfType(ProtocolException.class).isThrownBy(() -> new UserOperation.Words("", bad, "", MINUTE))
        .withMessageStartingWith("text: character 2 (U+");
    assertThatExceptionOfType(ProtocolException.class).isThrownBy(() -> new UserOperation.Words(bad, "x", "", MINUTE))
        .withMessageStartingWith("title: character 2 (U+");
    assertThatExceptionOfType(ProtocolException.class).isThrownBy(() -> new UserOperation.Words("", "x", bad, MINUTE))
        .withMessageStartingWith("user: character 2 (U+");
  }

  @ParameterizedTest
  @CsvSource({"{}, text", "'{\"text\":\"\"}', text", "'{\"text\":\" \\n\"}', text", "'{\"text\":7}', text",
      "'{\"text\":\"x\",\"timeMs\":999}', timeMs", "'{\"text\":\"x\",\"timeMs\":82800001}', timeMs",
      "'{\"text\":\"x\",\"timeMs\":1.5}', timeMs", "'{\"text\":\"x\",\"html\":true}', html"})
  void whatIsWrongIsNamed(String json, String field) {
    for (String name : new String[]{"user.message", "user.notice", "user.ask"}) {
      assertThatExceptionOfType(ProtocolException.class).isThrownBy(() -> decode(name, json))
          .withMessageContaining(field);
    }
  }

  @Test
  void thereAreBounds() {
    assertThatExceptionOfType(ProtocolException.class)
        .isThrownBy(() -> new UserOperation.Words("", "x".repeat(4001), "", MINUTE))
        .withMessageContaining("at most 4000");
    assertThatExceptionOfType(ProtocolException.class)
        .isThrownBy(() -> new UserOperation.Words("x".repeat(101), "x", "", MINUTE))
        .withMessageContaining("at most 100");
    assertThatExceptionOfType(ProtocolException.class)
        .isThrownBy(() -> new UserOperation.Words("", "x", "", Duration.ofNanos(1_000_000_001)))
        .withMessageContaining("timeMs");
    assertThatExceptionOfType(ProtocolException.class).isThrownBy(() -> decode("user.sessions", "{\"a\":1}"));
    assertThatExceptionOfType(ProtocolException.class).isThrownBy(() -> decode("user.shout", "{}"));
  }

  @Test
  void theLongestFitsOnTheWire() {
    Operation longest = new UserOperation.Ask(
        new UserOperation.Words("ü".repeat(100), "\n".repeat(3999) + "€", "", MINUTE));
    assertThat(Operations.decode("user.ask", Operations.encode(longest))).isEqualTo(longest);
  }
}
