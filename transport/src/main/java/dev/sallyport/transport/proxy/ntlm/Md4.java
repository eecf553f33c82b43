package dev.sallyport.transport.proxy.ntlm;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/** The MD4 message digest (RFC 1320), which no Java has any more and a Windows password is stored as. Long broken; for NTLM alone. */
final class Md4 {
  private static final int BLOCK_BYTES = 64;
  private static final int LENGTH_BYTES = 8;
  private static final int DIGEST_BYTES = 16;
  private static final int WORDS = BLOCK_BYTES / Integer.BYTES;
  private static final int PAD = 0x80;
  private static final int[] START = {0x67452301, 0xEFCDAB89, 0x98BADCFE, 0x10325476};

  /** What is added in the second and in the third round: the square roots of 2 and 3. */
  private static final int ROUND_2 = 0x5A827999;
  private static final int ROUND_3 = 0x6ED9EBA1;

  private static final int[][] SHIFTS = {{3, 7, 11, 19}, {3, 5, 9, 13}, {3, 9, 11, 15}};
  private static final int[] ORDER_2 = {0, 4, 8, 12, 1, 5, 9, 13, 2, 6, 10, 14, 3, 7, 11, 15};
  private static final int[] ORDER_3 = {0, 8, 4, 12, 2, 10, 6, 14, 1, 9, 5, 13, 3, 11, 7, 15};

  private Md4() {
  }

  /** 16 bytes. */
  static byte[] digest(byte[] message) {
    int blocks = (message.length + 1 + LENGTH_BYTES + BLOCK_BYTES - 1) / BLOCK_BYTES;
    byte[] padded = Arrays.copyOf(message, blocks * BLOCK_BYTES);
    padded[message.length] = (byte) PAD;
    ByteBuffer in = ByteBuffer.wrap(padded).order(ByteOrder.LITTLE_ENDIAN);
    in.putLong(padded.length - LENGTH_BYTES, (long) message.length * Byte.SIZE);
    int[] state = START.clone();
    int[] words = new int[WORDS];
    for (int block = 0; block < blocks; block++) {
      for (int i = 0; i < WORDS; i++) {
        words[i] = in.getInt();
      }
      mix(state, words);
    }
    Arrays.fill(padded, (byte) 0);
    Arrays.fill(words, 0);
    ByteBuffer out = ByteBuffer.allocate(DIGEST_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (int word : state) {
      out.putInt(word);
    }
    return out.array();
  }

  private static void mix(int[] state, int[] words) {
    int a = state[0];
    int b = state[1];
    int c = state[2];
    int d = state[3];
    for (int step = 0; step < 3 * WORDS; step++) {
      int round = step / WORDS;
      int i = step % WORDS;
      int sum = a + switch (round) {
        case 0 -> ((b & c) | (~b & d)) + words[i];
        case 1 -> ((b & c) | (b & d) | (c & d)) + words[ORDER_2[i]] + ROUND_2;
        default -> (b ^ c ^ d) + words[ORDER_3[i]] + ROUND_3;
      };
      a = d;
      d = c;
      c = b;
      b = Integer.rotateLeft(sum, SHIFTS[round][i % SHIFTS[round].length]);
    }
    state[0] += a;
    state[1] += b;
    state[2] += c;
    state[3] += d;
  }
}
