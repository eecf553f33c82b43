package dev.sallyport.transport.poll;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;

import dev.sallyport.protocol.ProtocolException;
import dev.sallyport.protocol.message.TransportMessage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PollBodyTest {
  private static final HexFormat HEX = HexFormat.of();

  @Test
  void looksAsTheDocumentSays() {
    assertThat(new PollBody.Batch(5, List.of(new byte[]{1}, new byte[]{2, 3})).encode())
        .isEqualTo(HEX.parseHex("534c5031" + "0000000000000005" + "00000001" + "01" + "00000002" + "0203"));
    assertThat(new PollBody.Taken(7).encode()).isEqualTo(HEX.parseHex("534c5031" + "0000000000000007"));
    assertThat(new PollBody.Ask(1, 2, Duration.ofSeconds(25)).encode())
        .isEqualTo(HEX.parseHex("534c5031" + "0000000000000001" + "0000000000000002" + "000061a8"));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void everyBodyComesBackAsItWasSent(long seed) {
    var random = new Random(seed);
    var messages = new ArrayList<byte[]>();
    int left = PollBody.MAX_BYTES - PollBody.Batch.HEAD_BYTES;
    for (int i = random.nextInt(40); i > 0; i--) {
      byte[] message = new byte[1 + random.nextInt(i % 5 == 0 ? TransportMessage.MAX_MESSAGE_BYTES : 500)];
      random.nextBytes(message);
      left -= PollBody.Batch.bytesOf(message);
      if (left >= 0) {
        messages.add(message);
      }
    }
    long first = random.nextLong(1L << 40);

    var back = PollBody.Batch.decode(new PollBody.Batch(first, messages).encode());

    assertThat(back.first()).isEqualTo(first);
    assertThat(back.messages()).usingRecursiveFieldByFieldElementComparator().containsExactlyElementsOf(messages);
    var ask = new PollBody.Ask(random.nextLong(1L << 50), first, Duration.ofMillis(random.nextInt(60_001)));
    assertThat(PollBody.Ask.decode(ask.encode())).isEqualTo(ask);
    assertThat(PollBody.Taken.decode(new PollBody.Taken(first).encode()).next()).isEqualTo(first);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "534c", "534c5031", "534c503100000000", "534c5032" + "0000000000000000",
      "534c5031" + "ffffffffffffffff", "534c5031" + "7fffffffffffffff", "534c5031" + "0000000000000000" + "00",
      "534c5031" + "0000000000000000" + "00000000", "534c5031" + "0000000000000000" + "00000002" + "01",
      "534c5031" + "0000000000000000" + "ffffffff" + "01", "534c5031" + "0000000000000000" + "000101d1" + "01"})
  void aBatchThatIsNoneIsRefused(String hex) {
    assertThatExceptionOfType(ProtocolException.class).isThrownBy(() -> PollBody.Batch.decode(HEX.parseHex(hex)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "534c5031", "534c5031" + "0000000000000001" + "0000000000000002",
      "534c5031" + "8000000000000001" + "0000000000000002" + "00000000",
      "534c5031" + "0000000000000001" + "8000000000000002" + "00000000",
      "534c5031" + "0000000000000001" + "0000000000000002" + "0000ea61",
      "534c5031" + "0000000000000001" + "0000000000000002" + "80000000",
      "534c5031" + "0000000000000001" + "0000000000000002" + "0000000000"})
  void aRequestThatIsNoneIsRefused(String hex) {
    assertThatExceptionOfType(ProtocolException.class).isThrownBy(() -> PollBody.Ask.decode(HEX.parseHex(hex)));
  }

  @Test
  void moreThanABodyMayHoldIsRefused() {
    byte[] large = new byte[PollBody.MAX_BYTES + 1];
    ByteBuffer.wrap(large).putInt(PollBody.MAGIC).putLong(0).putInt(TransportMessage.MAX_MESSAGE_BYTES);

    assertThatExceptionOfType(ProtocolException.class).isThrownBy(() -> PollBody.Batch.decode(large));
  }

  @Test
  void aLogInPageIsNoBody() {
    byte[] page = "<!DOCTYPE html><title>Welcome to our guest network</title>".getBytes(StandardCharsets.US_ASCII);

    assertThatExceptionOfType(ProtocolException.class).isThrownBy(() -> PollBody.Batch.decode(page));
    assertThatExceptionOfType(ProtocolException.class).isThrownBy(() -> PollBody.Taken.decode(page));
  }

  @Test
  void whateverComesNothingElseIsThrown() {
    var random = new Random(42);
    byte[] sound = new PollBody.Batch(3, List.of(new byte[]{1, 2, 3}, new byte[200])).encode();
    for (int i = 0; i < 50_000; i++) {
      byte[] bytes = Arrays.copyOf(sound, random.nextInt(sound.length + 20));
      for (int flips = random.nextInt(4); flips > 0 && bytes.length > 0; flips--) {
        bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
      }
      try {
        assertThat(PollBody.Batch.decode(bytes).messages()).allMatch(message -> message.length > 0);
      } catch (ProtocolException e) {
        assertThat(e).hasMessage("this is not the body of a poll");
      }
    }
  }
}
