package dev.sallyport.transport.http;

import dev.sallyport.protocol.PlainText;

/** Says in words what an HTTP status other than 101 means for somebody who wanted to reach a Sallyport server. */
public final class HttpRefusal {
  private static final int MAX_QUOTED = 120; // characters

  private HttpRefusal() {
  }

  /** One clause, with what to do. */
  public static String meaning(HttpAnswer answer) {
    return switch (answer.status()) {
      case 301, 302, 303, 307, 308 ->
        "it sends callers on to \"" + PlainText.clean(answer.header("location"), MAX_QUOTED)
            + "\"; use the server's own address";
      case 400 -> "it did not understand the request; something between may have changed it";
      case 401, 407 -> "a proxy between demands a log-in; allow this address to pass without one";
      case 403 -> "it, or a firewall between, forbids the connection; allow WebSocket to this address";
      case 404 -> "nothing is known there; this is not a Sallyport server, or an older proxy rule answers";
      case 426 -> "something between removed the wish for a WebSocket; let the Upgrade header pass";
      case 429, 503 -> "it is busy or just starting; trying again later is right";
      case 502, 504 -> "the proxy in front of the server cannot reach it; see whether the server runs";
      default -> "this is not how a Sallyport server answers; check host and port";
    };
  }
}
