package dev.sallyport.protocol.message;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.sallyport.protocol.ProtocolException;

/** Whatever bytes come: a message that is written as it was read, or a typed refusal. */
final class MessageFuzzTest {
  @FuzzTest(maxDuration = "60s")
  void readsOrRefuses(byte[] input) {
    TransportMessage message;
    try {
      message = TransportMessage.decode(input);
    } catch (ProtocolException refused) {
      assertThat(refused.getMessage()).isNotBlank();
      return;
    }
    assertThat(message.bytes()).isEqualTo(input);
  }
}
