package dev.sallyport.transport.websocket;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;

/** The server's half of RFC 6455 framing, written apart from the code under test. */
final class ServerFrames {
  static final int BINARY = 0x82;
  static final int PING = 0x89;
  static final int PONG = 0x8A;
  static final int CLOSE = 0x88;

  private ServerFrames() {
  }

  /** An unmasked frame with the shortest form of length. */
  static byte[] frame(int first, byte[] payload) {
    ByteArrayOutputStream frame = new ByteArrayOutputStream();
    frame.write(first);
    if (payload.length < 126) {
      frame.write(payload.length);
    } else if (payload.length < 65_536) {
      frame.write(126);
      frame.writeBytes(ByteBuffer.allocate(2).putShort((short) payload.length).array());
    } else {
      frame.write(127);
      frame.writeBytes(ByteBuffer.allocate(8).putLong(payload.length).array());
    }
    frame.writeBytes(payload);
    return frame.toByteArray();
  }

  /** A frame as a client sent it, unmasked. */
  @SuppressWarnings("ArrayRecordComponent")
  record ClientFrame(int first, int mask, byte[] payload) {}

  static ClientFrame read(DataInputStream in) throws IOException {
    int first = in.readUnsignedByte();
    int second = in.readUnsignedByte();
    if ((second & 0x80) == 0) {
      throw new IOException("a client's frame must be masked");
    }
    int length = second & 0x7F;
    if (length == 126) {
      length = in.readUnsignedShort();
    } else if (length == 127) {
      length = Math.toIntExact(in.readLong());
    }
    int mask = in.readInt();
    byte[] payload = in.readNBytes(length);
    for (int i = 0; i < payload.length; i++) {
      payload[i] ^= (byte) (mask >>> (24 - 8 * (i % 4)));
    }
    return new ClientFrame(first, mask, payload);
  }
}
