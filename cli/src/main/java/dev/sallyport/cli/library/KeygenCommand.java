package dev.sallyport.cli.library;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.util.concurrent.Callable;

import dev.sallyport.cli.ExitCode;
import dev.sallyport.cli.output.Terminal;
import dev.sallyport.protocol.enrol.Ed25519;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Makes a key that signs libraries. */
@Command(name = "keygen", mixinStandardHelpOptions = true, description = "Makes a key that signs libraries, and prints its public half.", footer = {
    "", "Whoever has the file decides what machines load once an owner has trusted the key",
    "(`sallyport library trust`): keep it apart from the server."})
public final class KeygenCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Parameters(index = "0", paramLabel = "FILE", description = "Where to put it; must not be there yet.")
  private Path file = Path.of("");

  public KeygenCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws IOException {
    try {
      terminal.out().println(Ed25519.raw(KeyFile.create(file).getPublic()).base64Url());
      return ExitCode.OK;
    } catch (FileAlreadyExistsException e) {
      throw new IllegalArgumentException(file + " is there already; choose another name", e);
    }
  }
}
