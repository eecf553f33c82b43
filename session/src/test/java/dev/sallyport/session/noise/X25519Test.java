package dev.sallyport.session.noise;

import module java.base;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.sallyport.protocol.ProtocolException;
import org.junit.jupiter.api.Test;

/** With the examples of RFC 7748 §5.2. */
class X25519Test {
  private static byte[] hex(String text) {
    return HexFormat.of().parseHex(text);
  }

  @Test
  void multipliesAsTheStandardSays() {
    assertThat(Dh.jdk().agree(hex("a546e36bf0527c9d3b16154b82465edd62144c0ac1fc5a18506a2244ba449ac4"),
        hex("e6db6867583030db3594c1a424b15f7c726624ec26b3353b10a903a6d0ab1c4c")))
        .isEqualTo(hex("c3da55379de9c6908e94ea4df28d084f32eccf03491c71f754b4075577a28552"));
    assertThat(Dh.jdk().agree(hex("4b66e9d4d1b4673c5ad22691957d6af5c11b6421e0ea01d42ca4169e7918ba0d"),
        hex("e5210f12786811d3f4b7959d0538ae2c31dbe7106fc03c3efc4cd549c715a493")))
        .as("the top bit of the coordinate is ignored")
        .isEqualTo(hex("95cbde9476e8907d7aade45cb4b873f88b595a68799fa152e6f8f7647aac7957"));
  }

  @Test
  void bothEndsAgree() {
    StaticKeyPair one = StaticKeyPair.generate(RandomSource.secure());
    StaticKeyPair other = StaticKeyPair.generate(RandomSource.secure());
    assertThat(Dh.jdk().agree(one.privateKey(), other.publicKey()))
        .isEqualTo(Dh.jdk().agree(other.privateKey(), one.publicKey()));
  }

  @Test
  void keysHaveTheirLength() {
    assertThatIllegalArgumentException().isThrownBy(() -> StaticKeyPair.of(new byte[31]));
    assertThatExceptionOfType(ProtocolException.class).isThrownBy(() -> Dh.jdk().agree(new byte[32], new byte[33]));
  }

  @Test
  void closingWipesThePrivateHalf() {
    StaticKeyPair pair = StaticKeyPair.generate(RandomSource.secure());
    pair.close();
    assertThat(pair.privateKey()).containsOnly(0);
  }
}
