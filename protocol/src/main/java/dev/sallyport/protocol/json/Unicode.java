package dev.sallyport.protocol.json;

import dev.sallyport.protocol.ProtocolException;

/** What JSON text must be made of: UTF-8 by RFC 3629, UTF-16 without unpaired surrogates. */
final class Unicode {
  private Unicode() {
  }

  /** Returns the text unchanged if all its surrogates are paired. */
  static String requirePaired(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isSurrogate(c)) {
        if (i + 1 == text.length() || !Character.isSurrogatePair(c, text.charAt(i + 1))) {
          throw new ProtocolException("unpaired surrogate at character " + i);
        }
        i++;
      }
    }
    return text;
  }

  /**
   * Returns the length (2, 3 or 4) of the well-formed multi-byte sequence at a position, or 0 if there is none: over-long
   * forms, surrogates, code points beyond U+10FFFF and truncation included (Unicode table 3-7).
   */
  static int sequenceLength(byte[] in, int at) {
    int first = in[at] & 0xff;
    if (first >= 0xc2 && first <= 0xdf) {
      return continuation(in, at + 1, 0x80, 0xbf) ? 2 : 0;
    }
    if (first >= 0xe0 && first <= 0xef) {
      int low = first == 0xe0 ? 0xa0 : 0x80;
      int high = first == 0xed ? 0x9f : 0xbf;
      return continuation(in, at + 1, low, high) && continuation(in, at + 2, 0x80, 0xbf) ? 3 : 0;
    }
    if (first >= 0xf0 && first <= 0xf4) {
      int low = first == 0xf0 ? 0x90 : 0x80;
      int high = first == 0xf4 ? 0x8f : 0xbf;
      return continuation(in, at + 1, low, high) && continuation(in, at + 2, 0x80, 0xbf)
          && continuation(in, at + 3, 0x80, 0xbf) ? 4 : 0;
    }
    return 0;
  }

  private static boolean continuation(byte[] in, int at, int low, int high) {
    if (at >= in.length) {
      return false;
    }
    int b = in[at] & 0xff;
    return b >= low && b <= high;
  }
}
