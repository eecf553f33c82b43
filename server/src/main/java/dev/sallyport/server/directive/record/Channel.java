package dev.sallyport.server.directive.record;

import java.util.Arrays;
import java.util.Optional;

import dev.sallyport.protocol.channel.OutputChannel;

/** Which of its two outputs a program wrote to. */
public enum Channel {
  /** Standard output. */
  STDOUT("stdout", 1),
  /** Standard error. */
  STDERR("stderr", 2);

  private final String word;
  private final int number;

  Channel(String word, int number) {
    this.word = word;
    this.number = number;
  }

  /** The word used in the API. */
  public String word() {
    return word;
  }

  int number() {
    return number;
  }

  /** The channel of that word, if there is one. */
  public static Optional<Channel> ofWord(String word) {
    return Arrays.stream(values()).filter(c -> c.word.equals(word)).findFirst();
  }

  /**
   * The channel of an operation's stream.
   *
   * @throws IllegalArgumentException for the result, which is no output
   */
  public static Channel of(OutputChannel channel) {
    return switch (channel) {
      case STDOUT -> STDOUT;
      case STDERR -> STDERR;
      case RESULT -> throw new IllegalArgumentException("a result is no output");
    };
  }

  static Channel ofNumber(int number) {
    return number == STDERR.number ? STDERR : STDOUT;
  }
}
