package dev.sallyport.agent.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.CRC32C;

import dev.sallyport.agent.state.StateFile;
import org.jspecify.annotations.Nullable;

/**
 * The layout of the log file: frames, one per sync, each holding the records that shared it.
 *
 * <pre>magic "SPJ1" (4) | number (8), from 1, without gaps | length (4) | payload | CRC-32C of all before (4)</pre>
 *
 * <p>A frame is written only after the one before it was synced. So a bad frame with nothing good behind it is a write the crash
 * interrupted: nobody was told that it happened, and it is dropped. A bad frame with a good one behind it was once whole: the disk
 * has lost something that counted.
 */
final class Frames {
  static final int HEADER_BYTES = 16;
  static final int CHECKSUM_BYTES = 4;

  /** Most bytes of one frame's payload: some records of the largest kind. */
  static final int MAX_PAYLOAD_BYTES = 4 << 20;

  private static final int MAGIC = 0x53504a31;
  private static final int WINDOW_BYTES = 64 << 10;

  private Frames() {
  }

  /** What a file holds from a position on. */
  sealed interface Found {
    /** A good frame; the next begins at {@code end}. */
    @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
    record Frame(long number, byte[] payload, long end) implements Found {}

    /** Nothing good from here to the end of the file, which may be right here. */
    record Tail() implements Found {}

    /** Something bad, and a good frame behind it. */
    record Damage(Frame next) implements Found {}
  }

  static byte[] encode(long number, byte[] payload, int length) {
    byte[] frame = new byte[HEADER_BYTES + length + CHECKSUM_BYTES];
    ByteBuffer out = ByteBuffer.wrap(frame).putInt(MAGIC).putLong(number).putInt(length).put(payload, 0, length);
    out.putInt(checksum(frame, HEADER_BYTES + length));
    return frame;
  }

  /**
   * @param after the number of the last good frame; only higher ones count as good, the very next one as undamaged
   */
  static Found read(StateFile file, long position, long after) throws IOException {
    Found.Frame frame = frameAt(file, position, file.size(), after);
    if (frame != null && frame.number() == after + 1) {
      return frame;
    }
    Found.Frame later = frame != null ? frame : search(file, position + 1, after);
    return later == null ? new Found.Tail() : new Found.Damage(later);
  }

  private static Found.@Nullable Frame frameAt(StateFile file, long position, long size, long after)
      throws IOException {
    if (position + HEADER_BYTES + CHECKSUM_BYTES > size) {
      return null;
    }
    byte[] header = new byte[HEADER_BYTES];
    file.read(position, header, 0, HEADER_BYTES);
    ByteBuffer in = ByteBuffer.wrap(header);
    int magic = in.getInt();
    long number = in.getLong();
    int length = in.getInt();
    if (magic != MAGIC || number <= after || length < 0 || length > MAX_PAYLOAD_BYTES
        || position + HEADER_BYTES + length + CHECKSUM_BYTES > size) {
      return null;
    }
    byte[] whole = new byte[HEADER_BYTES + length + CHECKSUM_BYTES];
    file.read(position, whole, 0, whole.length);
    if (ByteBuffer.wrap(whole).getInt(HEADER_BYTES + length) != checksum(whole, HEADER_BYTES + length)) {
      return null;
    }
    return new Found.Frame(number, Arrays.copyOfRange(whole, HEADER_BYTES, HEADER_BYTES + length),
        position + whole.length);
  }

  /** Looks at every offset for the first good frame; runs only over what a crash or a dying disk left behind. */
  private static Found.@Nullable Frame search(StateFile file, long from, long after) throws IOException {
    long size = file.size();
    byte[] window = new byte[WINDOW_BYTES];
    for (long base = from; base + HEADER_BYTES + CHECKSUM_BYTES <= size; base += WINDOW_BYTES - 3) {
      int length = (int) Math.min(WINDOW_BYTES, size - base);
      file.read(base, window, 0, length);
      ByteBuffer in = ByteBuffer.wrap(window, 0, length);
      for (int i = 0; i + 4 <= length; i++) {
        if (in.getInt(i) == MAGIC) {
          Found.Frame frame = frameAt(file, base + i, size, after);
          if (frame != null) {
            return frame;
          }
        }
      }
    }
    return null;
  }

  private static int checksum(byte[] bytes, int length) {
    var crc = new CRC32C();
    crc.update(bytes, 0, length);
    return (int) crc.getValue();
  }
}
