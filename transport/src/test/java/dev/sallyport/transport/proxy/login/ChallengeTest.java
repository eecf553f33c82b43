package dev.sallyport.transport.proxy.login;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Random;

import org.junit.jupiter.api.Test;

final class ChallengeTest {
  @Test
  void readsSeveralChallengesFromOneLine() {
    assertThat(
        Challenge.parse("Negotiate, NTLM, Digest realm=\"a, b=c\", nonce = \"x\\\"y\" ,stale=FALSE, Basic realm=z"))
        .containsExactly(new Challenge("negotiate", "", Map.of()), new Challenge("ntlm", "", Map.of()),
            new Challenge("digest", "", Map.of("realm", "a, b=c", "nonce", "x\"y", "stale", "FALSE")),
            new Challenge("basic", "", Map.of("realm", "z")));
  }

  @Test
  void readsDataThatStandsInTheSteadOfParameters() {
    assertThat(Challenge.parse("NTLM TlRMTVNT+/AA== , Negotiate YII, Basic realm=z")).containsExactly(
        new Challenge("ntlm", "TlRMTVNT+/AA==", Map.of()), new Challenge("negotiate", "YII", Map.of()),
        new Challenge("basic", "", Map.of("realm", "z")));
  }

  @Test
  void endsWhereNothingCanBeUnderstood() {
    assertThat(Challenge.parse("")).isEmpty();
    assertThat(Challenge.parse("=,=")).isEmpty();
    assertThat(Challenge.parse("realm=lonely")).isEmpty();
    assertThat(Challenge.parse("Basic realm=\"without end")).containsExactly(
        new Challenge("basic", "", Map.of("realm", "without end")));
  }

  @Test
  void boundsWhatItKeeps() {
    assertThat(Challenge.parse("A, ".repeat(1_000))).hasSizeLessThanOrEqualTo(32);
    assertThat(Challenge.parse("Digest " + "a" + ", x=1".repeat(1_000))).hasSizeLessThanOrEqualTo(32);
  }

  @Test
  void neverFailsOnAnyText() {
    var random = new Random(42);
    String alphabet = "ab=\",\\ \tBasicDigest";
    for (int i = 0; i < 20_000; i++) {
      var text = new StringBuilder();
      for (int length = random.nextInt(40); length > 0; length--) {
        text.append(alphabet.charAt(random.nextInt(alphabet.length())));
      }
      assertThat(Challenge.parse(text.toString())).isInstanceOf(List.class);
    }
  }
}
