package dev.sallyport.transport.ftp.exchange;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

import dev.sallyport.protocol.ProtocolException;
import dev.sallyport.protocol.message.TransportMessage;

/**
 * What a file holds: messages, each behind its length in 4 bytes, and behind the last the word that says that the file is whole:
 * {@code 00000000} when others follow it, {@code ffffffff} when this was the last one.
 *
 * @param messages in their order, perhaps none
 * @param last nothing follows, the conversation is over
 */
public record Batch(List<byte[]> messages, boolean last) {
  /** Most bytes of a file: seven full records. */
  public static final int MAX_BYTES = 512 * 1024;

  private static final int MORE = 0;
  private static final int OVER = -1;

  /** How many bytes a message takes in a file. */
  static int bytes(byte[] message) {
    return Integer.BYTES + message.length;
  }

  /** The file. */
  byte[] encode() {
    int length = Integer.BYTES;
    for (byte[] message : messages) {
      length += bytes(message);
    }
    ByteBuffer out = ByteBuffer.allocate(length);
    for (byte[] message : messages) {
      out.putInt(message.length).put(message);
    }
    return out.putInt(last ? OVER : MORE).array();
  }

  /**
   * Reads a file.
   *
   * @throws IOException if its end is missing, as when a connection broke in the middle: reading it again may help
   * @throws ProtocolException if it is no such file and will never be one
   */
  static Batch decode(byte[] file) throws IOException {
    var messages = new ArrayList<byte[]>();
    ByteBuffer in = ByteBuffer.wrap(file);
    while (in.remaining() >= Integer.BYTES) {
      int length = in.getInt();
      if (length == MORE || length == OVER) {
        if (in.hasRemaining()) {
          throw new ProtocolException("a file goes on behind its end");
        }
        return new Batch(messages, length == OVER);
      }
      if (length < 0 || length > TransportMessage.MAX_MESSAGE_BYTES) {
        throw new ProtocolException("a file has a message of " + Integer.toUnsignedString(length) + " bytes");
      }
      if (length > in.remaining()) {
        break;
      }
      byte[] message = new byte[length];
      in.get(message);
      messages.add(message);
    }
    throw new IOException("a file is not whole");
  }
}
