package dev.sallyport.transport.ftp.client;

import java.util.List;

import dev.sallyport.protocol.PlainText;

/**
 * What a server answered (RFC 959 section 4.2).
 *
 * @param code 100 to 599
 * @param lines as they came, without their ends; one or more, a stranger's words
 */
record Reply(int code, List<String> lines) {
  private static final int MAX_QUOTED = 120; // characters
  private static final int HUNDRED = 100;
  private static final int PRELIMINARY = 1;
  private static final int COMPLETED = 2;
  private static final int INTERMEDIATE = 3;

  /** A transfer begins, another answer follows. */
  boolean isPreliminary() {
    return code / HUNDRED == PRELIMINARY;
  }

  /** It is done. */
  boolean isCompleted() {
    return code / HUNDRED == COMPLETED;
  }

  /** It wants to hear more. */
  boolean isIntermediate() {
    return code / HUNDRED == INTERMEDIATE;
  }

  /** For people: the last line in plain characters. */
  @Override
  public String toString() {
    return PlainText.clean(lines.getLast(), MAX_QUOTED);
  }
}
