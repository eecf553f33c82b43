package dev.sallyport.cli.login;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;

import dev.sallyport.cli.ExitCode;
import dev.sallyport.cli.api.ApiClient;
import dev.sallyport.cli.api.CertificateProbe;
import dev.sallyport.cli.api.Trust;
import dev.sallyport.cli.api.UnreachableException;
import dev.sallyport.cli.config.Profile;
import dev.sallyport.cli.config.ProfileFile;
import dev.sallyport.cli.output.HiddenInput;
import dev.sallyport.cli.output.JsonOption;
import dev.sallyport.cli.output.Terminal;
import dev.sallyport.protocol.json.JsonObject;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Exchanges name and password for a token and remembers it; the password is kept nowhere. */
@Command(name = "login", mixinStandardHelpOptions = true, description = "Logs in to a server and remembers it.", footer = {
    "",
    "A server with a certificate of its own making is pinned: its fingerprint is shown and asked for",
    "once (compare it with the line the server printed), and any other certificate is refused from then on."})
public final class LoginCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Parameters(index = "0", paramLabel = "SERVER", description = "Address of the server: https://HOST[:PORT].")
  private String server = "";

  @Option(names = {"-u", "--user"}, paramLabel = "NAME", description = "Account name; asked for when missing.")
  private @Nullable String user;

  @Option(names = "--password-stdin", description = "Read the password from standard input (one line).")
  private boolean passwordFromInput;

  @Option(names = "--pin", paramLabel = "SHA256", description = "Trust only the certificate with this SHA-256 fingerprint.")
  private @Nullable String pin;

  @Option(names = "--label", paramLabel = "TEXT", defaultValue = "command line", description = "How the token is called in lists (default: ${DEFAULT-VALUE}).")
  private String label = "";

  @Mixin
  private final JsonOption json = new JsonOption();

  public LoginCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws IOException {
    URI address = ProfileFile.uri(server.strip());
    Trust trust = trust(address);
    String name = user == null ? ask("User name: ") : user;
    String password = passwordFromInput ? line() : HiddenInput.ask("Password: ");
    try (var client = new ApiClient(address, trust, "")) {
      JsonObject answer = client.post("/api/v1/tokens",
          JsonObject.builder().put("name", name).put("password", password).put("label", label).build());
      terminal.profiles().save(new Profile(address, trust, answer.string("token")));
      if (json.wanted()) {
        terminal.out().println(JsonObject.builder().put("server", address.toString()).put("user", name)
            .put("expires", answer.string("expires")).build().text());
      } else {
        terminal.out()
            .println("Logged in to " + address + " as " + name + "; the log-in ends " + answer.string("expires") + ".");
      }
    }
    return ExitCode.OK;
  }

  private Trust trust(URI address) throws IOException {
    if (pin != null) {
      return new Trust.Pinned(pin);
    }
    try (var client = new ApiClient(address, new Trust.Authorities(), "")) {
      client.get("/api/v1/health");
      return new Trust.Authorities();
    } catch (UnreachableException e) {
      if (!(e.getCause() instanceof javax.net.ssl.SSLException)) {
        throw e;
      }
    }
    String fingerprint = CertificateProbe.fingerprint(address);
    terminal.note("The certificate of " + address + " is not signed by a known authority. Its fingerprint is");
    terminal.note("  sha256:" + fingerprint);
    if (!ask("Is that the one the server printed? [yes/no] ").equalsIgnoreCase("yes")) {
      throw new IllegalArgumentException("not trusted; to go on without the question: --pin sha256:" + fingerprint);
    }
    return new Trust.Pinned(fingerprint);
  }

  private String ask(String question) throws IOException {
    terminal.err().print(question);
    terminal.err().flush();
    return line();
  }

  private @Nullable BufferedReader input;

  private String line() throws IOException {
    if (input == null) {
      input = new BufferedReader(new InputStreamReader(terminal.in(), StandardCharsets.UTF_8));
    }
    String line = input.readLine();
    if (line == null) {
      terminal.note("");
      throw new IllegalArgumentException(
          "the input ended before the answer; give --user, --pin and --password-stdin where "
              + "nobody can be asked");
    }
    return line.strip();
  }
}
