package dev.sallyport.session.rolling;

import module java.base;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.sallyport.protocol.ProtocolException;
import dev.sallyport.session.Seeds;
import dev.sallyport.session.handshake.HelloPayload;
import dev.sallyport.session.handshake.Secret;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AgentSecretsCodecTest {
  private static final AgentSecrets SECRETS = new AgentSecrets(
      List.of(Symbols.candidate(2, 0), Symbols.candidate(1, 0), Symbols.FIRST), 1, 1_700_000_000_000L);

  static AgentSecrets any(SplittableRandom random) {
    List<Secret> held = IntStream.range(0, random.nextInt(AgentSecrets.MOST_HELD + 1))
        .mapToObj(_ -> Secret.of(Seeds.bytes(random, Secret.BYTES))).toList();
    return new AgentSecrets(held, random.nextInt(held.size() + 1), random.nextLong(0, HelloPayload.MAX_ATTEMPT + 1));
  }

  @Test
  void everyStateSurvives() {
    Seeds.forSeeds(300, random -> {
      AgentSecrets secrets = any(random);
      assertThat(AgentSecretsCodec.decode(AgentSecretsCodec.encode(secrets))).isEqualTo(secrets);
    });
  }

  @Test
  void bytesOfVersionOneAreReadForEver() {
    byte[] bytes = HexFormat.of().parseHex("01" + "0000018bcfe56800" + "02" + "11".repeat(32) + "22".repeat(32));
    AgentSecrets secrets = AgentSecretsCodec.decode(bytes);
    assertThat(secrets.pending()).isEqualTo(1);
    assertThat(secrets.lastAttempt()).isEqualTo(1_700_000_000_000L);
    assertThat(secrets.held()).extracting(secret -> secret.bytes()[0]).containsExactly((byte) 0x11, (byte) 0x22);
    assertThat(AgentSecretsCodec.encode(secrets)).isEqualTo(bytes);
  }

  @Test
  void missingOrExtraBytesAreRefused() {
    byte[] bytes = AgentSecretsCodec.encode(SECRETS);
    for (int length = 0; length <= bytes.length + 1; length++) {
      if (length != bytes.length) {
        assertRefused(Arrays.copyOf(bytes, length));
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"0,4", "0,255", "1,64", "1,128", "9,2", "9,10", "9,255"})
  void aFieldOutOfRangeIsRefused(int at, int value) {
    byte[] bytes = AgentSecretsCodec.encode(SECRETS);
    bytes[at] = (byte) value;
    assertRefused(bytes);
  }

  private static void assertRefused(byte[] bytes) {
    assertThatExceptionOfType(ProtocolException.class).isThrownBy(() -> AgentSecretsCodec.decode(bytes));
  }
}
