package dev.sallyport.transport.proxy.ntlm;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

import dev.sallyport.protocol.ProtocolException;

/** What the other side tells about itself: pairs of a number and a value (MS-NLMP section 2.2.2.1, {@code AV_PAIR}). */
final class TargetInfo {
  private static final int END = 0;
  private static final int FLAGS = 6;
  private static final int TIMESTAMP = 7;
  private static final int TIMESTAMP_BYTES = 8;
  private static final int HEADER_BYTES = 4;
  /** Says that the last message carries a code over all three. */
  private static final int HAS_CODE = 2;

  private final Map<Integer, byte[]> pairs;

  private TargetInfo(Map<Integer, byte[]> pairs) {
    this.pairs = pairs;
  }

  /** @throws ProtocolException if the pairs do not fit their bytes */
  static TargetInfo parse(ByteBuffer bytes) {
    ByteBuffer in = bytes.slice().order(ByteOrder.LITTLE_ENDIAN);
    var pairs = new LinkedHashMap<Integer, byte[]>();
    while (in.remaining() >= HEADER_BYTES) {
      int id = Short.toUnsignedInt(in.getShort());
      int length = Short.toUnsignedInt(in.getShort());
      if (id == END) {
        return new TargetInfo(pairs);
      }
      if (length > in.remaining()) {
        throw new ProtocolException("a value in an NTLM challenge is longer than what came");
      }
      byte[] value = new byte[length];
      in.get(value);
      if (pairs.put(id, value) != null) {
        throw new ProtocolException("an NTLM challenge says the same twice");
      }
    }
    if (in.hasRemaining() || !pairs.isEmpty()) {
      throw new ProtocolException("the list in an NTLM challenge has no end");
    }
    return new TargetInfo(pairs);
  }

  /** Its time, 8 bytes; who gives one expects a code over all messages. */
  Optional<byte[]> timestamp() {
    byte[] time = pairs.get(TIMESTAMP);
    return time != null && time.length == TIMESTAMP_BYTES ? Optional.of(time) : Optional.empty();
  }

  /** The same, saying that the last message carries a code over all three. */
  TargetInfo promisingCode() {
    var more = new LinkedHashMap<>(pairs);
    byte[] flags = more.getOrDefault(FLAGS, new byte[Integer.BYTES]).clone();
    if (flags.length != Integer.BYTES) {
      throw new ProtocolException("the flags in an NTLM challenge have " + flags.length + " bytes");
    }
    flags[0] |= HAS_CODE;
    more.put(FLAGS, flags);
    return new TargetInfo(more);
  }

  byte[] encode() {
    var out = new ByteArrayOutputStream();
    pairs.forEach((id, value) -> {
      out.writeBytes(header(id, value.length));
      out.writeBytes(value);
    });
    out.writeBytes(header(END, 0));
    return out.toByteArray();
  }

  private static byte[] header(int id, int length) {
    return ByteBuffer.allocate(HEADER_BYTES).order(ByteOrder.LITTLE_ENDIAN).putShort((short) id)
        .putShort((short) length).array();
  }
}
