package dev.sallyport.cli.library;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;

import dev.sallyport.cli.ExitCode;
import dev.sallyport.cli.output.Terminal;
import dev.sallyport.protocol.library.LibraryStatement;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Signs a jar. */
@Command(name = "sign", mixinStandardHelpOptions = true, description = "Checks a library's jar and writes its signature beside it (JAR.sig).")
public final class SignCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Parameters(index = "0", paramLabel = "JAR", description = "The library's jar.")
  private Path jar = Path.of("");

  @Option(names = "--key", required = true, paramLabel = "FILE", description = "The key, made by `sallyport library keygen`.")
  private Path key = Path.of("");

  public SignCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws IOException {
    LibraryStatement statement = Jars.statement(jar);
    Path signature = Jars.signature(jar);
    Files.write(signature, statement.sign(KeyFile.read(key)).encode());
    terminal.out().println("signed " + statement.id() + " " + statement.version() + ": " + signature);
    return ExitCode.OK;
  }
}
