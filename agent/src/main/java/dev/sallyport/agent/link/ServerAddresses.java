package dev.sallyport.agent.link;

import java.util.ArrayList;
import java.util.List;

import dev.sallyport.protocol.ProtocolException;
import dev.sallyport.transport.ServerAddress;

/** Of the addresses a server gave, those this agent can dial. */
public final class ServerAddresses {
  private ServerAddresses() {
  }

  /**
   * @throws ProtocolException if there is none
   */
  public static List<ServerAddress> usable(List<String> addresses) {
    var usable = new ArrayList<ServerAddress>();
    for (String address : addresses) {
      if (address.startsWith("wss:")) {
        usable.add(ServerAddress.of(address));
      }
    }
    if (usable.isEmpty()) {
      throw new ProtocolException(
          "none of the server's addresses " + addresses + " begins with wss://, which is all this agent can dial");
    }
    return usable;
  }
}
