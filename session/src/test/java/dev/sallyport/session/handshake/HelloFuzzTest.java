package dev.sallyport.session.handshake;

import module java.base;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.sallyport.protocol.ProtocolException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever bytes come as a HELLO, or decrypt to its payload: a handshake that can be answered, or a typed refusal. */
@DisplayName("T41 fuzzed HELLOs")
class HelloFuzzTest {
  private static final Ends ENDS = new Ends();

  @MethodSource("messages")
  @FuzzTest(maxDuration = "10m")
  void opensOrRefuses(byte[] message) {
    try (ServerHandshake handshake = ServerHandshake.open(ENDS.serverKeys, message)) {
      assertThat(handshake.match(Ends.secrets(1, 2))).isNotNull();
      assertThat(handshake.refuse(Ends.no(Status.NO_COMMON_SECRET, 1), ENDS.random)).hasSize(Slp.REPLY_BYTES);
    } catch (ProtocolException refused) {
      assertThat(refused.getMessage()).isNotBlank();
    }
  }

  @MethodSource("payloads")
  @FuzzTest(maxDuration = "10m")
  void readsThePayloadOrRefuses(byte[] payload) {
    HelloPayload read;
    try {
      read = HelloPayload.decode(payload);
    } catch (ProtocolException refused) {
      assertThat(refused.getMessage()).isNotBlank();
      return;
    }
    assertThat(read.encode()).isEqualTo(payload);
  }

  static Stream<Arguments> messages() {
    return Stream.of(Arguments.of((Object) ENDS.hello(Ends.secrets(1)).helloMessage()),
        Arguments.of((Object) new byte[Slp.HELLO_BYTES]), Arguments.of((Object) new byte[0]));
  }

  static Stream<Arguments> payloads() {
    return IntStream.rangeClosed(0, HelloPayload.MAX_PROOFS)
        .mapToObj(count -> new HelloPayload(HelloKind.SESSION, 1 + count, 2, 3, 4,
            Collections.nCopies(count, Fixed.range(1, 16))).encode())
        .map(payload -> Arguments.of((Object) payload));
  }
}
