package dev.sallyport.protocol.enrol;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.sallyport.protocol.ProtocolException;
import dev.sallyport.protocol.Seeded;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a machine that is not trusted yet tells of itself. */
final class EnrolRequestFuzzTest {
  @MethodSource("samples")
  @FuzzTest(maxDuration = "10m")
  void readsOrRefuses(byte[] input) {
    EnrolRequest read;
    try {
      read = EnrolRequest.decode(input);
    } catch (ProtocolException refused) {
      assertThat(refused.getMessage()).isNotBlank();
      return;
    }
    assertThat(EnrolRequest.decode(read.encode())).isEqualTo(read);
    try {
      read.requireSignedIn(new byte[EnrolRequest.HANDSHAKE_HASH_BYTES]);
    } catch (ProtocolException refused) {
      return;
    }
    throw new AssertionError("a proof was made without a key");
  }

  static Stream<Arguments> samples() {
    return Seeded.samples(seeded -> EnrolRequestTest.random(seeded).encode());
  }
}
