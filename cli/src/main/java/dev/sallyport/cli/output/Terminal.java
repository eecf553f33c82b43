package dev.sallyport.cli.output;

import java.io.InputStream;
import java.io.PrintStream;
import java.util.Map;

import dev.sallyport.cli.api.ApiClient;
import dev.sallyport.cli.config.Profile;
import dev.sallyport.cli.config.ProfileFile;

/** Where a command was called from: its environment and its three streams. */
public record Terminal(Map<String, String> environment, InputStream in, PrintStream out, PrintStream err) {

  public ProfileFile profiles() {
    return new ProfileFile(environment);
  }

  /** A client for the server the operator is logged in to. */
  public ApiClient connect() {
    Profile profile = profiles().load();
    return new ApiClient(profile.server(), profile.trust(), profile.token());
  }

  /** A note for the person, kept apart from what scripts read. */
  public void note(String text) {
    err.println(text);
  }
}
