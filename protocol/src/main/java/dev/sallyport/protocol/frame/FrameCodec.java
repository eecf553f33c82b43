package dev.sallyport.protocol.frame;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

import dev.sallyport.protocol.ProtocolException;

/** Frames to bytes and back. */
public final class FrameCodec {
  private FrameCodec() {
  }

  /**
   * All frames of a record's plaintext, which is consumed; at least one.
   *
   * @throws ProtocolException for anything that is not a whole number of well-formed frames
   */
  public static List<Frame> decode(ByteBuffer plaintext) {
    List<Frame> frames = new ArrayList<>();
    do {
      frames.add(next(plaintext));
    } while (plaintext.hasRemaining());
    return frames;
  }

  /**
   * The next frame of a record's plaintext; its bytes are consumed and, where the frame keeps any, copied.
   *
   * @throws ProtocolException for anything that is not a well-formed frame
   */
  public static Frame next(ByteBuffer plaintext) {
    return FrameReader.next(plaintext);
  }

  /** Appends the frame; the buffer must have {@link Frame#size} bytes of room. */
  public static void encode(Frame frame, ByteBuffer out) {
    switch (frame) {
      case Frame.Pad pad -> header(out, FrameType.PAD, 0, pad.length(), 0).put(new byte[pad.length()]);
      case Frame.Control control -> header(out, FrameType.CONTROL, 0, 1 + control.body().length, 0).put((byte) control
          .verb().code()).put(control.body());
      case Frame.Open open -> header(out, FrameType.OPEN, 0, 2 + open.metadata().length, open.stream()).putShort(
          (short) open.kind()).put(open.metadata());
      case Frame.Data data -> header(out, FrameType.DATA, data.fin() ? FrameType.FLAG_FIN : 0, data.body().length, data
          .stream()).put(data.body());
      case Frame.Credit credit -> header(out, FrameType.CREDIT, 0, 4, credit.stream()).putInt(credit.delta());
      case Frame.Reset reset -> header(out, FrameType.RESET, 0, 2, reset.stream()).putShort((short) reset.code());
      case Frame.Ping ping -> header(out, FrameType.PING, 0, 8, 0).putLong(ping.opaque());
      case Frame.Pong pong -> header(out, FrameType.PONG, 0, 8, 0).putLong(pong.opaque());
      case Frame.Ack ack -> header(out, FrameType.ACK, 0, 8, 0).putLong(ack.sequence());
      case Frame.Rehs1 rehs1 -> header(out, FrameType.REHS1, 0, Frame.Rehs1.BYTES, 0).put(rehs1.hello());
      case Frame.Rehs2 rehs2 -> header(out, FrameType.REHS2, 0, Frame.Rehs2.BYTES, 0).put(rehs2.reply());
      case Frame.Rekey _ -> header(out, FrameType.REKEY, 0, 0, 0);
      case Frame.GoAway goAway -> header(out, FrameType.GO_AWAY, 0, 6, 0).putShort((short) goAway.code().code()).putInt(
          (int) goAway.retryAfter().toMillis());
      case Frame.Unknown unknown -> throw new IllegalArgumentException("nobody sends a frame it does not know: "
          + unknown);
    }
  }

  private static ByteBuffer header(ByteBuffer out, int type, int flags, int length, int stream) {
    return out.put((byte) type).put((byte) flags).putShort((short) length).putInt(stream);
  }
}
