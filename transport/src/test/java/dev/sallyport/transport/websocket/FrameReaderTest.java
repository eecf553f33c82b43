package dev.sallyport.transport.websocket;

import static dev.sallyport.transport.websocket.ServerFrames.BINARY;
import static dev.sallyport.transport.websocket.ServerFrames.CLOSE;
import static dev.sallyport.transport.websocket.ServerFrames.PING;
import static dev.sallyport.transport.websocket.ServerFrames.PONG;
import static dev.sallyport.transport.websocket.ServerFrames.frame;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;

import dev.sallyport.protocol.message.TransportMessage;
import dev.sallyport.transport.socket.InputBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FrameReaderTest {
  private static final int FRAGMENT = 0x02;
  private static final int CONTINUATION = 0x00;
  private static final int LAST = 0x80;

  @ParameterizedTest
  @ValueSource(ints = {1, 125, 126, 65_535, 65_536, TransportMessage.MAX_MESSAGE_BYTES})
  void readsMessagesOfEveryFormOfLength(int length) throws IOException {
    byte[] message = bytes(length);

    assertThat(messages(frame(BINARY, message))).containsExactly(message);
  }

  @Test
  void joinsFragmentsAndAnswersPingsBetweenThem() throws IOException {
    List<byte[]> pings = new ArrayList<>();

    List<byte[]> messages = read(
        join(frame(FRAGMENT, bytes(3)), frame(PING, new byte[]{7}), frame(CONTINUATION, new byte[0]),
            frame(PONG, new byte[]{8}), frame(LAST, new byte[]{9}), frame(BINARY, new byte[]{1})),
        pings);

    assertThat(messages).containsExactly(new byte[]{0, 1, 2, 9}, new byte[]{1});
    assertThat(pings).containsExactly(new byte[]{7});
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      c2 01 00                         | reserved bits
      92 01 00                         | reserved bits
      82 81 00 00 00 00 00             | masked
      81 01 41                         | text
      83 00                            | unknown kind 3
      8b 00                            | unknown kind 11
      82 00                            | empty message
      80 01 00                         | fragment of no message
      02 01 00 82 01 00                | new message inside another
      02 00 80 00                      | empty message
      82 7e 00 7d                      | more bytes than it needs
      82 7f 00 00 00 00 00 00 ff ff    | more bytes than it needs
      82 7f 00 00 00 00 00 01 01 d1    | longer than 66000
      82 7f 7f ff ff ff ff ff ff ff    | longer than 66000
      82 7f ff ff ff ff ff ff ff ff    | longer than 66000
      89 7e 00 7e                      | control frame
      09 01 00                         | control frame
      08 00                            | control frame
      """)
  void refusesWhatTheRfcOrTheSessionForbids(String hex, String why) {
    assertThatThrownBy(() -> messages(HexFormat.ofDelimiter(" ").parseHex(hex))).isInstanceOf(IOException.class)
        .hasMessageContaining(why);
  }

  @Test
  void refusesFragmentsThatJoinToMoreThanAMessage() {
    byte[] frames = join(frame(FRAGMENT, bytes(60_000)), frame(CONTINUATION, bytes(6_000)), frame(LAST, bytes(1)));

    assertThatThrownBy(() -> messages(frames)).hasMessageContaining("longer than 66000");
  }

  @Test
  void refusesEndlesslyManyEmptyFragments() {
    ByteArrayOutputStream frames = new ByteArrayOutputStream();
    frames.writeBytes(frame(FRAGMENT, new byte[0]));
    for (int i = 0; i < FrameReader.MAX_FRAGMENTS; i++) {
      frames.writeBytes(frame(CONTINUATION, new byte[0]));
    }

    assertThatThrownBy(() -> messages(frames.toByteArray())).hasMessageContaining("more than 1024 fragments");
  }

  @Test
  void everyTruncationIsAnEndInTheMiddle() throws IOException {
    byte[] whole = join(frame(FRAGMENT, bytes(200)), frame(PING, bytes(5)), frame(LAST, bytes(70_000 % 4_096)));
    for (int cut = 1; cut < whole.length; cut++) {
      byte[] part = java.util.Arrays.copyOf(whole, cut);
      try {
        assertThat(messages(part)).isEmpty();
      } catch (EOFException e) {
        assertThat(e).hasMessageContaining("in the middle");
      }
    }
  }

  @Test
  @org.junit.jupiter.api.DisplayName("T41 whatever a server sends, an IOException is the worst that comes of it")
  void anyBytesGiveMessagesOrAnIoException() {
    long seed = Long.getLong("seed", System.nanoTime());
    Random random = new Random(seed);
    for (int round = 0; round < 20_000; round++) {
      byte[] junk = new byte[random.nextInt(40)];
      random.nextBytes(junk);
      if (junk.length > 2 && random.nextBoolean()) {
        junk[0] = (byte) ((LAST & random.nextInt(256)) | (2 * random.nextInt(2)));
        junk[1] = (byte) random.nextInt(20);
      }
      try {
        assertThat(messages(junk)).as("seed %d", seed).allSatisfy(message -> assertThat(message).isNotEmpty());
      } catch (IOException e) {
        assertThat(e.getMessage()).as("seed %d", seed).isNotBlank();
      }
    }
  }

  @Test
  void aCloseFrameEndsTheReading() {
    assertThatThrownBy(() -> messages(join(frame(CLOSE, new byte[]{3, (byte) 0xE8}), frame(BINARY, bytes(1)))))
        .isInstanceOf(EOFException.class).hasMessageContaining("closed");
  }

  private static List<byte[]> messages(byte[] frames) throws IOException {
    return read(frames, new ArrayList<>());
  }

  private static List<byte[]> read(byte[] frames, List<byte[]> pings) throws IOException {
    InputBuffer in = new InputBuffer(new ByteArrayInputStream(frames));
    FrameReader reader = new FrameReader(in, new FrameReader.Controls() {
      @Override
      public void ping(byte[] payload) {
        pings.add(payload);
      }

      @Override
      public void close(byte[] payload) throws IOException {
        throw new EOFException("closed with " + payload.length + " bytes");
      }
    });
    List<byte[]> messages = new ArrayList<>();
    for (int first = in.readOrEnd(); first >= 0; first = in.readOrEnd()) {
      byte[] message = reader.frame(first);
      if (message != null) {
        messages.add(message);
      }
    }
    return messages;
  }

  private static byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = (byte) i;
    }
    return bytes;
  }

  private static byte[] join(byte[]... parts) {
    ByteArrayOutputStream joined = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      joined.writeBytes(part);
    }
    return joined.toByteArray();
  }
}
