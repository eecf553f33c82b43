package dev.sallyport.protocol.json;

import dev.sallyport.protocol.ProtocolException;

/**
 * What a reader is willing to take.
 *
 * @param maxBytes most bytes of the document; checked before anything is allocated. A tree of the smallest objects takes about
 *   thirty times the bytes of its document, one of text as much as the text
 * @param maxDepth most arrays and objects inside each other, at most {@link #MAX_DEPTH}
 */
public record JsonLimits(int maxBytes, int maxDepth) {
  /** Deepest nesting that is ever read or written; it bounds the recursion of reader, writer and {@code equals}. */
  public static final int MAX_DEPTH = 32;

  /** One mebibyte, {@value #MAX_DEPTH} deep. */
  public static final JsonLimits DEFAULT = new JsonLimits(1 << 20, MAX_DEPTH);

  /** Checks that the limits are limits. */
  public JsonLimits {
    if (maxBytes < 1 || maxDepth < 0 || maxDepth > MAX_DEPTH) {
      throw new IllegalArgumentException("expected maxBytes ≥ 1 and 0 ≤ maxDepth ≤ " + MAX_DEPTH);
    }
  }

  /** Returns limits of this many bytes with the usual depth. */
  public static JsonLimits ofBytes(int maxBytes) {
    return new JsonLimits(maxBytes, MAX_DEPTH);
  }

  ProtocolException tooLarge(int found) {
    return new ProtocolException("JSON too large: " + found + " bytes, the limit here is " + maxBytes);
  }
}
