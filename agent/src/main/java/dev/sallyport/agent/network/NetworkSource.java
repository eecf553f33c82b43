package dev.sallyport.agent.network;

import java.nio.file.Files;
import java.nio.file.Path;

/** Where a {@link NetworkWatch} looks. Used by one thread at a time. */
interface NetworkSource {
  /**
   * The state now.
   *
   * @param before what the last look found; returned again, at little cost, if nothing has changed since
   */
  NetworkState look(NetworkState before);

  /** The best that this machine's operating system offers. */
  static NetworkSource ofThisMachine() {
    Path root = Path.of("/");
    return Files.isReadable(LinuxNetwork.routes(root)) ? new LinuxNetwork(root) : new InterfacesNetwork();
  }
}
