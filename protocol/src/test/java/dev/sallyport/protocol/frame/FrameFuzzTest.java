package dev.sallyport.protocol.frame;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.sallyport.protocol.ProtocolException;

/** Whatever a record holds: frames that are written as they were read, or a typed refusal. */
final class FrameFuzzTest {
  @FuzzTest(maxDuration = "60s")
  void readsOrRefuses(byte[] plaintext) {
    ByteBuffer in = ByteBuffer.wrap(plaintext);
    while (in.hasRemaining()) {
      int start = in.position();
      Frame frame;
      try {
        frame = FrameCodec.next(in);
      } catch (ProtocolException refused) {
        assertThat(refused.getMessage()).isNotBlank();
        return;
      }
      assertThat(in.position() - start).isEqualTo(frame.size());
      if (!(frame instanceof Frame.Unknown)) {
        ByteBuffer out = ByteBuffer.allocate(frame.size());
        FrameCodec.encode(frame, out);
        assertThat(out.flip()).isEqualTo(ByteBuffer.wrap(plaintext, start, frame.size()));
      }
    }
  }
}
