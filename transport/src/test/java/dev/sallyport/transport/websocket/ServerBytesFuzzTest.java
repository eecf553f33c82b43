package dev.sallyport.transport.websocket;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.SecureRandom;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.sallyport.protocol.ServerAddress;
import dev.sallyport.transport.socket.InputBuffer;
import org.junit.jupiter.api.DisplayName;

/** Whatever a server says, the worst that comes of it is an IOException and a bounded message. */
@DisplayName("T41 the parsers of a server's bytes")
class ServerBytesFuzzTest {
  @FuzzTest(maxDuration = "30s")
  void frames(byte[] bytes) {
    InputBuffer in = new InputBuffer(new ByteArrayInputStream(bytes));
    FrameReader reader = new FrameReader(in, new FrameReader.Controls() {
      @Override
      public void ping(byte[] payload) {
        requireShort(payload);
      }

      @Override
      public void close(byte[] payload) {
        requireShort(payload);
      }
    });
    try {
      for (int first = in.readOrEnd(); first >= 0; first = in.readOrEnd()) {
        byte[] message = reader.frame(first);
        if (message != null && message.length == 0) {
          throw new AssertionError("an empty message");
        }
      }
    } catch (IOException expected) {
      requireWords(expected);
    }
  }

  @FuzzTest(maxDuration = "30s")
  void answers(byte[] bytes) {
    try {
      new Upgrade(ServerAddress.of("wss://localhost/agent"), new SecureRandom())
          .answer(new InputBuffer(new ByteArrayInputStream(bytes)));
      throw new AssertionError("nobody can guess the key");
    } catch (IOException expected) {
      requireWords(expected);
    }
  }

  private static void requireShort(byte[] payload) {
    if (payload.length > FrameReader.MAX_CONTROL_BYTES) {
      throw new AssertionError("a long control frame");
    }
  }

  private static void requireWords(IOException failure) {
    if (failure.getMessage() == null || failure.getMessage().chars().anyMatch(c -> c < ' ')) {
      throw new AssertionError("a failure must say what happened, in plain text", failure);
    }
  }
}
