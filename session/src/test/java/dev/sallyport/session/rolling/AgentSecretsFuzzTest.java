package dev.sallyport.session.rolling;

import module java.base;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.sallyport.protocol.ProtocolException;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever is in the state file: secrets that are written back as they were, or a typed refusal. */
class AgentSecretsFuzzTest {

  @MethodSource("samples")
  @FuzzTest(maxDuration = "10m")
  void readsOrRefuses(byte[] bytes) {
    AgentSecrets read;
    try {
      read = AgentSecretsCodec.decode(bytes);
    } catch (ProtocolException refused) {
      assertThat(refused.getMessage()).isNotBlank();
      return;
    }
    assertThat(AgentSecretsCodec.encode(read)).isEqualTo(bytes);
  }

  static Stream<Arguments> samples() {
    return LongStream.range(0, 8).mapToObj(seed -> Arguments
        .of((Object) AgentSecretsCodec.encode(AgentSecretsCodecTest.any(new SplittableRandom(seed)))));
  }
}
