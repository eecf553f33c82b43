package dev.sallyport.transport.ftp.client;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.sallyport.transport.socket.InputBuffer;
import org.junit.jupiter.api.DisplayName;

/** Whatever an FTP server says, the worst that comes of it is an IOException in plain text, and a bounded value. */
@DisplayName("T41 the parsers of an FTP server's bytes")
class ServerBytesFuzzTest {
  private static final int MAX_PORT = 65_535;

  @FuzzTest(maxDuration = "30s")
  void replies(byte[] bytes) {
    InputBuffer in = new InputBuffer(new ByteArrayInputStream(bytes));
    try {
      while (true) {
        Reply reply = ReplyReader.read(in);
        if (reply.lines().isEmpty() || reply.lines().size() > ReplyReader.MAX_REPLY_LINES || reply.code() < 100
            || reply.code() > 599) {
          throw new AssertionError("no reply: " + reply.code());
        }
        requirePort(reply);
      }
    } catch (IOException expected) {
      requireWords(expected);
    }
  }

  private static void requirePort(Reply reply) {
    for (boolean extended : List.of(true, false)) {
      try {
        int port = extended ? PassivePort.extended(reply) : PassivePort.plain(reply);
        if (port < 1 || port > MAX_PORT) {
          throw new AssertionError("no port: " + port);
        }
      } catch (IOException expected) {
        requireWords(expected);
      }
    }
  }

  @FuzzTest(maxDuration = "30s")
  void listings(byte[] bytes) {
    for (Listing listing : Listing.values()) {
      try {
        for (String name : listing.names(bytes)) {
          if (name.isEmpty() || name.length() > Listing.MAX_NAME || name.contains("/") || name.startsWith(".")) {
            throw new AssertionError("no name: " + name);
          }
        }
      } catch (IOException expected) {
        requireWords(expected);
      }
    }
  }

  private static void requireWords(IOException failure) {
    if (failure.getMessage() == null || failure.getMessage().chars().anyMatch(c -> c < ' ')) {
      throw new AssertionError("a failure must say what happened, in plain text", failure);
    }
  }
}
