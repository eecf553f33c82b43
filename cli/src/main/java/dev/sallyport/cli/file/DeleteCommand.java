package dev.sallyport.cli.file;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

import dev.sallyport.cli.ExitCode;
import dev.sallyport.cli.api.ApiClient;
import dev.sallyport.cli.output.Consent;
import dev.sallyport.cli.output.JsonOption;
import dev.sallyport.cli.output.SafeText;
import dev.sallyport.cli.output.Terminal;
import dev.sallyport.protocol.json.JsonObject;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Deletes files. */
@Command(name = "delete", mixinStandardHelpOptions = true, description = "Deletes files from the server; those that a directive still sends are refused.")
public final class DeleteCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Parameters(index = "0..*", arity = "1..*", paramLabel = "FILE", description = "Their names or ids.")
  private List<String> names = List.of();

  @Mixin
  private final Consent consent = new Consent();

  @Mixin
  private final JsonOption json = new JsonOption();

  public DeleteCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws IOException {
    try (ApiClient client = terminal.connect()) {
      var files = new ArrayList<JsonObject>();
      names.forEach(name -> files.add(ServerFiles.one(client, name)));
      consent.require(terminal, "Delete " + SafeText.oneLine(String.join(", ", names)) + " from the server?");
      files.forEach(file -> client.delete(ServerFiles.PATH + "/" + file.string("id")));
      terminal.out().println(json.wanted()
          ? JsonObject.builder().putStrings("deleted", files.stream().map(file -> file.string("id")).toList()).build()
              .text()
          : "Deleted.");
    }
    return ExitCode.OK;
  }
}
