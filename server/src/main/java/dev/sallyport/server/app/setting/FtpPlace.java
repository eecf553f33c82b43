package dev.sallyport.server.app.setting;

import java.net.URI;
import java.util.List;

import dev.sallyport.protocol.Bytes;

/** An FTP server where agents that can come no other way leave files. */
public sealed interface FtpPlace {

  /** How many links at once. */
  int links();

  /**
   * One of our own.
   *
   * @param port 0 for any free one
   * @param passive ports of transfers, {@code first-last}
   * @param bytes of all files together
   */
  record BuiltIn(int port, String passive, long bytes, int links) implements FtpPlace {}

  /**
   * Somebody else's.
   *
   * @param address with the password
   * @param pins SHA-256 of its certificate, or empty
   */
  record Elsewhere(URI address, List<Bytes> pins, int links) implements FtpPlace {

    /** Keeps a copy of the list. */
    public Elsewhere {
      pins = List.copyOf(pins);
    }

    /** Without user and password. */
    @Override
    public String toString() {
      return address.getScheme() + "://" + address.getHost() + address.getPath();
    }
  }
}
