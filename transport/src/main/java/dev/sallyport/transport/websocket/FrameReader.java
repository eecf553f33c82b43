package dev.sallyport.transport.websocket;

import java.io.IOException;
import java.util.Arrays;

import dev.sallyport.protocol.message.TransportMessage;
import dev.sallyport.transport.socket.InputBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Reads the server's frames (RFC 6455 section 5) and joins them to messages. Allowed are binary messages of 1 to {@code
 * MAX_MESSAGE_BYTES} bytes in at most {@value #MAX_FRAGMENTS} fragments, and control frames between them; no masks, no
 * extensions, no text. A length is checked before anything is allocated for it.
 */
final class FrameReader {
  static final int MAX_FRAGMENTS = 1_024;
  static final int MAX_CONTROL_BYTES = 125;

  private static final int FIN = 0x80;
  private static final int RESERVED = 0x70;
  private static final int MASKED = 0x80;
  private static final int LENGTH_16 = 126;
  private static final int LENGTH_64 = 127;
  private static final int MIN_LENGTH_16 = 126;
  private static final int MIN_LENGTH_64 = 65_536;
  private static final int FIRST_ASSEMBLY_BYTES = 4_096;
  private static final byte[] NOTHING = {};

  private final InputBuffer in;
  private final Controls controls;
  private byte[] assembly = NOTHING;
  private int joined;
  private int fragments;

  FrameReader(InputBuffer in, Controls controls) {
    this.in = in;
    this.controls = controls;
  }

  /** What is done about the server's control frames; called on the receiving thread. */
  interface Controls {
    void ping(byte[] payload);

    void close(byte[] payload) throws IOException;
  }

  /**
   * Reads the rest of the frame that begins with this byte.
   *
   * @return the message that is complete with it, or null if none is
   */
  byte @Nullable [] frame(int first) throws IOException {
    if ((first & RESERVED) != 0) {
      throw new IOException("the server sent a frame with reserved bits; no extension was agreed");
    }
    Opcode opcode = Opcode.of(first & 0x0F);
    boolean last = (first & FIN) != 0;
    int length = length();
    switch (opcode) {
      case PING -> controls.ping(control(last, length));
      case CLOSE -> controls.close(control(last, length));
      case PONG -> control(last, length); // an unasked pong is allowed and means nothing (section 5.5.3)
      case BINARY, CONTINUATION -> {
        return data(opcode == Opcode.BINARY, last, length);
      }
    }
    return null;
  }

  private int length() throws IOException {
    int second = in.read();
    if ((second & MASKED) != 0) {
      throw new IOException("the server sent a masked frame, which only a client may");
    }
    return switch (second) {
      case LENGTH_16 -> atLeast(MIN_LENGTH_16, number(Short.BYTES));
      case LENGTH_64 -> atLeast(MIN_LENGTH_64, number(Long.BYTES));
      default -> second;
    };
  }

  private long number(int bytes) throws IOException {
    long number = 0;
    for (int i = 0; i < bytes; i++) {
      number = number << 8 | in.read();
    }
    return number;
  }

  private static int atLeast(int shortest, long length) throws IOException {
    if (length < 0 || length > TransportMessage.MAX_MESSAGE_BYTES) {
      throw tooLong();
    }
    if (length < shortest) {
      throw new IOException("the server sent a frame length in more bytes than it needs");
    }
    return (int) length;
  }

  private byte[] control(boolean last, int length) throws IOException {
    if (!last || length > MAX_CONTROL_BYTES) {
      throw new IOException(
          "the server sent a control frame in fragments or longer than " + MAX_CONTROL_BYTES + " bytes");
    }
    byte[] payload = new byte[length];
    in.readFully(payload, 0, length);
    return payload;
  }

  private byte @Nullable [] data(boolean first, boolean last, int length) throws IOException {
    if (first != (fragments == 0)) {
      throw new IOException("the server sent " + (first ? "a new message inside another" : "a fragment of no message"));
    }
    if (length > TransportMessage.MAX_MESSAGE_BYTES - joined) {
      throw tooLong();
    }
    if (first && last) {
      byte[] message = new byte[requireContent(length)];
      in.readFully(message, 0, length);
      return message;
    }
    append(length);
    return last ? joined() : null;
  }

  private void append(int length) throws IOException {
    if (++fragments > MAX_FRAGMENTS) {
      throw new IOException("the server sent a message in more than " + MAX_FRAGMENTS + " fragments");
    }
    if (assembly.length < joined + length) {
      int doubled = Math.max(FIRST_ASSEMBLY_BYTES, assembly.length * 2);
      assembly = Arrays.copyOf(assembly, Math.max(doubled, joined + length));
    }
    in.readFully(assembly, joined, length);
    joined += length;
  }

  private byte[] joined() throws IOException {
    byte[] message = Arrays.copyOf(assembly, requireContent(joined));
    assembly = NOTHING; // fragments are rare: no buffer is kept for the next
    joined = 0;
    fragments = 0;
    return message;
  }

  private static int requireContent(int length) throws IOException {
    if (length == 0) {
      throw new IOException("the server sent an empty message");
    }
    return length;
  }

  private static IOException tooLong() {
    return new IOException("the server sent a message longer than " + TransportMessage.MAX_MESSAGE_BYTES + " bytes");
  }
}
