package dev.sallyport.protocol.enrol;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.util.stream.Stream;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.sallyport.protocol.ProtocolException;
import dev.sallyport.protocol.Seeded;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A pasted word: read or refused, and never delivered unless it is what was signed. */
final class SignedBundleFuzzTest {
  private static final KeyPair INSTALLER = Ed25519Test.newKeyPair();

  @MethodSource("samples")
  @FuzzTest(maxDuration = "10m")
  void readsOrRefuses(byte[] input) {
    EnrolBundle read;
    try {
      read = SignedBundle.ofText(new String(input, StandardCharsets.ISO_8859_1)).delivered();
    } catch (ProtocolException refused) {
      assertThat(refused.getMessage()).isNotBlank();
      return;
    }
    assertThat(read.servers()).isNotEmpty();
  }

  static Stream<Arguments> samples() {
    return Seeded.samples(seeded -> SignedBundle.sign(SignedBundleTest.bundle(seeded), INSTALLER).text()
        .getBytes(StandardCharsets.US_ASCII));
  }
}
