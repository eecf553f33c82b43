package dev.sallyport.protocol.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;

import dev.sallyport.protocol.ProtocolException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class FrameCodecTest {
  private static final HexFormat HEX = HexFormat.of();

  @ParameterizedTest
  @MethodSource("layouts")
  void everyFrameHasItsLayout(Frame frame, String hex) {
    assertThat(HEX.formatHex(encode(frame))).isEqualTo(hex);
    assertThat(frame.size()).isEqualTo(hex.length() / 2);
    assertThat(decode(hex)).usingRecursiveComparison().isEqualTo(frame);
  }

  static Stream<Arguments> layouts() {
    byte[] abc = {'a', 'b', 'c'};
    return Stream.of(Arguments.of(new Frame.Pad(3), "00" + "00" + "0003" + "00000000" + "000000"),
        Arguments.of(new Frame.Control(ControlVerb.ROLLED, abc), "01" + "00" + "0004" + "00000000" + "02" + "616263"),
        Arguments.of(new Frame.Open(6, 258, abc), "10" + "00" + "0005" + "00000006" + "0102" + "616263"),
        Arguments.of(new Frame.Data(7, abc, false), "11" + "00" + "0003" + "00000007" + "616263"),
        Arguments.of(new Frame.Data(7, new byte[0], true), "11" + "01" + "0000" + "00000007"),
        Arguments.of(new Frame.Credit(0, 0x01020304), "12" + "00" + "0004" + "00000000" + "01020304"),
        Arguments.of(new Frame.Reset(0x7fffffff, 3), "13" + "00" + "0002" + "7fffffff" + "0003"),
        Arguments.of(new Frame.Ping(-2), "20" + "00" + "0008" + "00000000" + "fffffffffffffffe"),
        Arguments.of(new Frame.Pong(1), "21" + "00" + "0008" + "00000000" + "0000000000000001"),
        Arguments.of(new Frame.Ack(256), "22" + "00" + "0008" + "00000000" + "0000000000000100"),
        Arguments.of(new Frame.Rekey(), "32" + "00" + "0000" + "00000000"),
        Arguments.of(new Frame.GoAway(GoAwayCode.SUPERSEDED, Duration.ofMillis(1500)), "3f" + "00" + "0006" + "00000000"
            + "0004" + "000005dc"));
  }

  @Test
  void handshakesTravelWhole() {
    byte[] hello = filled(1577, 1);
    byte[] reply = filled(1289, 2);

    assertThat(HEX.formatHex(encode(new Frame.Rehs1(hello)))).startsWith("30" + "00" + "0629" + "00000000" + "01");
    assertThat(HEX.formatHex(encode(new Frame.Rehs2(reply)))).startsWith("31" + "00" + "0509" + "00000000" + "02");
    assertThat(decode(HEX.formatHex(encode(new Frame.Rehs1(hello))))).usingRecursiveComparison().isEqualTo(
        new Frame.Rehs1(hello));
    assertThatThrownBy(() -> decode("30" + "00" + "0629" + "00000000" + HEX.formatHex(filled(1577, 2)))).isInstanceOf(
        ProtocolException.class);
    assertThatThrownBy(() -> decode("31" + "00" + "0508" + "00000000" + HEX.formatHex(filled(1288, 2)))).isInstanceOf(
        ProtocolException.class);
  }

  @Test
  void anUnknownFrameIsSkippedUnlessItIsCritical() {
    List<Frame> frames = FrameCodec
        .decode(ByteBuffer.wrap(HEX.parseHex("77" + "05" + "0002" + "00000009" + "aabb" + "20"
            + "00" + "0008" + "00000000" + "0000000000000001")));

    assertThat(frames).containsExactly(new Frame.Unknown(0x77, 2), new Frame.Ping(1));
    assertThatThrownBy(() -> decode("77" + "80" + "0002" + "00000009" + "aabb")).isInstanceOf(ProtocolException.class)
        .hasMessageContaining("critical");
    assertThatThrownBy(() -> encode(new Frame.Unknown(0x77, 2))).isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @DisplayName("T13 T22 a control verb outside the list is refused, whatever its number")
  @ValueSource(ints = {0, 8, 9, 64, 127, 128, 255})
  void unknownVerbsAreRefused(int verb) {
    assertThatThrownBy(() -> decode("01" + "00" + "0001" + "00000000" + HEX.toHexDigits((byte) verb))).isInstanceOf(
        ProtocolException.class).hasMessageContaining("verb " + verb);
  }

  @ParameterizedTest
  @ValueSource(strings = { //
      "", "01", "0000000000000", // no whole header
      "1100000400000007616263", // claims more than there is
      "000000010000000001", // PAD that is not zero
      "0001000000000000", "0000000000000001", // PAD with a flag, with a stream
      "0100000000000000", // CTRL without a verb, as in the record's known answer
      "018000010000000001", "010000010000000101", // CTRL with a flag, with a stream
      "1000000200000000" + "0001", "1000000100000002" + "00", "1001000200000002" + "0001", // OPEN
      "1000000280000002" + "0001", // a stream number with its top bit set
      "1100000000000000", "1102000000000007", "1181000000000007", // DATA without stream, with other flags
      "1200000400000001" + "00000000", "1200000400000001" + "80000000", "1200000300000001" + "000001", // CREDIT
      "1200000480000001" + "00000001", "1201000400000001" + "00000001", //
      "1300000200000000" + "0001", "1300000100000001" + "01", "1300000300000001" + "000001", // RESET
      "2000000700000000" + "00000000000000", "2000000800000001" + "0000000000000000", // PING
      "2200000800000000" + "ffffffffffffffff", // ACK
      "3200000100000000" + "00", "3200000000000001", // REKEY
      "3f00000600000000" + "0000" + "00000000", "3f00000600000000" + "0008" + "00000000", // GOAWAY codes
      "3f00000600000000" + "0001" + "80000000", "3f00000200000000" + "0001", //
      "ff80000000000000"})
  void whatIsNoFrameIsRefused(String hex) {
    byte[] bytes = HEX.parseHex(hex.substring(0, hex.length() & ~1));

    assertThatThrownBy(() -> FrameCodec.decode(ByteBuffer.wrap(bytes))).isInstanceOf(ProtocolException.class);
  }

  @Test
  void bodiesBeyondTheirLimitAreRefusedOnBothSides() {
    assertThatThrownBy(() -> decode("10" + "00" + "1003" + "00000002" + "00".repeat(0x1003))).isInstanceOf(
        ProtocolException.class);
    assertThatThrownBy(() -> decode("01" + "00" + "4002" + "00000000" + "07" + "00".repeat(0x4001))).isInstanceOf(
        ProtocolException.class);
    assertThatThrownBy(() -> decode("11" + "00" + "f001" + "00000002" + "00".repeat(0xf001))).isInstanceOf(
        ProtocolException.class);
    assertThatThrownBy(() -> new Frame.Open(2, 1, new byte[Frame.MAX_METADATA_BYTES + 1])).isInstanceOf(
        IllegalArgumentException.class);
    assertThatThrownBy(() -> new Frame.Open(2, 65_536, new byte[0])).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Frame.Data(0, new byte[0], true)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Frame.Data(2, new byte[Frame.MAX_DATA_BYTES + 1], true)).isInstanceOf(
        IllegalArgumentException.class);
    assertThatThrownBy(() -> new Frame.Control(ControlVerb.CLOCK, new byte[Frame.MAX_CONTROL_BYTES + 1])).isInstanceOf(
        IllegalArgumentException.class);
    assertThatThrownBy(() -> new Frame.Credit(1, 0)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Frame.Reset(1, -1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Frame.Pad(Frame.MAX_BODY_BYTES + 1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Frame.GoAway(GoAwayCode.IDLE, Duration.ofMillis(-1))).isInstanceOf(
        IllegalArgumentException.class);
  }

  @Test
  void framesInAnyOrderAndNumberComeBackAsTheyWere() {
    for (long seed = 0; seed < 500; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      List<Frame> frames = new ArrayList<>();
      ByteBuffer record = ByteBuffer.allocate(65_519);
      for (Frame frame = anyFrame(random); frame.size() <= record.remaining() && frames.size() < 60; frame = anyFrame(
          random)) {
        frames.add(frame);
        FrameCodec.encode(frame, record);
      }
      record.flip();
      byte[] again = new byte[record.remaining()];
      ByteBuffer out = ByteBuffer.wrap(again);
      for (Frame expected : frames) {
        Frame frame = FrameCodec.next(record);
        assertThat(frame).as("seed %d", seed).hasSameClassAs(expected);
        FrameCodec.encode(frame, out);
      }
      assertThat(record.hasRemaining()).isFalse();
      assertThat(again).as("seed %d", seed).isEqualTo(Arrays.copyOf(record.array(), again.length));
    }
  }

  private static Frame anyFrame(SplittableRandom random) {
    int stream = random.nextInt(1, Integer.MAX_VALUE);
    return switch (random.nextInt(13)) {
      case 0 -> new Frame.Pad(random.nextInt(300));
      case 1 -> new Frame.Control(oneOf(random, ControlVerb.values()), anyBytes(random, Frame.MAX_CONTROL_BYTES));
      case 2 -> new Frame.Open(stream, random.nextInt(65_536), anyBytes(random, Frame.MAX_METADATA_BYTES));
      case 3, 4 -> new Frame.Data(stream, anyBytes(random, Frame.MAX_DATA_BYTES), random.nextBoolean());
      case 5 -> new Frame.Credit(stream - 1, random.nextInt(1, Integer.MAX_VALUE));
      case 6 -> new Frame.Reset(stream, random.nextInt(65_536));
      case 7 -> new Frame.Ping(random.nextLong());
      case 8 -> new Frame.Pong(random.nextLong());
      case 9 -> new Frame.Ack(random.nextLong() >>> 1);
      case 10 -> new Frame.Rehs1(filled(1577, 1));
      case 11 -> new Frame.Rekey();
      default -> new Frame.GoAway(oneOf(random, GoAwayCode.values()), Duration.ofMillis(random.nextInt(1 << 30)));
    };
  }

  private static <T> T oneOf(SplittableRandom random, T[] values) {
    return values[random.nextInt(values.length)];
  }

  private static byte[] anyBytes(SplittableRandom random, int most) {
    byte[] bytes = new byte[random.nextInt(8) == 0 ? random.nextInt(most + 1) : random.nextInt(40)];
    random.nextBytes(bytes);
    return bytes;
  }

  private static byte[] filled(int length, int first) {
    byte[] bytes = new byte[length];
    bytes[0] = (byte) first;
    return bytes;
  }

  private static byte[] encode(Frame frame) {
    ByteBuffer out = ByteBuffer.allocate(frame.size());
    FrameCodec.encode(frame, out);
    return out.array();
  }

  private static Frame decode(String hex) {
    List<Frame> frames = FrameCodec.decode(ByteBuffer.wrap(HEX.parseHex(hex)));
    assertThat(frames).hasSize(1);
    return frames.getFirst();
  }
}
