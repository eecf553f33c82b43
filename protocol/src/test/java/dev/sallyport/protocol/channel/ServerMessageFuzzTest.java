package dev.sallyport.protocol.channel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.sallyport.protocol.ProtocolException;
import dev.sallyport.protocol.Seeded;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A control message from a hostile server. */
final class ServerMessageFuzzTest {
  @MethodSource("samples")
  @FuzzTest(maxDuration = "10m")
  void readsOrRefuses(byte[] input) {
    ServerMessage read;
    try {
      read = ServerMessage.decode(input);
    } catch (ProtocolException refused) {
      assertThat(refused.getMessage()).isNotBlank();
      return;
    }
    assertThat(ServerMessage.decode(read.encode())).isEqualTo(read);
  }

  static Stream<Arguments> samples() {
    return Seeded.samples(seeded -> ControlMessageTest.fromServer(seeded).encode());
  }
}
