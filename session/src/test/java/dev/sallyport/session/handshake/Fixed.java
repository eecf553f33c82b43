package dev.sallyport.session.handshake;

import module java.base;

import dev.sallyport.session.noise.RandomSource;

/** Bytes that are no surprise. */
final class Fixed {

  private Fixed() {
  }

  /** The bytes {@code first, first+1, …} up to and including {@code last}. */
  static byte[] range(int first, int last) {
    byte[] bytes = new byte[last - first + 1];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) (first + i);
    }
    return bytes;
  }

  /** Gives exactly these bytes, however they are asked for, and no more. */
  static RandomSource random(byte[]... chunks) {
    Deque<Byte> left = new ArrayDeque<>();
    for (byte[] chunk : chunks) {
      for (byte b : chunk) {
        left.add(b);
      }
    }
    return bytes -> {
      for (int i = 0; i < bytes.length; i++) {
        bytes[i] = left.remove();
      }
    };
  }

  static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  static String sha256(byte[] bytes, int offset) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(bytes, offset, bytes.length - offset);
      return hex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
