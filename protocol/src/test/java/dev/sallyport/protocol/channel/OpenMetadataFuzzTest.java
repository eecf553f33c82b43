package dev.sallyport.protocol.channel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.sallyport.protocol.ProtocolException;
import dev.sallyport.protocol.Seeded;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The opening of a stream by a hostile server. */
final class OpenMetadataFuzzTest {
  @MethodSource("samples")
  @FuzzTest(maxDuration = "10m")
  void readsOrRefuses(byte[] input) {
    OpenMetadata read;
    try {
      read = OpenMetadata.decode(input);
    } catch (ProtocolException refused) {
      assertThat(refused.getMessage()).isNotBlank();
      return;
    }
    assertThat(OpenMetadata.decode(read.encode())).isEqualTo(read);
  }

  static Stream<Arguments> samples() {
    return Seeded.samples(seeded -> StreamTest.metadata(seeded).encode());
  }
}
