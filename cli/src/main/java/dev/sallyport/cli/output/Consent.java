package dev.sallyport.cli.output;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

import picocli.CommandLine.Option;

/** The question before something that cannot be taken back, and the option that answers it beforehand. */
public final class Consent {
  @Option(names = "--yes", description = "Do it without asking.")
  private boolean given;

  /** Returns if it is given; asks if need be, and {@link IllegalArgumentException} if the answer is anything but yes. */
  public void require(Terminal terminal, String question) throws IOException {
    if (given) {
      return;
    }
    terminal.err().print(question + " [yes/no] ");
    terminal.err().flush();
    String answer = new BufferedReader(new InputStreamReader(terminal.in(), StandardCharsets.UTF_8)).readLine();
    if (answer == null) {
      terminal.note("");
      throw new IllegalArgumentException("the input ended before the answer; give --yes where nobody can be asked");
    }
    if (!answer.strip().equalsIgnoreCase("yes")) {
      throw new IllegalArgumentException("nothing was changed");
    }
  }
}
