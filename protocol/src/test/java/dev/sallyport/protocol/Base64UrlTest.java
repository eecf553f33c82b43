package dev.sallyport.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class Base64UrlTest {
  @ParameterizedTest
  @CsvSource({"'',''", "f,Zg", "fo,Zm8", "foo,Zm9v", "foob,Zm9vYg", "fooba,Zm9vYmE", "foobar,Zm9vYmFy"})
  void speaksTheVectorsOfRfc4648WithoutPadding(String plain, String encoded) {
    byte[] bytes = plain.getBytes(StandardCharsets.US_ASCII);
    assertThat(Base64Url.encode(bytes)).isEqualTo(encoded).hasSize(Base64Url.encodedLength(bytes.length));
    assertThat(Base64Url.decode(encoded)).isEqualTo(bytes);
  }

  @Test
  void usesTheUrlSafeAlphabet() {
    assertThat(Base64Url.encode(new byte[]{(byte) 0xff, (byte) 0xef, (byte) 0xbe})).isEqualTo("_---");
    assertThat(Base64Url.decode("_---")).containsExactly(0xff, 0xef, 0xbe);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Zg==", "Zg=", "=", "A", "AAAAA", "Z g", " Zg", "Zg\n", "+///", "Zm8/", "Zé",
      "\uD83D\uDE00AA", "\u0100A"})
  void refusesEveryOtherSpelling(String text) {
    assertThatExceptionOfType(ProtocolException.class).isThrownBy(() -> Base64Url.decode(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"Zh", "Z_", "Z-", "Zv", "Z1", "Zm9", "Zm_", "Zm-"})
  void refusesBitsThatBelongToNoByte(String text) {
    assertThatExceptionOfType(ProtocolException.class).isThrownBy(() -> Base64Url.decode(text));
  }

  @Test
  void refusalsDoNotRepeatWhatMayBeASecret() {
    assertThatExceptionOfType(ProtocolException.class).isThrownBy(() -> Base64Url.decode("hunter2="))
        .withMessageNotContaining("hunter").withNoCause();
  }

  @Test
  void everyByteStringHasExactlyOneSpelling() {
    Seeded.forSeeds(2000, seeded -> {
      byte[] bytes = seeded.bytes(seeded.below(40));
      String text = Base64Url.encode(bytes);
      assertThat(Base64Url.decode(text)).isEqualTo(bytes);
      String injured = new String(seeded.injured(text.getBytes(StandardCharsets.ISO_8859_1)),
          StandardCharsets.ISO_8859_1);
      try {
        assertThat(Base64Url.encode(Base64Url.decode(injured))).isEqualTo(injured);
      } catch (ProtocolException refused) {
        assertThat(refused).hasMessageContaining("base64url");
      }
    });
  }
}
