package dev.sallyport.cli.library;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;

import dev.sallyport.cli.ExitCode;
import dev.sallyport.cli.output.Terminal;
import dev.sallyport.protocol.ProtocolException;
import dev.sallyport.protocol.library.LibraryId;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Writes the beginning of a library. */
@Command(name = "new", mixinStandardHelpOptions = true, description = "Writes a small Maven project that builds a library.")
public final class NewCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Parameters(index = "0", paramLabel = "NAME", description = "The library's name: lower-case words joined by dashes; a directory of this name is made.")
  private String name = "";

  public NewCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws IOException {
    try {
      LibraryId.require("name", name);
    } catch (ProtocolException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
    Path project = Path.of(name);
    if (Files.exists(project)) {
      throw new IllegalArgumentException("there is a " + name + " already; choose another name");
    }
    new Project(name).write(project);
    terminal.out().println("""
        wrote the project %1$s; next:
          cd %1$s && mvn package
          sallyport library keygen ~/library.key      (once; then: sallyport library trust NAME KEY)
          sallyport library sign target/%1$s-1.0.0.jar --key ~/library.key
          sallyport library add target/%1$s-1.0.0.jar
          sallyport library call --on MACHINE %1$s greet Ada""".formatted(name));
    return ExitCode.OK;
  }
}
