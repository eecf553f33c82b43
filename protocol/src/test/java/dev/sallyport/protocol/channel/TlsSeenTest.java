package dev.sallyport.protocol.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Random;

import dev.sallyport.protocol.ProtocolException;
import org.junit.jupiter.api.Test;

final class TlsSeenTest {
  private static final byte[] LEAF = new byte[32];

  static {
    Arrays.fill(LEAF, (byte) 7);
  }

  @Test
  void whatIsEncodedIsDecoded() {
    for (String issuer : new String[]{"", "CN=Acme Inspection,O=Acme", "CN=ü\uD83D\uDD11", "x".repeat(200)}) {
      TlsSeen seen = TlsSeen.of(LEAF, issuer);

      assertThat(TlsSeen.decode(seen.encode())).isEqualTo(seen);
      assertThat(seen.issuer()).isEqualTo(issuer);
    }
  }

  @Test
  void aLeafAloneIsEnough() {
    assertThat(TlsSeen.decode(LEAF).issuer()).isEmpty();
  }

  @Test
  void aStrangersNameIsCleanedAndCut() {
    assertThat(TlsSeen.of(LEAF, "CN=\u001b[31m" + "x".repeat(300)).issuer()).hasSize(200).doesNotContain("\u001b");
  }

  @Test
  void refusesWhatIsTooShortTooLongOrNoText() {
    byte[] noUtf8 = Arrays.copyOf(LEAF, 33);
    noUtf8[32] = (byte) 0xff;
    byte[] control = Arrays.copyOf(LEAF, 33);
    control[32] = 0x1b;
    byte[] manyCharacters = Arrays.copyOf(LEAF, 32 + 201);
    Arrays.fill(manyCharacters, 32, manyCharacters.length, (byte) 'x');

    for (byte[] body : new byte[][]{new byte[0], new byte[31], new byte[32 + 601], noUtf8, control, manyCharacters}) {
      assertThatThrownBy(() -> TlsSeen.decode(body)).isInstanceOf(ProtocolException.class);
    }
  }

  @Test
  void anyBytesAreRefusedOrReadAsTheyAre() {
    var random = new Random(5);
    for (int i = 0; i < 10_000; i++) {
      byte[] body = new byte[random.nextInt(80)];
      random.nextBytes(body);
      try {
        assertThat(TlsSeen.decode(body).encode()).isEqualTo(body);
      } catch (ProtocolException e) {
        assertThat(e.getMessage()).isNotEmpty();
      }
    }
  }
}
