package dev.sallyport.transport.poll;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import dev.sallyport.protocol.ProtocolException;
import dev.sallyport.protocol.message.TransportMessage;

/**
 * What the bodies of requests and answers look like. Each begins with {@code SLP1}, so that a log-in page is not taken for one; numbers
 * are big-endian. A link's messages are numbered from zero, either way.
 */
public sealed interface PollBody {
  /** Most bytes of a body: one message of the greatest size at least, and some company. */
  int MAX_BYTES = 128 << 10;

  /** The longest a server holds an empty answer back. */
  Duration MAX_HOLD = Duration.ofSeconds(60);

  /** The first bytes of every body. */
  int MAGIC = ByteBuffer.wrap("SLP1".getBytes(StandardCharsets.US_ASCII)).getInt();

  /** The form it travels in. */
  byte[] encode();

  /**
   * Messages, one after the other: {@code SLP1 ‖ first(8) ‖ (length(4) ‖ message)*}. The body of a request up, and of an answer down.
   *
   * @param first the number of the first of them, or of the next to come if there are none
   */
  record Batch(long first, List<byte[]> messages) implements PollBody {
    /** Bytes before the first message. */
    public static final int HEAD_BYTES = 12;
    private static final int LENGTH_BYTES = 4;

    /** What a message takes in a body. */
    public static int bytesOf(byte[] message) {
      return LENGTH_BYTES + message.length;
    }

    @Override
    public byte[] encode() {
      int size = HEAD_BYTES;
      for (byte[] message : messages) {
        size += bytesOf(message);
      }
      ByteBuffer out = ByteBuffer.allocate(size).putInt(MAGIC).putLong(first);
      for (byte[] message : messages) {
        out.putInt(message.length).put(message);
      }
      return out.array();
    }

    /** @throws ProtocolException if these bytes are no such body */
    public static Batch decode(byte[] body) {
      ByteBuffer in = begin(body);
      require(body.length <= MAX_BYTES && in.remaining() >= Long.BYTES);
      long first = in.getLong();
      require(first >= 0 && first <= Long.MAX_VALUE - MAX_BYTES);
      var messages = new ArrayList<byte[]>();
      while (in.hasRemaining()) {
        require(in.remaining() >= LENGTH_BYTES);
        int length = in.getInt();
        require(length > 0 && length <= TransportMessage.MAX_MESSAGE_BYTES && length <= in.remaining());
        messages.add(Arrays.copyOfRange(body, in.position(), in.position() + length));
        in.position(in.position() + length);
      }
      return new Batch(first, messages);
    }
  }

  /**
   * The answer to a batch up: {@code SLP1 ‖ next(8)}.
   *
   * @param next the number of the message that is expected next: all before it have arrived
   */
  record Taken(long next) implements PollBody {
    private static final int BYTES = 12;

    @Override
    public byte[] encode() {
      return ByteBuffer.allocate(BYTES).putInt(MAGIC).putLong(next).array();
    }

    /** @throws ProtocolException if these bytes are no such body */
    public static Taken decode(byte[] body) {
      ByteBuffer in = begin(body);
      require(body.length == BYTES);
      long next = in.getLong();
      require(next >= 0);
      return new Taken(next);
    }
  }

  /**
   * The request for messages down: {@code SLP1 ‖ turn(8) ‖ next(8) ‖ holdMillis(4)}.
   *
   * @param turn rises with every request, so that an old one that is sent again takes nothing away
   * @param next the number of the message that is expected next: all before it have arrived
   * @param hold how long the answer may be held back while there are none, at most {@link #MAX_HOLD}
   */
  record Ask(long turn, long next, Duration hold) implements PollBody {
    private static final int BYTES = 24;

    @Override
    public byte[] encode() {
      return ByteBuffer.allocate(BYTES).putInt(MAGIC).putLong(turn).putLong(next).putInt((int) hold.toMillis()).array();
    }

    /** @throws ProtocolException if these bytes are no such body */
    public static Ask decode(byte[] body) {
      ByteBuffer in = begin(body);
      require(body.length == BYTES);
      var ask = new Ask(in.getLong(), in.getLong(), Duration.ofMillis(in.getInt()));
      require(ask.turn >= 0 && ask.next >= 0 && !ask.hold.isNegative() && ask.hold.compareTo(MAX_HOLD) <= 0);
      return ask;
    }
  }

  private static ByteBuffer begin(byte[] body) {
    ByteBuffer in = ByteBuffer.wrap(body);
    require(in.remaining() >= Integer.BYTES && in.getInt() == MAGIC);
    return in;
  }

  private static void require(boolean right) {
    if (!right) {
      throw new ProtocolException("this is not the body of a poll");
    }
  }
}
