package dev.sallyport.cli.user;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

import dev.sallyport.cli.output.HiddenInput;
import dev.sallyport.cli.output.Terminal;
import picocli.CommandLine.Option;

/** The caller's own password, which the server asks for before it gives anybody more. */
final class OwnPassword {
  @Option(names = "--password-stdin", description = "Read your own password from standard input (one line).")
  private boolean fromInput;

  String read(Terminal terminal) throws IOException {
    if (!fromInput) {
      return HiddenInput.ask("Your own password: ");
    }
    var input = new BufferedReader(new InputStreamReader(terminal.in(), StandardCharsets.UTF_8));
    String line = input.readLine();
    if (line == null) {
      throw new IllegalArgumentException("the input ended before the password");
    }
    return line.strip();
  }
}
