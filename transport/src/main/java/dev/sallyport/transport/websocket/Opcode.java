package dev.sallyport.transport.websocket;

import java.io.IOException;

/** The kinds of frame this binding knows (RFC 6455 section 5.2). Text is none of them. */
enum Opcode {
  CONTINUATION(0x0), BINARY(0x2), CLOSE(0x8), PING(0x9), PONG(0xA);

  private final int code;

  Opcode(int code) {
    this.code = code;
  }

  int code() {
    return code;
  }

  static Opcode of(int code) throws IOException {
    return switch (code) {
      case 0x0 -> CONTINUATION;
      case 0x2 -> BINARY;
      case 0x8 -> CLOSE;
      case 0x9 -> PING;
      case 0xA -> PONG;
      case 0x1 -> throw new IOException("the server sent text; a session travels in binary messages only");
      default -> throw new IOException("the server sent a frame of the unknown kind " + code);
    };
  }
}
