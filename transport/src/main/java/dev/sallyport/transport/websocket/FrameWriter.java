package dev.sallyport.transport.websocket;

import java.io.IOException;
import java.io.OutputStream;
import java.security.SecureRandom;

/**
 * Writes masked frames (RFC 6455 section 5.3). One scratch buffer of a TLS record's size serves all of them, so a frame
 * leaves no garbage. Not thread-safe: the wire holds its lock around every call.
 */
final class FrameWriter {
  private static final int FIN = 0x80;
  private static final int MASKED = 0x80;
  private static final int MASK_BYTES = 4;
  private static final int MASK_POOL_BYTES = 64 * MASK_BYTES;
  private static final int SCRATCH_BYTES = 16_384;
  private static final int MAX_LENGTH_7 = 125;
  private static final int MAX_LENGTH_16 = 65_535;
  private static final int LENGTH_16 = 126;
  private static final int LENGTH_64 = 127;

  private final OutputStream out;
  private final SecureRandom random;
  private final byte[] scratch = new byte[SCRATCH_BYTES];
  private final byte[] masks = new byte[MASK_POOL_BYTES];
  private int nextMask = MASK_POOL_BYTES;

  FrameWriter(OutputStream out, SecureRandom random) {
    this.out = out;
    this.random = random;
  }

  void frame(Opcode opcode, byte[] payload) throws IOException {
    int filled = header(opcode, payload.length);
    int mask = mask();
    System.arraycopy(masks, mask, scratch, filled, MASK_BYTES);
    filled += MASK_BYTES;
    int done = 0;
    do {
      int length = Math.min(payload.length - done, SCRATCH_BYTES - filled);
      for (int i = 0; i < length; i++) {
        scratch[filled + i] = (byte) (payload[done + i] ^ masks[mask + ((done + i) & 3)]);
      }
      out.write(scratch, 0, filled + length);
      done += length;
      filled = 0;
    } while (done < payload.length);
    out.flush();
  }

  private int header(Opcode opcode, int length) {
    scratch[0] = (byte) (FIN | opcode.code());
    if (length <= MAX_LENGTH_7) {
      scratch[1] = (byte) (MASKED | length);
      return 2;
    }
    if (length <= MAX_LENGTH_16) {
      scratch[1] = (byte) (MASKED | LENGTH_16);
      scratch[2] = (byte) (length >> 8);
      scratch[3] = (byte) length;
      return 4;
    }
    scratch[1] = (byte) (MASKED | LENGTH_64);
    for (int i = 0; i < Long.BYTES; i++) {
      scratch[2 + i] = (byte) ((long) length >> (8 * (Long.BYTES - 1 - i)));
    }
    return 2 + Long.BYTES;
  }

  /** Where in the pool the next unpredictable mask stands; each is used once. */
  private int mask() {
    if (nextMask == MASK_POOL_BYTES) {
      random.nextBytes(masks);
      nextMask = 0;
    }
    int mask = nextMask;
    nextMask += MASK_BYTES;
    return mask;
  }
}
