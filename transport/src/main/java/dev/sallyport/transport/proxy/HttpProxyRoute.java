package dev.sallyport.transport.proxy;

import java.io.IOException;
import java.security.SecureRandom;
import java.util.List;

import dev.sallyport.protocol.PlainText;
import dev.sallyport.protocol.ProtocolException;
import dev.sallyport.transport.http.HttpAnswer;
import dev.sallyport.transport.proxy.login.Challenge;
import dev.sallyport.transport.proxy.login.LoginExchange;
import dev.sallyport.transport.proxy.login.NegotiateExchange;
import dev.sallyport.transport.proxy.login.Tickets;
import dev.sallyport.transport.socket.Connection;
import dev.sallyport.transport.socket.Deadline;
import dev.sallyport.transport.socket.PlainHttp;
import dev.sallyport.transport.socket.Route;

/**
 * Through an HTTP proxy with CONNECT (RFC 9110 section 9.3.6). The login is shown only when the proxy asks for it, and on a connection of
 * its own, since many proxies close the one on which they asked.
 */
final class HttpProxyRoute implements Route {
  private static final String CONNECT = "CONNECT";

  private final ProxyAddress proxy;
  private final Tickets tickets;
  private final SecureRandom random = new SecureRandom();

  HttpProxyRoute(ProxyAddress proxy, Tickets tickets) {
    this.proxy = proxy;
    this.tickets = tickets;
  }

  @Override
  public String describe() {
    return proxy.describe();
  }

  @Override
  public PlainHttp plainHttp(String host, int port) {
    return new ForwardedHttp(this, proxy, ProxyAddress.place(host, port));
  }

  @Override
  public Connection open(String host, int port, Deadline deadline) throws IOException {
    String target = ProxyAddress.place(host, port);
    HttpProxyTalk first = HttpProxyTalk.open(proxy, deadline);
    HttpAnswer answer = first.ask(target, "");
    if (answer.status() != HttpStatus.LOGIN_WANTED) {
      return usable(first, answer, target);
    }
    first.close();
    LoginExchange login = begin(answer.header("proxy-authenticate"));
    HttpProxyTalk second = HttpProxyTalk.open(proxy, deadline);
    answer = second.ask(target, login.credentials(CONNECT, target));
    while (answer.status() == HttpStatus.LOGIN_WANTED) {
      answer = nextStep(second, login, answer, target);
    }
    return usable(second, answer, target);
  }

  /**
   * Begins the log-in that a proxy asks for: with Kerberos where it is offered and there is a ticket, else with user and password.
   *
   * @throws IOException if there is none to show, or none of a kind that is known
   */
  LoginExchange begin(String proxyAuthenticate) throws IOException {
    List<Challenge> offered = Challenge.parse(proxyAuthenticate);
    if (!NegotiateExchange.isAmong(offered)) {
      return withPassword(offered);
    }
    try {
      return NegotiateExchange.begin(tickets, proxy.host());
    } catch (IOException noTicket) {
      try {
        return withPassword(offered);
      } catch (IOException e) {
        noTicket.addSuppressed(e);
        throw new UnusableProxyException(describe() + " asks for Kerberos, and " + noTicket.getMessage()
            + (offered.size() == 1 ? "" : "; without: " + e.getMessage()), noTicket);
      }
    }
  }

  private LoginExchange withPassword(List<Challenge> offered) throws IOException {
    String ways = PlainText.clean(String.join(", ", offered.stream().map(Challenge::scheme).toList()),
        HttpProxyTalk.MAX_QUOTED);
    if (!proxy.login().isGiven()) {
      throw new IOException(describe() + " demands a log-in (" + ways
          + "); give it user and password: http://user:password@" + ProxyAddress.place(proxy.host(), proxy.port()));
    }
    return proxy.login().begin(offered, random)
        .orElseThrow(() -> new IOException(describe() + " accepts only log-ins that this agent does not know (" + ways
            + "); let it accept Kerberos, NTLM, Digest or Basic, or let this server pass without"));
  }

  /** @throws IOException if what the proxy asks once more means that it refuses the log-in */
  void requireStep(LoginExchange login, String proxyAuthenticate) throws IOException {
    try {
      if (!login.continues(Challenge.parse(proxyAuthenticate))) {
        throw login.showsPassword()
            ? new LoginRefusedException(describe())
            : new UnusableProxyException(
                describe() + " does not accept the Kerberos ticket of this account; compare the"
                    + " clocks, and the key that the proxy has for HTTP/" + proxy.host());
      }
    } catch (ProtocolException e) {
      throw new IOException(describe() + " asks for a log-in in a way that nobody understands: " + e.getMessage(), e);
    }
  }

  private HttpAnswer nextStep(HttpProxyTalk talk, LoginExchange login, HttpAnswer answer, String target)
      throws IOException {
    try {
      requireStep(login, answer.header("proxy-authenticate"));
      talk.skipBody(answer, target);
      return talk.ask(target, login.credentials(CONNECT, target));
    } catch (IOException e) {
      talk.close();
      throw e;
    }
  }

  private Connection usable(HttpProxyTalk talk, HttpAnswer answer, String target) throws IOException {
    boolean success = HttpStatus.isSuccess(answer.status());
    if (success && !talk.moreCame()) {
      return talk.connection();
    }
    talk.close();
    throw new IOException(describe() + (success
        ? " said more than that the connection is there; it is no proxy, or one that speaks for the server"
        : HttpStatus.refusal(answer.status(), target)));
  }
}
