package dev.sallyport.protocol.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.sallyport.protocol.ProtocolException;
import dev.sallyport.protocol.Seeded;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever bytes come: a value that survives a round trip, or a typed refusal. */
final class JsonFuzzTest {
  @MethodSource("samples")
  @FuzzTest(maxDuration = "10m")
  void readsOrRefuses(byte[] input) {
    Json read;
    try {
      read = Json.parse(input);
    } catch (ProtocolException refused) {
      assertThat(refused.getMessage()).isNotBlank();
      return;
    }
    assertThat(Json.parse(read.bytes())).isEqualTo(read);
  }

  static Stream<Arguments> samples() {
    return Seeded.samples(seeded -> Jsons.value(seeded, 4).bytes());
  }
}
