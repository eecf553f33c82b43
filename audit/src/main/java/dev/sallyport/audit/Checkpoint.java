package dev.sallyport.audit;

import java.util.Base64;

import dev.sallyport.protocol.Bytes;
import dev.sallyport.protocol.ProtocolException;

/**
 * What a log looked like once (C2SP tlog-checkpoint).
 *
 * @param origin the log's name
 * @param size how many entries it had
 * @param root the hash over all of them
 */
public record Checkpoint(String origin, long size, Bytes root) {
  private static final int LINES = 3;
  private static final int MAX_DIGITS = 19;

  /**
   * Checks.
   *
   * @throws ProtocolException if a part will not do
   */
  public Checkpoint {
    NoteKey.requireName(origin);
    if (size < 0) {
      throw new ProtocolException("checkpoint: negative size");
    }
    root.requireLength("checkpoint root", TreeHash.BYTES);
  }

  /** The checkpoint of the log before its first entry. */
  public static Checkpoint start(String origin) {
    return new Checkpoint(origin, 0, Bytes.of(TreeHash.empty()));
  }

  /** The text that is signed. */
  String text() {
    return origin + "\n" + size + "\n" + Base64.getEncoder().encodeToString(root.toArray()) + "\n";
  }

  /**
   * Reads the text of a note; lines after the third are extensions and ignored.
   *
   * @throws ProtocolException if it is no checkpoint
   */
  static Checkpoint parse(String text) {
    String[] lines = text.split("\n", LINES + 1);
    if (lines.length < LINES + 1) {
      throw new ProtocolException("checkpoint: expected a name, a size and a root");
    }
    String size = lines[1];
    boolean whole = !size.isEmpty() && size.length() <= MAX_DIGITS
        && size.chars().allMatch(c -> c >= '0' && c <= '9') && (size.equals("0") || !size.startsWith("0"));
    if (!whole) {
      throw new ProtocolException("checkpoint: the size is no number");
    }
    try {
      return new Checkpoint(lines[0], Long.parseLong(size), Bytes.of(NoteKey.base64(lines[2])));
    } catch (NumberFormatException e) {
      throw new ProtocolException("checkpoint: the size is too large", e);
    }
  }
}
