package dev.sallyport.protocol.enrol;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.PublicKey;
import java.util.stream.Stream;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.sallyport.protocol.ProtocolException;
import dev.sallyport.protocol.Seeded;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A hostile envelope: read or refused, and never opened by a key that did not sign it. */
final class DsseFuzzTest {
  private static final PublicKey NOBODY = Ed25519Test.newKeyPair().getPublic();

  @MethodSource("samples")
  @FuzzTest(maxDuration = "10m")
  void readsOrRefuses(byte[] input) {
    DsseEnvelope read;
    try {
      read = DsseEnvelope.decode(input);
    } catch (ProtocolException refused) {
      assertThat(refused.getMessage()).isNotBlank();
      return;
    }
    assertThat(DsseEnvelope.decode(read.encode())).isEqualTo(read);
    try {
      read.verifiedPayload(read.payloadType(), NOBODY);
    } catch (ProtocolException refused) {
      return;
    }
    throw new AssertionError("opened by a key that signed nothing");
  }

  static Stream<Arguments> samples() {
    return Seeded.samples(seeded -> DsseTest.envelope(seeded).encode());
  }
}
