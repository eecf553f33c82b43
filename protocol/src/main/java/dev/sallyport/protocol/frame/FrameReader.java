package dev.sallyport.protocol.frame;

import java.nio.ByteBuffer;
import java.time.Duration;

import dev.sallyport.protocol.ProtocolException;
import dev.sallyport.protocol.message.MessageKind;

/** Reads one frame. All checks come before any copy, and no copy is larger than the record it is made from. */
final class FrameReader {
  private FrameReader() {
  }

  static Frame next(ByteBuffer in) {
    if (in.remaining() < Frame.HEADER_BYTES) {
      throw new ProtocolException("a frame header has 8 bytes, only " + in.remaining() + " are left");
    }
    int type = in.get() & 0xFF;
    int flags = in.get() & 0xFF;
    int length = in.getShort() & 0xFFFF;
    int stream = in.getInt();
    if (length > in.remaining()) {
      throw new ProtocolException("frame type " + type + " claims " + length + " body bytes, only " + in.remaining()
          + " are left");
    }
    if (stream < 0) {
      throw new ProtocolException("stream numbers have 31 bits");
    }
    return switch (type) {
      case FrameType.OPEN, FrameType.DATA, FrameType.CREDIT, FrameType.RESET -> ofStream(in, type, flags, length,
          stream);
      default -> outsideStreams(in, type, flags, length, stream);
    };
  }

  private static Frame ofStream(ByteBuffer in, int type, int flags, int length, int stream) {
    if (stream == 0 && type != FrameType.CREDIT) {
      throw new ProtocolException("frame type " + type + " needs a stream number");
    }
    if (type == FrameType.DATA) {
      require((flags & ~FrameType.FLAG_FIN) == 0, "DATA flags", flags);
      require(length <= Frame.MAX_DATA_BYTES, "DATA length", length);
      return new Frame.Data(stream, bytes(in, length), flags == FrameType.FLAG_FIN);
    }
    require(flags == 0, "flags", flags);
    return switch (type) {
      case FrameType.OPEN -> {
        require(length >= 2 && length - 2 <= Frame.MAX_METADATA_BYTES, "OPEN length", length);
        yield new Frame.Open(stream, in.getShort() & 0xFFFF, bytes(in, length - 2));
      }
      case FrameType.CREDIT -> {
        require(length == 4, "CREDIT length", length);
        int delta = in.getInt();
        require(delta > 0, "CREDIT", delta);
        yield new Frame.Credit(stream, delta);
      }
      default -> {
        require(length == 2, "RESET length", length);
        yield new Frame.Reset(stream, in.getShort() & 0xFFFF);
      }
    };
  }

  private static Frame outsideStreams(ByteBuffer in, int type, int flags, int length, int stream) {
    boolean known = switch (type) {
      case FrameType.PAD, FrameType.CONTROL, FrameType.PING, FrameType.PONG, FrameType.ACK, FrameType.REHS1,
          FrameType.REHS2, FrameType.REKEY, FrameType.GO_AWAY ->
        true;
      default -> false;
    };
    if (!known) {
      require((flags & FrameType.FLAG_CRITICAL) == 0, "unknown critical frame type", type);
      in.position(in.position() + length);
      return new Frame.Unknown(type, length);
    }
    require(flags == 0, "flags", flags);
    require(stream == 0, "stream number of a frame outside streams", stream);
    return switch (type) {
      case FrameType.PAD -> pad(in, length);
      case FrameType.CONTROL -> control(in, length);
      case FrameType.PING -> new Frame.Ping(number(in, length));
      case FrameType.PONG -> new Frame.Pong(number(in, length));
      case FrameType.ACK -> {
        long sequence = number(in, length);
        require(sequence >= 0, "ACK", sequence);
        yield new Frame.Ack(sequence);
      }
      case FrameType.REHS1 -> new Frame.Rehs1(embedded(in, length, Frame.Rehs1.BYTES, MessageKind.HELLO));
      case FrameType.REHS2 -> new Frame.Rehs2(embedded(in, length, Frame.Rehs2.BYTES, MessageKind.HELLO_REPLY));
      case FrameType.REKEY -> {
        require(length == 0, "REKEY length", length);
        yield new Frame.Rekey();
      }
      default -> goAway(in, length);
    };
  }

  private static Frame pad(ByteBuffer in, int length) {
    for (int i = 0; i < length; i++) {
      require(in.get() == 0, "a byte of PAD is not zero, at", i);
    }
    return new Frame.Pad(length);
  }

  private static Frame control(ByteBuffer in, int length) {
    require(length >= 1 && length - 1 <= Frame.MAX_CONTROL_BYTES, "CTRL length", length);
    ControlVerb verb = ControlVerb.of(in.get() & 0xFF);
    return new Frame.Control(verb, bytes(in, length - 1));
  }

  private static Frame goAway(ByteBuffer in, int length) {
    require(length == 6, "GOAWAY length", length);
    GoAwayCode code = GoAwayCode.of(in.getShort() & 0xFFFF);
    int milliseconds = in.getInt();
    require(milliseconds >= 0, "GOAWAY retryAfter", milliseconds);
    return new Frame.GoAway(code, Duration.ofMillis(milliseconds));
  }

  private static byte[] embedded(ByteBuffer in, int length, int expected, MessageKind kind) {
    require(length == expected, "embedded handshake message length", length);
    require(in.get(in.position()) == kind.code(), "embedded handshake message kind", in.get(in.position()));
    return bytes(in, length);
  }

  private static long number(ByteBuffer in, int length) {
    require(length == 8, "length of a number", length);
    return in.getLong();
  }

  private static byte[] bytes(ByteBuffer in, int length) {
    byte[] bytes = new byte[length];
    in.get(bytes);
    return bytes;
  }

  private static void require(boolean holds, String what, long value) {
    if (!holds) {
      throw new ProtocolException(what + " is out of range: " + value);
    }
  }
}
