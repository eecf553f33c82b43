package dev.sallyport.agent.journal;

import dev.sallyport.protocol.Bytes;

/** Where the output of an ended operation lies until the server has it. */
public sealed interface KeptOutput {
  /** Nothing was put out. */
  KeptOutput NONE = new Inline(Bytes.EMPTY);

  /** Small: in the journal itself, in the form of an output log. */
  record Inline(Bytes log) implements KeptOutput {}

  /**
   * In a file of its own.
   *
   * @param file its number
   * @param length how many of its bytes count
   */
  record Spooled(long file, long length) implements KeptOutput {}
}
