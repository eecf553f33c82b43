package dev.sallyport.transport.ftp.exchange;

import java.security.SecureRandom;
import java.util.HexFormat;

/**
 * Where one link's files lie, and what they are called.
 *
 * <pre>
 * link/up/link-sequence.slp     from the agent
 * link/down/link-sequence.slp   from the server
 * </pre>
 *
 * @param link 16 hexadecimal digits, as hard to guess as a key of 64 bits
 */
public record LinkPlace(String link) {
  /** The directory of files for the server. */
  public static final String UP = "up";
  /** The directory of files for the agent. */
  public static final String DOWN = "down";

  private static final int DIGITS = 16;

  /** @throws IllegalArgumentException if this is no link's name */
  public LinkPlace {
    if (!isLink(link)) {
      throw new IllegalArgumentException("a link's name is " + DIGITS + " hexadecimal digits");
    }
  }

  /** A place that nobody else has. */
  public static LinkPlace random(SecureRandom random) {
    return new LinkPlace(HexFormat.of().toHexDigits(random.nextLong()));
  }

  /** Whether a directory of this name is a link's. */
  public static boolean isLink(String name) {
    return name.length() == DIGITS && isHex(name);
  }

  /** Whether a file of this name is one that a link has, in one of its two directories. */
  public static boolean isFile(String link, String name) {
    String head = link + "-";
    int numberEnd = head.length() + DIGITS;
    if (name.length() <= numberEnd || !name.startsWith(head) || !isHex(name.substring(head.length(), numberEnd))) {
      return false;
    }
    String rest = name.substring(numberEnd);
    return rest.equals(".slp") || isDraft(rest);
  }

  private static boolean isDraft(String rest) {
    int tries = rest.length() - ".part".length() - 1;
    return tries >= 1 && tries <= Integer.BYTES * 2 && rest.charAt(0) == '.' && rest.endsWith(".part")
        && isHex(rest.substring(1, 1 + tries));
  }

  private static boolean isHex(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (!((c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'))) {
        return false;
      }
    }
    return true;
  }

  /** The link's directory of files for the server. */
  public String up() {
    return link + "/" + UP;
  }

  /** The link's directory of files for the agent. */
  public String down() {
    return link + "/" + DOWN;
  }

  /** The name of a whole file. */
  public String whole(long sequence) {
    return link + "-" + HexFormat.of().toHexDigits(sequence) + ".slp";
  }

  /** The name of a file that is being written, a new one for each try: a late word of an earlier try must not touch it. */
  public String draft(long sequence, int tried) {
    return link + "-" + HexFormat.of().toHexDigits(sequence) + "." + Integer.toHexString(tried) + ".part";
  }
}
