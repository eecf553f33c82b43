package dev.sallyport.acceptance.scene;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
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
      .compile("connected to \\S+(?: through (.*?))?(?: by \\S+)? as ([0-9a-f-]{36})");

  private final Installation installation;
  private final Place place;
  private final Map<String, String> environment;
  private Program agent;
  private int directives;

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
    agent = installation.startAgent(place.name(), environment, place::inside);
  }

  String said() throws IOException {
    return agent.said();
  }

  /** How many links it has had. */
  int links() throws IOException {
    return (int) CONNECTED.matcher(said()).results().count();
  }

  void awaitLink(int number) throws IOException {
    Await.until("the agent connected for the " + number + ". time", () -> links() >= number, this::said);
  }

  /**
   * A directive goes to the machine and its output comes back, over a link of this transport and by this route.
   *
   * @param route as the agent's log names it, the empty text for straight ahead
   * @return what the API says about the machine then
   */
  JsonObject obeys(String transport, String route) throws IOException {
    awaitLink(1);
    var last = CONNECTED.matcher(said()).results().toList().getLast();
    String id = last.group(2);
    String words = "hello " + ++directives;
    try (ApiClient client = installation.client()) {
      JsonObject answer = client.post("/api/v1/directives",
          JsonObject.builder().put("action", "shell")
              .put("parameters", JsonObject.builder().put("command", "echo " + words).build())
              .put("machines", JsonArray.ofStrings(List.of(id))).build(),
          ANSWER);
      String state = Fields.list(answer, "runs").getFirst().string("state");
      require("the directive's state", state, "done");
      require("its output", Fields.list(answer, "output").getFirst().string("text"), words + "\n");
      JsonObject machine = client.get("/api/v1/machines/" + id);
      require("the link's transport", machine.string("transport"), transport);
      String taken = CONNECTED.matcher(said()).results().toList().getLast().group(1);
      require("the link's route", taken == null ? "" : taken, route);
      return machine;
    }
  }

  private void require(String what, String found, String expected) throws IOException {
    if (!found.equals(expected)) {
      throw new IOException(what + " is \"" + found + "\", not \"" + expected + "\":\n" + said());
    }
  }
}
