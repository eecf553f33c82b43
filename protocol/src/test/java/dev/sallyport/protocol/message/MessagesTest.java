package dev.sallyport.protocol.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.HexFormat;
import java.util.SplittableRandom;
import java.util.stream.Stream;

import dev.sallyport.protocol.ProtocolException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class MessagesTest {
  private static final HexFormat HEX = HexFormat.of();
  private final SplittableRandom random = new SplittableRandom(1);

  @Test
  void aFailIsItsMagicItsCodeAndItsWait() {
    Fail fail = new Fail(FailCode.BUSY, Duration.ofSeconds(0x1234));

    assertThat(HEX.formatHex(fail.bytes())).isEqualTo("05" + "534c5031" + "02" + "1234" + "00");
    assertThat(TransportMessage.decode(fail.bytes())).isEqualTo(fail);
  }

  @ParameterizedTest
  @EnumSource
  void everyFailCodeComesBack(FailCode code) {
    Fail fail = new Fail(code, Fail.MAX_RETRY_AFTER);

    assertThat(TransportMessage.decode(fail.bytes())).isEqualTo(fail);
  }

  @Test
  void aFailDropsFractionsAndRefusesWaitsThatDoNotFit() {
    assertThat(new Fail(FailCode.BUSY, Duration.ofMillis(1999)).retryAfter()).isEqualTo(Duration.ofSeconds(1));
    assertThatThrownBy(() -> new Fail(FailCode.BUSY, Duration.ofSeconds(65_536))).isInstanceOf(
        IllegalArgumentException.class);
    assertThatThrownBy(() -> new Fail(FailCode.BUSY, Duration.ofSeconds(-1))).isInstanceOf(
        IllegalArgumentException.class);
  }

  @Test
  void aRecordIsItsCidItsNumberAndItsCiphertext() {
    byte[] ciphertext = bytes(24);
    RecordMessage message = new RecordMessage(0x37c3d2f10dc7a11bL, 258, ciphertext);

    assertThat(HEX.formatHex(message.bytes())).isEqualTo("10" + "37c3d2f10dc7a11b" + "0000000000000102" + HEX.formatHex(
        ciphertext));
    assertThat(TransportMessage.decode(message.bytes())).usingRecursiveComparison().isEqualTo(message);
  }

  @Test
  void handshakeMessagesHaveOneLength() {
    Hello hello = new Hello(bytes(1576));
    HelloReply reply = new HelloReply(bytes(1288));

    assertThat(hello.bytes()).hasSize(1577).startsWith(1);
    assertThat(reply.bytes()).hasSize(1289).startsWith(2);
    assertThat(TransportMessage.decode(hello.bytes())).usingRecursiveComparison().isEqualTo(hello);
    assertThat(TransportMessage.decode(reply.bytes())).usingRecursiveComparison().isEqualTo(reply);
    assertThatThrownBy(() -> new Hello(bytes(1575))).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new HelloReply(bytes(1289))).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void recordsAreAsLargeAsTheyMayBeAndNoLarger() {
    assertThat(new RecordMessage(1, 0, bytes(RecordMessage.MAX_CIPHERTEXT_BYTES)).bytes()).hasSizeLessThanOrEqualTo(
        TransportMessage.MAX_MESSAGE_BYTES);
    assertThatThrownBy(() -> new RecordMessage(1, 0, bytes(RecordMessage.MAX_CIPHERTEXT_BYTES + 1))).isInstanceOf(
        IllegalArgumentException.class);
    assertThatThrownBy(() -> new RecordMessage(1, 0, bytes(RecordMessage.MIN_CIPHERTEXT_BYTES - 1))).isInstanceOf(
        IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "00", "03", "04", "06", "ff", "05", "05534c503002123400",
      "05534c503100123400", "05534c503106123400", "05534c503102123401", "05534c5031021234",
      "0537c3d2f10dc7a11b000000000000000000"})
  void whatIsNoMessageIsRefused(String hex) {
    assertThatThrownBy(() -> TransportMessage.decode(HEX.parseHex(hex))).isInstanceOf(ProtocolException.class);
  }

  @ParameterizedTest
  @MethodSource("lengths")
  void messagesOfAnotherLengthAreRefused(int kind, int length) {
    byte[] message = new byte[length];
    message[0] = (byte) kind;

    assertThatThrownBy(() -> TransportMessage.decode(message)).isInstanceOf(ProtocolException.class);
  }

  static Stream<Arguments> lengths() {
    return Stream.of(new int[]{1, 1576}, new int[]{1, 1578}, new int[]{2, 1288}, new int[]{2, 1290}, new int[]{5, 8},
        new int[]{5, 10}, new int[]{0x10, 17}, new int[]{0x10, 40}, new int[]{0x10, 65_553}, new int[]{0x10, 66_001},
        new int[]{1, 66_001}).map(pair -> Arguments.of(pair[0], pair[1]));
  }

  private byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }
}
