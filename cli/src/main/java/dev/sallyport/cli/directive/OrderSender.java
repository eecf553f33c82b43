package dev.sallyport.cli.directive;

import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpConnectTimeoutException;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import javax.net.ssl.SSLException;

import dev.sallyport.cli.api.ApiClient;
import dev.sallyport.cli.api.UnreachableException;
import dev.sallyport.cli.output.Terminal;
import dev.sallyport.protocol.json.JsonObject;

/** Gives an order once, however often the connection breaks: repeated under one key it gives one directive. */
final class OrderSender {
  /** How long a server that went away in the middle of an order is tried. */
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

  private final Terminal terminal;
  private final ApiClient client;
  private final String key = UUID.randomUUID().toString();

  OrderSender(Terminal terminal, ApiClient client) {
    this.terminal = terminal;
    this.client = client;
  }

  /** Answers the directive's id; {@link UnreachableException} if the server could not be reached, or stayed away. */
  String give(JsonObject order) {
    Duration pause = FIRST_PAUSE;
    Duration waited = Duration.ZERO;
    while (true) {
      try {
        return client.postOnce("/api/v1/directives", order, key).string("id");
      } catch (UnreachableException e) {
        if (waited.isZero() && !mayHaveArrived(e)) {
          throw e;
        }
        if (waited.compareTo(PATIENCE) > 0) {
          throw new UnreachableException(
              "the connection to the server broke off while the order was given, and nobody knows whether it arrived ("
                  + e.getMessage() + "); `sallyport directive list` tells",
              e);
        }
        if (waited.isZero()) {
          terminal.note("The connection to the server broke off; giving the order again, which does not double it.");
        }
      }
      LockSupport.parkNanos(pause.toNanos());
      waited = waited.plus(pause);
      pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
    }
  }

  private static boolean mayHaveArrived(UnreachableException e) {
    return switch (e.getCause()) {
      case SSLException _,ConnectException _,HttpConnectTimeoutException _ -> false;
      case IOException _ -> true;
      case null, default -> false;
    };
  }
}
