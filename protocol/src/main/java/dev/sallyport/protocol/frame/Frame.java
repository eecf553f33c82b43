package dev.sallyport.protocol.frame;

import java.time.Duration;

import dev.sallyport.protocol.message.Hello;
import dev.sallyport.protocol.message.HelloReply;
import dev.sallyport.protocol.message.RecordMessage;

/**
 * One frame of a record. The constructors refuse what no frame may be ({@link IllegalArgumentException}, the
 * programmer's mistake); {@link FrameCodec} refuses the same from a peer with a {@code ProtocolException}. Arrays are
 * not copied: whoever makes a frame gives them away.
 */
@SuppressWarnings("ArrayRecordComponent") // frames are made, sent and taken apart; nobody compares them
public sealed interface Frame {
  /** {@code type(1) flags(1) len(2) stream(4)}. */
  int HEADER_BYTES = 8;
  /** The largest body that fits a record beside its header. */
  int MAX_BODY_BYTES = RecordMessage.MAX_PLAINTEXT_BYTES - HEADER_BYTES;
  /** The largest DATA body: a control message of the CONTROL stream is one frame. */
  int MAX_DATA_BYTES = 60 * 1024;
  /** The largest OPEN metadata. */
  int MAX_METADATA_BYTES = 4 * 1024;
  /** The largest CTRL body after its verb. */
  int MAX_CONTROL_BYTES = 16 * 1024;
  /** The largest stream number; the sign bit stays unused, so that no language miscounts. */
  int MAX_STREAM = Integer.MAX_VALUE;

  /** Bytes of the encoded frame, header included. */
  int size();

  /**
   * Nothing, in a given number of bytes, so that sizes tell less.
   *
   * @param length zeros after the header, 0 to {@link #MAX_BODY_BYTES}
   */
  record Pad(int length) implements Frame {
    /** Refuses a length outside its range. */
    public Pad {
      require(length >= 0 && length <= MAX_BODY_BYTES, "PAD length", length);
    }

    @Override
    public int size() {
      return HEADER_BYTES + length;
    }
  }

  /**
   * A word outside any stream.
   *
   * @param verb what it is
   * @param body what it says, at most {@link #MAX_CONTROL_BYTES}
   */
  record Control(ControlVerb verb, byte[] body) implements Frame {
    /** Refuses a body that is too long. */
    public Control {
      require(body.length <= MAX_CONTROL_BYTES, "CTRL body", body.length);
    }

    @Override
    public int size() {
      return HEADER_BYTES + 1 + body.length;
    }
  }

  /**
   * A new stream.
   *
   * @param stream   its number: even from the server, odd from the agent, rising
   * @param kind     what will be said in it, 0 to 65,535
   * @param metadata its first words, at most {@link #MAX_METADATA_BYTES}
   */
  record Open(int stream, int kind, byte[] metadata) implements Frame {
    /** Refuses values outside their range. */
    public Open {
      requireStream(stream);
      require(kind >= 0 && kind <= 0xFFFF, "stream kind", kind);
      require(metadata.length <= MAX_METADATA_BYTES, "OPEN metadata", metadata.length);
    }

    @Override
    public int size() {
      return HEADER_BYTES + 2 + metadata.length;
    }
  }

  /**
   * A piece of a stream. It costs its whole encoded size in credit, header included: with bodies alone counted, a peer
   * could fill our heap with one-byte frames at one byte of credit each, and with empty ones for nothing.
   *
   * @param stream which stream
   * @param body   the piece, at most {@link #MAX_DATA_BYTES}
   * @param fin    whether the sender will say no more in this stream
   */
  record Data(int stream, byte[] body, boolean fin) implements Frame {
    /** Refuses values outside their range. */
    public Data {
      requireStream(stream);
      require(body.length <= MAX_DATA_BYTES, "DATA body", body.length);
    }

    @Override
    public int size() {
      return HEADER_BYTES + body.length;
    }
  }

  /**
   * Leave to send more DATA.
   *
   * @param stream which stream, or 0 for the whole session
   * @param delta  bytes more than before, from 1
   */
  record Credit(int stream, int delta) implements Frame {
    /** Refuses values outside their range. */
    public Credit {
      require(stream >= 0, "stream", stream);
      require(delta > 0, "CREDIT", delta);
    }

