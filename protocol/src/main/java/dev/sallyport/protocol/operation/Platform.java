package dev.sallyport.protocol.operation;

import dev.sallyport.protocol.ProtocolException;

/** An operating system family an operation works on. */
public enum Platform {
  /** Any Linux. */
  LINUX("linux"),
  /** Windows 10, Server 2016 or newer. */
  WINDOWS("windows"),
  /** macOS. */
  MACOS("macos");

  private final String word;

  Platform(String word) {
    this.word = word;
  }

  /** Returns the word on the wire. */
  public String word() {
    return word;
  }

  /**
   * Returns the constant with this word.
   *
   * @throws ProtocolException if there is none
   */
  public static Platform ofWord(String word) {
    return switch (word) {
      case "linux" -> LINUX;
      case "windows" -> WINDOWS;
      case "macos" -> MACOS;
      default -> throw new ProtocolException("expected a platform: linux, windows, macos");
    };
  }
}
