package dev.sallyport.agent.library.worker;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;

import dev.sallyport.protocol.ProtocolException;

/**
 * What a worker says: {@code kind (1) | length (4) | bytes}.
 *
 * @param kind of it
 * @param bytes at most {@link #MAX_BYTES}
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Frame(Kind kind, byte[] bytes) {
  /** Most bytes: 192 KiB. */
  public static final int MAX_BYTES = 192 << 10;

  /** What is said. */
  public enum Kind {
    /** A line for the operator. */
    LINE('L'),
    /** The result as JSON; the last frame. */
    RESULT('R'),
    /** Why there is none; the last frame. */
    FAILURE('F');

    private final int mark;

    Kind(int mark) {
      this.mark = mark;
    }

    private static Kind of(int mark) {
      for (Kind kind : values()) {
        if (kind.mark == mark) {
          return kind;
        }
      }
      throw new ProtocolException("no frame of a worker");
    }
  }

  /**
   * Reads one.
   *
   * @throws ProtocolException if it is none
   */
  public static Frame read(DataInputStream in) throws IOException {
    Kind kind = Kind.of(in.readUnsignedByte());
    int length = in.readInt();
    if (length < 0 || length > MAX_BYTES) {
      throw new ProtocolException("no frame of a worker");
    }
    byte[] bytes = new byte[length];
    in.readFully(bytes);
    return new Frame(kind, bytes);
  }

  void write(DataOutputStream out) throws IOException {
    out.writeByte(kind.mark);
    out.writeInt(bytes.length);
    out.write(bytes);
    out.flush();
  }
}
