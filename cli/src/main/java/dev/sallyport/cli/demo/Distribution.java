package dev.sallyport.cli.demo;

import java.nio.file.Files;
import java.nio.file.Path;

/** Where the programs of this distribution lie. */
record Distribution(Path home) {

  /** The distribution this command runs from; told by its start script. */
  static Distribution here() {
    String home = System.getProperty("sallyport.home", "");
    var distribution = new Distribution(Path.of(home));
    if (home.isEmpty() || !Files.isExecutable(distribution.server())) {
      throw new IllegalArgumentException("the demo needs the whole distribution; start it with the `sallyport` script");
    }
    return distribution;
  }

  Path server() {
    return home.resolve("bin/sallyport-server");
  }

  Path agent() {
    return home.resolve("bin/sallyport-agent");
  }
}
