package dev.sallyport.transport.proxy.login;

import java.io.IOException;
import java.util.List;

/** One log-in at one proxy, over as many requests as it takes; not for several threads. */
public sealed interface LoginExchange permits BasicExchange, DigestExchange, NegotiateExchange, NtlmExchange {
  /**
   * The value of {@code Proxy-Authorization} for the next request.
   *
   * @param target as it stands in the request line
   * @return empty if this connection needs none any more
   */
  String credentials(String method, String target);

  /**
   * The proxy asked once more.
   *
   * @param offered what it says now
   * @return whether that is a step of the log-in, so that the request is to be sent again; if not, it was refused
   * @throws dev.sallyport.protocol.ProtocolException if what it says is no such step
   * @throws IOException if there is nothing left to show
   */
  boolean continues(List<Challenge> offered) throws IOException;

  /** The proxy let a request pass. */
  void passed();

  /**
   * The next request goes over a new connection.
   *
   * @throws IOException if there is nothing left to show on it
   */
  void reconnected() throws IOException;

  /** Whether what is shown proves the password, so that showing a wrong one again could lock an account. */
  default boolean showsPassword() {
    return true;
  }
}
