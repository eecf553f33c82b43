package dev.sallyport.cli.library;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;

import dev.sallyport.cli.ExitCode;
import dev.sallyport.cli.api.ApiClient;
import dev.sallyport.cli.output.JsonOption;
import dev.sallyport.cli.output.SafeText;
import dev.sallyport.cli.output.Terminal;
import dev.sallyport.protocol.json.JsonObject;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Gives the server a signed library. */
@Command(name = "add", mixinStandardHelpOptions = true, description = "Gives the server a library: the jar, and JAR.sig beside it.")
public final class AddCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Parameters(index = "0", paramLabel = "JAR", description = "The library's jar, signed by `sallyport library sign`.")
  private Path jar = Path.of("");

  @Mixin
  private final JsonOption json = new JsonOption();

  public AddCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws IOException {
    byte[] content = Jars.read(jar);
    Path signature = Jars.signature(jar);
    if (!Files.isRegularFile(signature)) {
      throw new IllegalArgumentException(
          "there is no " + signature + ": sign the jar with `sallyport library sign " + jar + " --key FILE`");
    }
    byte[] envelope = Files.readAllBytes(signature);
    byte[] body = ByteBuffer.allocate(Integer.BYTES + envelope.length + content.length).putInt(envelope.length)
        .put(envelope).put(content).array();
    try (ApiClient client = terminal.connect()) {
      JsonObject added = client.upload("/api/v1/libraries", body);
      terminal.out().println(json.wanted()
          ? added.text()
          : "added " + SafeText.oneLine(added.string("id")) + " " + SafeText.oneLine(added.string("version")));
    }
    return ExitCode.OK;
  }
}
