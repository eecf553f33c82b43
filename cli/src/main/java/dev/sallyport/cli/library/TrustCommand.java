package dev.sallyport.cli.library;

import java.io.IOException;
import java.util.concurrent.Callable;

import dev.sallyport.cli.ExitCode;
import dev.sallyport.cli.api.ApiClient;
import dev.sallyport.cli.output.Consent;
import dev.sallyport.cli.output.SafeText;
import dev.sallyport.cli.output.Terminal;
import dev.sallyport.protocol.json.JsonObject;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Trusts a key. */
@Command(name = "trust", mixinStandardHelpOptions = true, description = "Has machines load what a key signs; for owners.")
public final class TrustCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Parameters(index = "0", paramLabel = "NAME", description = "What to call the key.")
  private String name = "";

  @Parameters(index = "1", paramLabel = "KEY", description = "Its public half, as `sallyport library keygen` printed it.")
  private String key = "";

  @Mixin
  private final Consent consent = new Consent();

  public TrustCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws IOException {
    try (ApiClient client = terminal.connect()) {
      consent.require(terminal, "Whoever has the key " + SafeText.oneLine(name)
          + " can make libraries that run on every machine, with the agent's rights. Trust it?");
      client.post(Libraries.KEYS, JsonObject.builder().put("name", name).put("key", key).build());
      terminal.out().println("Trusted.");
    }
    return ExitCode.OK;
  }
}
