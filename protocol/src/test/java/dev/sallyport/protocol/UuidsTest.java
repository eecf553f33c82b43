package dev.sallyport.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class UuidsTest {
  @Test
  void takesTheOneSpelling() {
    Seeded.forSeeds(200, seeded -> {
      String uuid = seeded.uuid();
      assertThat(Uuids.require("id", uuid)).isSameAs(uuid);
    });
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0", "018F6A3C-0000-7000-8000-000000000000", "018f6a3c00007000-8000-000000000000-",
      "018f6a3c-0000-7000-8000-00000000000", "018f6a3c-0000-7000-8000-0000000000000",
      "018f6a3c-0000-7000-8000-00000000000g",
      "{18f6a3c-0000-7000-8000-00000000000}", "../../../../../../../../../../etc/ab",
      "018f6a3c-0000-7000-8000-00000000000\u0661"})
  void refusesEverythingElse(String text) {
    assertThatExceptionOfType(ProtocolException.class).isThrownBy(() -> Uuids.require("agentId", text))
        .withMessage("agentId: expected a UUID in lower case");
  }
}
