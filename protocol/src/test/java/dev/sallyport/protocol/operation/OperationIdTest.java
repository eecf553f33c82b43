package dev.sallyport.protocol.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.UUID;

import dev.sallyport.protocol.ProtocolException;
import dev.sallyport.protocol.Seeded;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class OperationIdTest {
  private static final String DIRECTIVE = "018f6a3c-5b1e-7000-8000-0123456789ab";

  @Test
  void isADirectiveAndAStep() {
    OperationId id = new OperationId(DIRECTIVE + "/12");
    assertThat(id.directive()).isEqualTo(UUID.fromString(DIRECTIVE));
    assertThat(id.step()).isEqualTo(12);
    assertThat(id).isEqualTo(OperationId.of(UUID.fromString(DIRECTIVE), 12)).hasToString(DIRECTIVE + "/12");
  }

  @Test
  void everyDirectiveAndStepHasOneSpelling() {
    Seeded.forSeeds(500, seeded -> {
      OperationId id = SampleOperations.id(seeded);
      assertThat(OperationId.of(id.directive(), id.step())).isEqualTo(id);
    });
  }

  @ParameterizedTest
  @DisplayName("T14 ids have a fixed alphabet and can never be part of a path")
  @ValueSource(strings = {"", "/", "0", DIRECTIVE, DIRECTIVE + "/", DIRECTIVE + "/-1", DIRECTIVE + "/+1",
      DIRECTIVE + "/01", DIRECTIVE + "/00",
      DIRECTIVE + "/1 ", " " + DIRECTIVE + "/1", DIRECTIVE + "//1", DIRECTIVE + "/1/2", DIRECTIVE + "/../1",
      DIRECTIVE + "/a", DIRECTIVE + "\\1",
      DIRECTIVE + "/123456789012", DIRECTIVE + "/1\0", DIRECTIVE + "/\u0661", "018F6A3C-5B1E-7000-8000-0123456789AB/1",
      "018f6a3c-5b1e-7000-8000-0123456789a/1", "018f6a3c5b1e70008000-0123456789ab----/1",
      "../../../../../../../../../etc/shado/1",
      "server", "018f6a3c-5b1e-7000-8000-0123456789a\u200b/1"})
  void refusesEverythingElse(String text) {
    assertThatExceptionOfType(ProtocolException.class).isThrownBy(() -> new OperationId(text))
        .withMessageMatching("[ -~]+");
  }

  @Test
  void aStepThatDoesNotFitIsRefused() {
    UUID directive = UUID.fromString(DIRECTIVE);
    assertThat(OperationId.of(directive, 99_999_999_999L).value()).hasSize(OperationId.MAX_LENGTH);
    assertThatExceptionOfType(ProtocolException.class).isThrownBy(() -> OperationId.of(directive, 100_000_000_000L));
    assertThatExceptionOfType(ProtocolException.class).isThrownBy(() -> OperationId.of(directive, -1));
  }
}
