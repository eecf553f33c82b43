package dev.sallyport.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class BytesTest {
  @Test
  void cannotBeChangedThroughTheArraysAround() {
    byte[] given = {1, 2, 3};
    Bytes bytes = Bytes.of(given);
    given[0] = 9;
    bytes.toArray()[1] = 9;
    assertThat(bytes.toArray()).containsExactly(1, 2, 3);
  }

  @Test
  void equalContentIsEqual() {
    assertThat(Bytes.of(new byte[]{1, 2})).isEqualTo(Bytes.ofHex("0102")).hasSameHashCodeAs(Bytes.ofHex("0102"))
        .isNotEqualTo(Bytes.ofHex("0103")).isNotEqualTo(Bytes.ofHex("01")).isNotEqualTo("0102");
    assertThat(Bytes.of(new byte[0])).isEqualTo(Bytes.EMPTY);
    assertThat(Bytes.EMPTY.isEmpty()).isTrue();
  }

  @Test
  void showsItsContentOnlyWhenAsked() {
    Bytes secret = Bytes.ofUtf8("hunter2");
    assertThat(secret).hasToString("Bytes[7]");
    assertThat(secret.hex()).isEqualTo("68756e74657232");
    assertThat(secret.base64Url()).isEqualTo("aHVudGVyMg");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "0g", "0A", "AA", " 01", "0x01", "01 02"})
  void refusesOtherSpellingsOfHexadecimal(String hex) {
    assertThatExceptionOfType(ProtocolException.class).isThrownBy(() -> Bytes.ofHex(hex));
  }

  @Test
  void refusesAnotherLength() {
    assertThatExceptionOfType(ProtocolException.class).isThrownBy(() -> Bytes.ofHex("0102").requireLength("key", 32))
        .withMessage("key: expected 32 bytes, found 2");
  }
}
