package dev.sallyport.protocol.library;

import dev.sallyport.protocol.ProtocolException;

/** Where a library's code runs. */
public enum Isolation {
  /** In the running agent, in a class loader of its own: quick, but its memory and its time are the agent's. */
  AGENT("agent"),
  /** In a process of its own for each call, with a heap of its own. */
  PROCESS("process");

  static final int MAX_WORD_LENGTH = 16;

  private final String word;

  Isolation(String word) {
    this.word = word;
  }

  /** Returns the word in a manifest. */
  public String word() {
    return word;
  }

  static Isolation ofWord(String word) {
    return switch (word) {
      case "agent" -> AGENT;
      case "process" -> PROCESS;
      default -> throw new ProtocolException("isolation: expected agent or process");
    };
  }
}
