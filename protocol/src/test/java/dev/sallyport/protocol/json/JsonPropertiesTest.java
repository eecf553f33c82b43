package dev.sallyport.protocol.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import dev.sallyport.protocol.ProtocolException;
import dev.sallyport.protocol.Seeded;
import org.junit.jupiter.api.Test;

final class JsonPropertiesTest {
  private static final int ROUNDS = 3000;

  @Test
  void whatIsWrittenIsReadAsTheSameValueAndWrittenAsTheSameBytes() {
    Seeded.forSeeds(ROUNDS, seeded -> {
      Json value = Jsons.value(seeded, 4);
      Json read = Json.parse(value.bytes());
      assertThat(read).isEqualTo(value).hasSameHashCodeAs(value);
      assertThat(read.bytes()).isEqualTo(value.bytes());
      assertThat(Json.parse(value.text())).isEqualTo(value);
    });
  }

  @Test
  void injuredDocumentsAreReadOrRefusedButNeverDoAnythingElse() {
    Seeded.forSeeds(4 * ROUNDS, seeded -> {
      byte[] injured = seeded.injured(Jsons.object(seeded, 3).bytes());
      try {
        Json value = Json.parse(injured);
        assertThat(Json.parse(value.bytes())).isEqualTo(value);
      } catch (ProtocolException refused) {
        assertThat(refused).hasMessageStartingWith("JSON refused");
      }
    });
  }

  @Test
  void randomBytesAreReadOrRefusedButNeverDoAnythingElse() {
    Seeded.forSeeds(ROUNDS, seeded -> {
      try {
        assertThat(Json.parse(seeded.bytes(seeded.below(8)))).isNotNull();
      } catch (ProtocolException refused) {
        assertThat(refused).hasMessageStartingWith("JSON refused");
      }
    });
  }

  @Test
  void noPrefixOfAnObjectIsADocument() {
    Seeded.forSeeds(200, seeded -> {
      byte[] bytes = Jsons.object(seeded, 2).bytes();
      for (int length = 0; length < bytes.length; length++) {
        byte[] cut = Arrays.copyOf(bytes, length);
        try {
          Json.parse(cut);
        } catch (ProtocolException refused) {
          continue;
        }
        throw new AssertionError("read " + length + " of " + bytes.length + " bytes as a document");
      }
    });
  }

  @Test
  void nothingWrittenCanEndWhatItIsEmbeddedIn() {
    Seeded.forSeeds(ROUNDS, seeded -> {
      String text = Jsons.value(seeded, 3).text();
      assertThat(text).doesNotContain("<", ">", "&", "'", "\u2028", "\u2029", "\n", "\r", "\u001b", "\u007f", "\u0085");
      assertThat(text.chars().noneMatch(Character::isISOControl)).isTrue();
    });
  }

  @Test
  void utf8IsReadAsTheJdkReadsIt() {
    Seeded.forSeeds(20 * ROUNDS, seeded -> {
      byte[] text = seeded.coin()
          ? seeded.bytes(1 + seeded.below(6))
          : seeded.injured(seeded.text(4).getBytes(StandardCharsets.UTF_8));
      byte[] document = new byte[text.length + 2];
      document[0] = '"';
      document[document.length - 1] = '"';
      boolean plain = true;
      for (int i = 0; i < text.length; i++) {
        plain &= text[i] != '"' && text[i] != '\\' && (text[i] < 0 || text[i] >= 0x20);
        document[i + 1] = text[i];
      }
      if (plain) {
        String lenient = new String(text, StandardCharsets.UTF_8);
        boolean wellFormed = Arrays.equals(lenient.getBytes(StandardCharsets.UTF_8), text);
        try {
          assertThat(Json.parse(document)).isEqualTo(new JsonString(lenient));
          assertThat(wellFormed).isTrue();
        } catch (ProtocolException refused) {
          assertThat(wellFormed).isFalse();
        }
      }
    });
  }
}
