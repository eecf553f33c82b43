package dev.sallyport.protocol.frame;

import java.nio.ByteBuffer;
import java.time.Duration;

import dev.sallyport.protocol.ProtocolException;
import dev.sallyport.protocol.message.MessageKind;

/**
 * Reads one frame. All checks come before any copy, and no copy is larger than the record it is made from.
 */
final class FrameReader {
  private static final int STREAM_NEEDED = 1;
  private static final int STREAM_OR_SESSION = 0;

  private final ByteBuffer in;
  private final int type;
  private final int flags;
  private final int length;
  private final int stream;

  private FrameReader(ByteBuffer in) {
    this.in = in;
    type = in.get() & 0xFF;
    flags = in.get() & 0xFF;
    length = in.getShort() & 0xFFFF;
    stream = in.getInt();
  }

  static Frame next(ByteBuffer in) {
    if (in.remaining() < Frame.HEADER_BYTES) {
      throw new ProtocolException("a frame header has 8 bytes, only " + in.remaining() + " are left");
    }
    FrameReader reader = new FrameReader(in);
    if (reader.length > in.remaining()) {
      throw new ProtocolException("frame type " + reader.type + " claims " + reader.length + " body bytes, only "
          + in.remaining() + " are left");
    }
    return reader.body();
  }

  private Frame body() {
    return switch (type) {
      case FrameType.PAD -> pad();
      case FrameType.CONTROL -> control();
      case FrameType.OPEN -> open();
      case FrameType.DATA -> data();
      case FrameType.CREDIT -> credit();
      case FrameType.RESET -> reset();
      case FrameType.PING -> new Frame.Ping(number());
      case FrameType.PONG -> new Frame.Pong(number());
      case FrameType.ACK -> ack();
      case FrameType.REHS1 -> new Frame.Rehs1(embedded(Frame.Rehs1.BYTES, MessageKind.HELLO));
      case FrameType.REHS2 -> new Frame.Rehs2(embedded(Frame.Rehs2.BYTES, MessageKind.HELLO_REPLY));
      case FrameType.REKEY -> rekey();
      case FrameType.GO_AWAY -> goAway();
      default -> unknown();
    };
  }

  // -- frames of a stream -------------------------------------------------------------------------------------------

  private Frame open() {
    requireStream(STREAM_NEEDED);
    requireNoFlags();
    require(length >= 2 && length - 2 <= Frame.MAX_METADATA_BYTES, "OPEN length", length);
    return new Frame.Open(stream, in.getShort() & 0xFFFF, bytes(length - 2));
  }

  private Frame data() {
    requireStream(STREAM_NEEDED);
    require((flags & ~FrameType.FLAG_FIN) == 0, "DATA flags", flags);
    require(length <= Frame.MAX_DATA_BYTES, "DATA length", length);
    return new Frame.Data(stream, bytes(length), flags == FrameType.FLAG_FIN);
  }

  private Frame credit() {
    requireStream(STREAM_OR_SESSION);
    requireNoFlags();
    require(length == 4, "CREDIT length", length);
    int delta = in.getInt();
    require(delta > 0, "CREDIT", delta);
    return new Frame.Credit(stream, delta);
  }

  private Frame reset() {
    requireStream(STREAM_NEEDED);
    requireNoFlags();
    require(length == 2, "RESET length", length);
    return new Frame.Reset(stream, in.getShort() & 0xFFFF);
  }

  // -- frames outside streams ---------------------------------------------------------------------------------------

  private Frame pad() {
    requireOutsideStreams();
    for (int i = 0; i < length; i++) {
      require(in.get() == 0, "byte of PAD that is not zero, at", i);
    }
    return new Frame.Pad(length);
  }

  private Frame control() {
    requireOutsideStreams();
    require(length >= 1 && length - 1 <= Frame.MAX_CONTROL_BYTES, "CTRL length", length);
    ControlVerb verb = ControlVerb.of(in.get() & 0xFF);
    return new Frame.Control(verb, bytes(length - 1));
  }

  private long number() {
    requireOutsideStreams();
    require(length == 8, "length of a number", length);
    return in.getLong();
  }

  private Frame ack() {
    long sequence = number();
    require(sequence >= 0, "ACK", sequence);
    return new Frame.Ack(sequence);
  }

  private byte[] embedded(int expected, MessageKind kind) {
    requireOutsideStreams();
    require(length == expected, "length of an embedded handshake message", length);
    byte first = in.get(in.position());
    require(first == kind.code(), "kind of an embedded handshake message", first);
    return bytes(length);
  }

  private Frame rekey() {
    requireOutsideStreams();
    require(length == 0, "REKEY length", length);
    return new Frame.Rekey();
  }

  private Frame goAway() {
    requireOutsideStreams();
    require(length == 6, "GOAWAY length", length);
    GoAwayCode code = GoAwayCode.of(in.getShort() & 0xFFFF);
    int milliseconds = in.getInt();
    require(milliseconds >= 0, "GOAWAY retryAfter", milliseconds);
    return new Frame.GoAway(code, Duration.ofMillis(milliseconds));
  }

  private Frame unknown() {
    require((flags & FrameType.FLAG_CRITICAL) == 0, "critical frame type, unknown here,", type);
    in.position(in.position() + length);
    return new Frame.Unknown(type, length);
  }

  // -- checks -------------------------------------------------------------------------------------------------------

  private void requireStream(int least) {
    require(stream >= least, "stream number", stream);
  }

  private void requireOutsideStreams() {
    require(stream == 0, "stream number of a frame outside streams", stream);
    requireNoFlags();
  }

  private void requireNoFlags() {
    require(flags == 0, "flags", flags);
  }

  private byte[] bytes(int count) {
    byte[] bytes = new byte[count];
    in.get(bytes);
    return bytes;
  }

  private static void require(boolean holds, String what, long value) {
    if (!holds) {
      throw new ProtocolException(what + " is out of range: " + value);
    }
  }
}
