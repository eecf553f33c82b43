package dev.sallyport.agent.link;

import java.util.ArrayList;
import java.util.List;

import dev.sallyport.protocol.ProtocolException;
import dev.sallyport.protocol.ServerAddress;

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
      try {
        usable.add(ServerAddress.of(address));
      } catch (ProtocolException _) {
        // a door of a newer server; the others are there for those who do not know it
      }
    }
    if (usable.isEmpty()) {
      throw new ProtocolException("none of the server's addresses is one that this agent can dial");
    }
    return usable;
  }

  /** The same for people: without the passwords that doors with files have. */
  public static List<String> shown(List<String> addresses) {
    var shown = new ArrayList<String>();
    for (String address : addresses) {
      try {
        shown.add(ServerAddress.of(address).toString());
      } catch (ProtocolException _) {
        shown.add("a door of a kind that this agent does not know");
      }
    }
    return shown;
  }
}
