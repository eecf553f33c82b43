package dev.sallyport.gateway;

import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;

import dev.sallyport.protocol.Bytes;

/** A place where agents that can send nothing but files leave them for this gateway (K4). */
public sealed interface FtpExchange {
  /** How many links at once, here. */
  int links();

  /**
   * An FTP server of our own, FTP and explicit FTPS on one port. Its one account can do nothing but this exchange.
   *
   * @param bind where to listen; port 0 lets the system choose
   * @param passive the ports of transfers, as {@code first-last}
   * @param directory what is exchanged lies here, and nothing else: it is emptied when the gateway opens
   * @param user the account's name
   * @param password the account's password, in plain characters
   * @param links how many at once
   * @param bytes of all files together
   */
  record BuiltIn(InetSocketAddress bind, String passive, Path directory, String user, Bytes password, int links,
      long bytes) implements FtpExchange {
    /** Without the password. */
    @Override
    public String toString() {
      return "FTP server on " + bind + " in " + directory;
    }
  }

  /**
   * Somebody else's FTP server, which this gateway and the agents both poll.
   *
   * @param drop {@code ftp} or {@code ftps}, with user, password and directory, as agents have it in their bundle
   * @param pins SHA-256 of certificates to believe besides those that this machine's authorities vouch for
   * @param links how many at once
   */
  record Elsewhere(URI drop, List<Bytes> pins, int links) implements FtpExchange {
    /** Keeps a copy of the list. */
    public Elsewhere {
      pins = List.copyOf(pins);
    }

    /** Without user and password. */
    @Override
    public String toString() {
      return drop.getScheme() + "://" + drop.getHost() + drop.getPath();
    }
  }
}
