package dev.sallyport.protocol.audit;

import java.util.HexFormat;

import dev.sallyport.protocol.ProtocolException;

/**
 * Names the content of a section: the exclusive or of its items' digests. An item that comes and one that goes are one and the same step, in
 * any order. It finds faults and lost changes; it is no proof against an agent, which could tell whatever it likes anyway. Not for several threads.
 */
public final class SectionDigest {
  /** Characters of a digest's text, in lower-case hexadecimal. */
  public static final int TEXT_LENGTH = 2 * AuditItem.DIGEST_BYTES;

  private static final HexFormat HEX = HexFormat.of();

  private final byte[] sum = new byte[AuditItem.DIGEST_BYTES];

  /** That of a section without items. */
  public SectionDigest() {
  }

  /**
   * Goes on from another.
   *
   * @throws ProtocolException if the text is none
   */
  public static SectionDigest ofText(String text) {
    require("digest", text);
    var digest = new SectionDigest();
    digest.toggle(HEX.parseHex(text));
    return digest;
  }

  /** Puts an item in if it is not, and takes it out if it is. */
  public void toggle(byte[] itemDigest) {
    for (int i = 0; i < sum.length; i++) {
      sum[i] ^= itemDigest[i];
    }
  }

  /** Returns it as text. */
  public String text() {
    return HEX.formatHex(sum);
  }

  /** Returns the text, if it is that of a digest. */
  public static String require(String what, String text) {
    boolean fits = text.length() == TEXT_LENGTH;
    for (int i = 0; fits && i < text.length(); i++) {
      char c = text.charAt(i);
      fits = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
    }
    if (!fits) {
      throw new ProtocolException(what + ": expected " + TEXT_LENGTH + " hexadecimal digits in lower case");
    }
    return text;
  }
}
