package dev.sallyport.cli.directive;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

import dev.sallyport.cli.api.ApiClient;
import dev.sallyport.cli.api.ServerEvent;
import dev.sallyport.cli.api.UnreachableException;
import dev.sallyport.cli.output.Terminal;
import dev.sallyport.protocol.json.Json;
import dev.sallyport.protocol.json.JsonLimits;
import dev.sallyport.protocol.json.JsonObject;

/** Follows one directive to its end, through cut connections and restarts of the server: events resume where they broke off. */
final class Follower {
  /** The directive goes on without us, so there is time to wait for a server that restarts. */
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

  private final Terminal terminal;
  private final ApiClient client;
  private final Output output;

  private boolean ended;
  private String lastEventId = "";
  private boolean progressed;

  /** Takes the output as it comes. */
  interface Output {
    void chunk(JsonObject event);
  }

  Follower(Terminal terminal, ApiClient client, Output output) {
    this.terminal = terminal;
    this.client = client;
    this.output = output;
  }

  /** Returns when every run has ended; {@link UnreachableException} when the server stays away too long. */
  void follow(String directive) {
    Duration pause = FIRST_PAUSE;
    Duration waited = Duration.ZERO;
    while (!ended) {
      progressed = false;
      Exception cut;
      try {
        lastEventId = client.follow(Directive.path(directive) + "/events", lastEventId, this::take);
        cut = new IOException("the server ended the connection");
      } catch (IOException | UnreachableException e) {
        cut = e;
      }
      if (progressed) {
        pause = FIRST_PAUSE;
        waited = Duration.ZERO;
      }
      if (!ended) {
        if (waited.compareTo(PATIENCE) > 0) {
          throw new UnreachableException("the connection to the server broke off (" + cut.getMessage()
              + "); the directive goes on: `sallyport directive show " + directive + "` tells how it ended", cut);
        }
        if (waited.isZero() && !progressed) {
          terminal.note("The connection to the server broke off; trying again.");
        }
        LockSupport.parkNanos(pause.toNanos());
        waited = waited.plus(pause);
        pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
      }
    }
  }

  private boolean take(ServerEvent event) {
    progressed = true;
    if (!event.id().isEmpty()) {
      lastEventId = event.id();
    }
    switch (event.name()) {
      case "output" -> output.chunk(
          (JsonObject) Json.parse(event.data().getBytes(java.nio.charset.StandardCharsets.UTF_8), JsonLimits.DEFAULT));
      case "end" -> ended = true;
      default -> {
        // States of single runs are read once, at the end; events of later versions are none of ours.
      }
    }
    return !ended;
  }
}