    @Override
    public int size() {
      return HEADER_BYTES + 4;
    }
  }

  /**
   * The end of a stream in both directions, at once.
   *
   * @param stream which stream
   * @param code   why, 0 to 65,535; the channel built on streams gives the numbers their meaning
   */
  record Reset(int stream, int code) implements Frame {
    /** Refuses values outside their range. */
    public Reset {
      requireStream(stream);
      require(code >= 0 && code <= 0xFFFF, "RESET code", code);
    }

    @Override
    public int size() {
      return HEADER_BYTES + 2;
    }
  }

  /**
   * A question that only asks to be answered.
   *
   * @param opaque comes back in the {@link Pong}
   */
  record Ping(long opaque) implements Frame {
    @Override
    public int size() {
      return HEADER_BYTES + 8;
    }
  }

  /**
   * The answer to a {@link Ping}.
   *
   * @param opaque what the PING carried
   */
  record Pong(long opaque) implements Frame {
    @Override
    public int size() {
      return HEADER_BYTES + 8;
    }
  }

  /**
   * What has arrived.
   *
   * @param sequence the highest record received without a gap before it, from 0
   */
  record Ack(long sequence) implements Frame {
    /** Refuses a negative number. */
    public Ack {
      require(sequence >= 0, "ACK", sequence);
    }

    @Override
    public int size() {
      return HEADER_BYTES + 8;
    }
  }

  /**
   * A HELLO inside a session, for new keys in a long one.
   *
   * @param hello the whole message, kind byte included
   */
  record Rehs1(byte[] hello) implements Frame {
    /** Bytes of the message. */
    public static final int BYTES = 1 + Hello.BODY_BYTES;

    /** Refuses another length. */
    public Rehs1 {
      require(hello.length == BYTES, "REHS1 body", hello.length);
    }

    @Override
    public int size() {
      return HEADER_BYTES + BYTES;
    }
  }

  /**
   * The HELLO_REPLY to a {@link Rehs1}.
   *
   * @param reply the whole message, kind byte included
   */
  record Rehs2(byte[] reply) implements Frame {
    /** Bytes of the message. */
    public static final int BYTES = 1 + HelloReply.BODY_BYTES;

    /** Refuses another length. */
    public Rehs2 {
      require(reply.length == BYTES, "REHS2 body", reply.length);
    }

    @Override
    public int size() {
      return HEADER_BYTES + BYTES;
    }
  }

  /** From the next record on, the sender's direction uses Noise REKEY(k). */
  record Rekey() implements Frame {
    @Override
    public int size() {
      return HEADER_BYTES;
    }
  }

  /**
   * The sender ends the session.
   *
   * @param code       why
   * @param retryAfter how long the receiver should stay away, whole milliseconds, 0 to {@link #MAX_RETRY_AFTER}
   */
  record GoAway(GoAwayCode code, Duration retryAfter) implements Frame {
    /** The longest wait that four bytes of milliseconds can name without their top bit: almost 25 days. */
    public static final Duration MAX_RETRY_AFTER = Duration.ofMillis(Integer.MAX_VALUE);

    /** Refuses a wait outside its range. */
    public GoAway {
      if (retryAfter.isNegative() || retryAfter.compareTo(MAX_RETRY_AFTER) > 0) {
        throw new IllegalArgumentException("retryAfter is 0 to " + MAX_RETRY_AFTER + ", not " + retryAfter);
      }
      retryAfter = Duration.ofMillis(retryAfter.toMillis());
    }

    @Override
    public int size() {
      return HEADER_BYTES + 6;
    }
  }

  /**
   * A frame of a later version, skipped. One that is critical never gets here: it is a violation.
   *
   * @param type   its type byte, 0 to 255
   * @param length bytes of its body, which nobody keeps
   */
  record Unknown(int type, int length) implements Frame {
    @Override
    public int size() {
      return HEADER_BYTES + length;
    }
  }

  private static void requireStream(int stream) {
    require(stream > 0, "stream", stream);
  }

  private static void require(boolean holds, String what, long value) {
    if (!holds) {
      throw new IllegalArgumentException(what + " " + value + " is out of range");
    }
  }
}
