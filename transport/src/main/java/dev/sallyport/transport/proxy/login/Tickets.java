package dev.sallyport.transport.proxy.login;

import java.io.IOException;

/** Proof, from the operating system's Kerberos, of who this account is (RFC 4559). */
@FunctionalInterface
public interface Tickets {
  /** For a program that has none. */
  Tickets NONE = host -> {
    throw new IOException("this program has no tickets to show");
  };

  /**
   * Makes a token for one connection; none is of use for a second.
   *
   * @param host name of the proxy, whose service is {@code HTTP@host}
   * @return an initial SPNEGO token in Base 64; secret as long as the connection was not made
   * @throws IOException if there is no ticket for this proxy; the message says why and what to do, to go on after "it asks for Kerberos, and"
   */
  String token(String host) throws IOException;
}
