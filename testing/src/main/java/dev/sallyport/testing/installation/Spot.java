package dev.sallyport.testing.installation;

import java.net.URI;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Where a server runs, and how it is reached.
 *
 * @param inside makes a command into one that runs where the server is, in a network namespace for example
 * @param bind address to listen on
 * @param publicAddress what agents are told, {@code host:port}
 * @param uri where the operator finds it
 * @param options more options of the server
 */
public record Spot(UnaryOperator<List<String>> inside, String bind, int port, String publicAddress, URI uri,
    List<String> options) {
  /** On this machine's loopback. */
  static Spot loopback(int port) {
    return new Spot(UnaryOperator.identity(), "127.0.0.1", port, "127.0.0.1:" + port,
        URI.create("https://127.0.0.1:" + port), List.of());
  }
}
