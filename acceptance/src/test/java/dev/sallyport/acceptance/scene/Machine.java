package dev.sallyport.acceptance.scene;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

import dev.sallyport.cli.api.ApiClient;
import dev.sallyport.cli.api.Fields;
import dev.sallyport.protocol.json.JsonArray;
import dev.sallyport.protocol.json.JsonObject;
import dev.sallyport.testing.installation.Installation;
import dev.sallyport.testing.installation.Program;

/** A managed machine: the packaged agent in a place of the scene. */
final class Machine {
  private static final Duration ANSWER = Duration.ofSeconds(20);
  private static final Pattern CONNECTED = Pattern
      .compile("connected to \\S+(?: through (.*?))?(?: by (\\S+))? as ([0-9a-f-]{36})");

  private static final int ROUTE = 1;
  private static final int TRANSPORT = 2;
  private static final int ID = 3;

  /** The agent's log names all transports but the usual one. */
  private static final String BEST = "websocket";
  private static final Pattern DOOR = Pattern.compile("connected to (\\S+) ");

  private final Installation installation;
  private final Place place;
  private final Map<String, String> environment;
  private Program agent;
  private int directives;
  private int linksSeen;

  private Machine(Installation installation, Place place, Map<String, String> environment) throws IOException {
    this.installation = installation;
    this.place = place;
    this.environment = environment;
    this.agent = installation.addAgent(place.name(), environment, place::inside);
  }

  /** Enrols the machine over the scene's network, as its owner would, and starts its agent. */
  static Machine enrol(Installation installation, Place place, Map<String, String> environment) throws IOException {
    return new Machine(installation, place, environment);
  }

  /** Stops the agent and starts it again; what it says counts from there. */
  void restart() throws IOException {
    agent.stop();
    linksSeen = 0;
    agent = installation.startAgent(place.name(), environment, place::inside);
  }

  String said() throws IOException {
    return agent.said();
  }

  /** How many links it has had. */
  private int links() throws IOException {
    return (int) CONNECTED.matcher(said()).results().count();
  }

  /** Whether there was another link since it obeyed for the last time. */
  boolean hasAnotherLink() throws IOException {
    return links() > linksSeen;
  }

  /** What it said when it connected for the last time. */
  private MatchResult last() throws IOException {
    return CONNECTED.matcher(said()).results().toList().getLast();
  }

  private boolean cameBy(String transport, String route) throws IOException {
    if (links() == 0) {
      return false;
    }
    MatchResult last = last();
    return route.equals(Objects.requireNonNullElse(last.group(ROUTE), ""))
        && transport.equals(Objects.requireNonNullElse(last.group(TRANSPORT), BEST));
  }

  /** Waits for a link that was not there when it obeyed for the last time. */
  void awaitAnotherLink() throws IOException {
    Await.until("the agent connected again", this::hasAnotherLink, this::said);
  }

  /**
   * A directive goes to the machine and its output comes back, over a link of this transport and by this route. That is where the agent must
   * end up by itself: on a bad day, when the best way loses three packets in a row for example, its first link may be another.
   *
   * @param route as the agent's log names it, the empty text for straight ahead
   * @return what the API says about the machine then
   */
  JsonObject obeys(String transport, String route) throws IOException {
    Await.until("the agent came by " + transport + (route.isEmpty() ? "" : " through " + route),
        () -> cameBy(transport, route), this::said);
    linksSeen = links();
    echoes("hello " + ++directives);
    try (ApiClient client = installation.client()) {
      JsonObject machine = client.get("/api/v1/machines/" + last().group(ID));
      require("the link's transport", machine.string("transport"), transport);
      return machine;
    }
  }

  /** The door it came in by last, as its log names it. */
  void requireDoor(String door) throws IOException {
    var last = DOOR.matcher(said()).results().toList().getLast();
    require("the door", last.group(1), door);
  }

  /** These words go to the machine with a directive, and come back as its output, however many they are. */
  void echoes(String words) throws IOException {
    try (ApiClient client = installation.client()) {
      JsonObject answer = client.post("/api/v1/directives",
          JsonObject.builder().put("action", "shell")
              .put("parameters", JsonObject.builder().put("command", "echo " + words).build())
              .put("machines", JsonArray.ofStrings(List.of(last().group(ID)))).build(),
          ANSWER);
      require("the directive's state", Fields.list(answer, "runs").getFirst().string("state"), "done");
      var output = new StringBuilder();
      for (JsonObject piece : Fields.list(answer, "output")) {
        output.append(piece.string("text", 2 * words.length()));
      }
      require("its output", output.toString(), words + "\n");
    }
  }

  /** Gives the agent, which goes on running, another proxy. */
  void proxy(String url) throws IOException {
    Command.feed(url + "\n",
        place.inside(List.of(installation.home().resolve("bin/sallyport-agent").toString(), "proxy",
            "set", "--state", installation.directory().resolve(place.name()).toString())));
  }

  private void require(String what, String found, String expected) throws IOException {
    if (!found.equals(expected)) {
      throw new IOException(what + " is \"" + found + "\", not \"" + expected + "\":\n" + said());
    }
  }
}
