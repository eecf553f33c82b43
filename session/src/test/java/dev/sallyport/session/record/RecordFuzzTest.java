package dev.sallyport.session.record;

import module java.base;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.sallyport.protocol.ProtocolException;
import dev.sallyport.protocol.frame.Frame;
import dev.sallyport.protocol.frame.FrameCodec;
import dev.sallyport.protocol.message.RecordMessage;
import org.junit.jupiter.api.DisplayName;

/** Whatever bytes come as a record, and whatever frames an authentic one holds. */
@DisplayName("T41 fuzzed records")
final class RecordFuzzTest {
  private static final AtomicLong KEYS = new AtomicLong();

  @FuzzTest(maxDuration = "60s")
  void nothingForgedIsOpened(byte[] message) {
    RecordOpener opener = new RecordOpener(freshKey(), new byte[8]);
    boolean opened;
    try {
      opened = opener.open(message);
    } catch (ProtocolException refused) {
      opened = false;
    }
    assertThat(opened).isFalse();
    assertThat(opener.expected()).isZero();
  }

  @FuzzTest(maxDuration = "60s")
  void whatWasSealedIsOpenedAndItsFramesAreReadOrRefused(byte[] plaintext) {
    int length = Math.clamp(plaintext.length, 8, RecordMessage.MAX_PLAINTEXT_BYTES);
    byte[] key = freshKey();
    byte[] message = RecordSealer.newMessage(length);
    System.arraycopy(plaintext, 0, message, RecordMessage.HEADER_BYTES, Math.min(plaintext.length, length));
    new RecordSealer(key, new byte[8]).seal(message);
    assertThat(new RecordOpener(key, new byte[8]).open(message)).isTrue();
    try {
      int size = 0;
      for (Frame frame : FrameCodec.decode(RecordOpener.plaintext(message))) {
        size += frame.size();
      }
      assertThat(size).isEqualTo(length);
    } catch (ProtocolException refused) {
      assertThat(refused.getMessage()).isNotBlank();
    }
  }

  /** Never the same: the JDK's shared ciphers refuse to encrypt twice in a row with one key and nonce. */
  private static byte[] freshKey() {
    return ByteBuffer.allocate(32).putLong(KEYS.incrementAndGet()).array();
  }
}
