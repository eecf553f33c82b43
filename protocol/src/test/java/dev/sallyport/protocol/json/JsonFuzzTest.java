package dev.sallyport.protocol.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.sallyport.protocol.ProtocolException;

/** Whatever bytes come: a value that survives a round trip, or a typed refusal. */
final class JsonFuzzTest {
  @FuzzTest(maxDuration = "60s")
  void readsOrRefuses(byte[] input) {
    Json value;
    try {
      value = Json.parse(input);
    } catch (ProtocolException refused) {
      assertThat(refused.getMessage()).isNotBlank();
      return;
    }
    assertThat(Json.parse(value.bytes())).isEqualTo(value);
  }
}
