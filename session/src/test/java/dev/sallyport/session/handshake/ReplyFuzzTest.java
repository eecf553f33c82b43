package dev.sallyport.session.handshake;

import module java.base;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.sallyport.protocol.ProtocolException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever bytes come as a HELLO_REPLY, or decrypt to its payload: a verdict, or a typed refusal. */
@DisplayName("T41 fuzzed HELLO_REPLYs")
class ReplyFuzzTest {
  private static final Ends ENDS = new Ends();

  private static AgentHandshake agent() {
    return ENDS.hello(Ends.secrets(1),
        Fixed.random(Fixed.range(0x40, 0x5f), Fixed.range(0x80, 0x9f), Fixed.range(0xa0, 0xbf)));
  }

  @MethodSource("messages")
  @FuzzTest(maxDuration = "10m")
  void opensOrRefuses(byte[] message) {
    try {
      assertThat(agent().onReply(message)).isNotNull();
    } catch (ProtocolException refused) {
      assertThat(refused.getMessage()).isNotBlank();
    }
  }

  @MethodSource("payloads")
  @FuzzTest(maxDuration = "10m")
  void readsThePayloadOrRefuses(byte[] payload) {
    for (int index : new int[]{0, Slp.NO_SECRET}) {
      try {
        assertThat(ReplyPayload.decode(payload, index).encode(index)).isEqualTo(payload);
      } catch (ProtocolException refused) {
        assertThat(refused.getMessage()).isNotBlank();
      }
    }
  }

  static Stream<Arguments> messages() {
    return Stream.of(Arguments.of((Object) ENDS.accept(agent().helloMessage(), Ends.secrets(1)).message()),
        Arguments.of((Object) new byte[Slp.REPLY_BYTES]), Arguments.of((Object) new byte[0]));
  }

  static Stream<Arguments> payloads() {
    return Arrays.stream(Status.values()).map(status -> status == Status.OK
        ? Ends.ok(1).encode(0)
        : Ends.no(status, 1).encode(Slp.NO_SECRET)).map(payload -> Arguments.of((Object) payload));
  }
}
