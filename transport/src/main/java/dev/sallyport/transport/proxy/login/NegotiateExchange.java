package dev.sallyport.transport.proxy.login;

import java.io.IOException;
import java.util.List;

/** Kerberos within SPNEGO (RFC 4559): one token logs a connection in; nothing more is shown on it. */
public final class NegotiateExchange implements LoginExchange {
  private static final String SCHEME = "negotiate";

  private final Tickets tickets;
  private final String host;

  /** What is shown next; empty once it was. */
  private String token;
  private boolean passed;

  private NegotiateExchange(Tickets tickets, String host, String token) {
    this.tickets = tickets;
    this.host = host;
    this.token = token;
  }

  /** Whether a proxy offers it. What it says beside the scheme is of no use before it has seen a token. */
  public static boolean isAmong(List<Challenge> offered) {
    return offered.stream().anyMatch(challenge -> challenge.scheme().equals(SCHEME));
  }

  /**
   * Begins a log-in.
   *
   * @param host name of the proxy
   * @throws IOException if there is no ticket for it, as {@link Tickets#token} says
   */
  public static LoginExchange begin(Tickets tickets, String host) throws IOException {
    return new NegotiateExchange(tickets, host, tickets.token(host));
  }

  @Override
  public String credentials(String method, String target) {
    String shown = token.isEmpty() ? "" : "Negotiate " + token;
    token = "";
    return shown;
  }

  /** After a token there is nothing more to say, except to a proxy that let a request pass and forgot the connection. */
  @Override
  public boolean continues(List<Challenge> offered) throws IOException {
    if (!passed || !isAmong(offered)) {
      return false;
    }
    reconnected();
    return true;
  }

  @Override
  public void passed() {
    passed = true;
  }

  @Override
  public void reconnected() throws IOException {
    passed = false;
    if (token.isEmpty()) {
      token = tickets.token(host);
    }
  }

  @Override
  public boolean showsPassword() {
    return false;
  }
}
