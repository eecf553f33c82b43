package dev.sallyport.cli.output;

import java.io.Console;
import java.io.IOException;

/** Asks at the terminal for what must not be seen. */
public final class HiddenInput {
  private HiddenInput() {
  }

  /**
   * What was typed.
   *
   * @throws IllegalArgumentException if there is no terminal
   */
  @SuppressWarnings("SystemConsoleNull") // without a terminal it is null or not a terminal, depending on how Java was started
  public static String ask(String question) throws IOException {
    Console console = System.console();
    if (console == null || !console.isTerminal()) {
      throw new IllegalArgumentException("there is no terminal to ask for the password; use --password-stdin");
    }
    char[] typed = console.readPassword("%s", question);
    if (typed == null) {
      throw new IOException("the input ended before the password");
    }
    return new String(typed);
  }
}
