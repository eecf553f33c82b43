package dev.sallyport.protocol.enrol;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.sallyport.protocol.Bytes;
import dev.sallyport.protocol.ProtocolException;
import dev.sallyport.protocol.Seeded;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The payload of a bundle, as if somebody had signed it. */
final class EnrolBundleFuzzTest {
  @MethodSource("samples")
  @FuzzTest(maxDuration = "10m")
  void readsOrRefuses(byte[] input) {
    EnrolBundle read;
    try {
      read = EnrolBundleCodec.decode(Bytes.of(input));
    } catch (ProtocolException refused) {
      assertThat(refused.getMessage()).isNotBlank();
      return;
    }
    assertThat(EnrolBundleCodec.decode(EnrolBundleCodec.encode(read))).isEqualTo(read);
  }

  static Stream<Arguments> samples() {
    return Seeded.samples(seeded -> EnrolBundleCodec.encode(SignedBundleTest.bundle(seeded)).toArray());
  }
}
