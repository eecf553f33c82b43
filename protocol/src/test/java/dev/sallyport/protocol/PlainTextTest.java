package dev.sallyport.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PlainTextTest {
  @ParameterizedTest
  @ValueSource(strings = {"", "web-01", "Ubuntu 24.04 LTS", "<script>alert(1)</script>", "${jndi:ldap://x}", "пример",
      "机器", "é",
      "\uD83D\uDE00", "a\u00a0b"})
  void takesTextAsItIs(String text) {
    assertThat(PlainText.require("name", text, 40)).isSameAs(text);
    assertThat(PlainText.clean(text, 40)).isEqualTo(text);
  }

  @ParameterizedTest
  @DisplayName("T19 what acts in logs, tables or terminals does not come in")
  @ValueSource(strings = {"a\u0000", "a\u001b[2J", "a\nb", "a\r", "a\tb", "a\u007f", "a\u0085", "a\u009b31m", "a\u2028",
      "a\u2029",
      "a\u202etxt.exe", "a\u2066", "a\u200f", "a\u061c", "a\ufeff", "a\ud800", "a\udc00", "a\udc00\ud800"})
  void refusesWhatActs(String text) {
    assertThatExceptionOfType(ProtocolException.class).isThrownBy(() -> PlainText.require("name", text, 40))
        .withMessageStartingWith("name: character 1 (U+").withMessageMatching("[ -~]*");
    assertThat(PlainText.clean(text, 40)).startsWith("a\uFFFD");
  }

  @Test
  void refusesTextBeyondItsLimit() {
    assertThat(PlainText.require("name", "abcd", 4)).isEqualTo("abcd");
    assertThatExceptionOfType(ProtocolException.class).isThrownBy(() -> PlainText.require("name", "abcde", 4))
        .withMessage("name: expected at most 4 characters, found 5");
  }

  @Test
  void refusesEmptyTextWhereSomethingMustStand() {
    assertThatExceptionOfType(ProtocolException.class).isThrownBy(() -> PlainText.requireNonEmpty("name", "", 4))
        .withMessage("name: must not be empty");
  }

  @Test
  void cuttingNeverSplitsACharacter() {
    assertThat(PlainText.clean("abc\uD83D\uDE00", 4)).isEqualTo("abc");
    assertThat(PlainText.clean("abc\uD83D\uDE00", 5)).isEqualTo("abc\uD83D\uDE00");
    assertThat(PlainText.clean("\uD83D\uDE00", 0)).isEmpty();
  }

  @Test
  void cleanTextIsAlwaysAccepted() {
    Seeded.forSeeds(3000, seeded -> {
      StringBuilder anything = new StringBuilder(seeded.text(30));
      for (int i = seeded.below(4); i > 0; i--) {
        anything.insert(seeded.below(anything.length() + 1), (char) seeded.below(0x10000));
      }
      int limit = seeded.below(40);
      String clean = PlainText.clean(anything.toString(), limit);
      assertThat(PlainText.require("text", clean, limit)).hasSizeLessThanOrEqualTo(limit);
      assertThat(PlainText.clean(clean, limit)).isEqualTo(clean);
    });
  }
}
