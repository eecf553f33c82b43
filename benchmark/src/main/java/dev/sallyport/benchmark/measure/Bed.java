package dev.sallyport.benchmark.measure;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.locks.LockSupport;
import javax.net.ssl.SSLContext;

import dev.sallyport.cli.api.ApiClient;
import dev.sallyport.cli.api.Fields;
import dev.sallyport.protocol.json.JsonArray;
import dev.sallyport.protocol.json.JsonObject;
import dev.sallyport.testing.installation.Installation;

/** A server with its owner, for measurements; and the calls all of them need. */
public final class Bed implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final Duration ANSWER = Duration.ofSeconds(20);
  private static final Duration LOOK_AGAIN = Duration.ofMillis(5);
  private static final int MAX_EXIT_CODE = 255;
  private static final Set<String> WAITING = Set.of("queued", "running");

  private final Installation installation;
  private final ApiClient client;
  private final SSLContext trust;
  private final ConcurrentLinkedDeque<KeptConnection> idle = new ConcurrentLinkedDeque<>();

  Bed(Path directory) throws IOException {
    this(directory, "");
  }

  Bed(Path directory, String javaOptions) throws IOException {
    this.installation = new Installation(directory, javaOptions);
    this.client = installation.client();
    this.trust = installation.trust().context();
  }

  Installation installation() {
    return installation;
  }

  ApiClient client() {
    return client;
  }

  ProcessFacts server() {
    return new ProcessFacts(installation.server().pid());
  }

  /** A token for this many simulated agents, as a bundle. */
  String bundle(int uses) {
    return client.post("/api/v1/enrolment-tokens",
        JsonObject.builder().put("expiresInSeconds", 86_400).put("maxUses", uses).put("approval", "auto").build())
        .string("bundle", 1 << 16);
  }

  /** Ids of all machines that are online, once there are this many. */
  List<String> online(int count) throws IOException {
    Instant end = Instant.now().plus(PATIENCE);
    while (Instant.now().isBefore(end)) {
      List<JsonObject> machines = dev.sallyport.cli.machine.Machines.matching(client, "*", "online");
      if (machines.size() >= count) {
        return machines.stream().map(machine -> machine.string("id")).toList();
      }
      LockSupport.parkNanos(LOOK_AGAIN.toNanos() * 20);
    }
    throw new IOException("fewer than " + count + " machines came online within " + PATIENCE);
  }

  /** Gives a directive; returns its id when it is stored. */
  String give(String action, JsonObject parameters, List<String> machines) {
    return client.post("/api/v1/directives", JsonObject.builder().put("action", action).put("parameters", parameters)
        .put("machines", JsonArray.ofStrings(machines)).build()).string("id");
  }

  /** Runs {@code echo hi} on one machine in one request; returns when output and exit code are here, and right. */
  void echoed(List<String> machine) throws IOException {
    KeptConnection kept = idle.pollFirst();
    KeptConnection connection = kept == null ? connect() : kept;
    JsonObject answer = connection.post(JsonObject.builder().put("action", "shell").put("parameters", echo())
        .put("machines", JsonArray.ofStrings(machine)).build().bytes());
    idle.addFirst(connection);
    JsonObject run = Fields.list(answer, "runs").getFirst();
    List<JsonObject> output = Fields.list(answer, "output");
    boolean right = run.string("state").equals("done") && run.integer("exitCode", 0, MAX_EXIT_CODE) == 0
        && output.size() == 1 && output.getFirst().string("text").equals("hi\n");
    if (!right) {
      throw new IOException("a directive went wrong: " + answer.text());
    }
  }

  private KeptConnection connect() throws IOException {
    return new KeptConnection(trust, installation.uri(), "/api/v1/directives",
        "Authorization: Bearer " + installation.token() + "\r\nPrefer: wait=" + ANSWER.toSeconds() + "\r\n");
  }

  /** Returns when every run has ended, with output and exit code stored; the live events tell. */
  void awaitEnd(String directive) throws IOException {
    client.follow("/api/v1/directives/" + directive + "/events", "", event -> !event.name().equals("end"));
  }

  /** The runs of an ended directive that did not end as done. */
  long notDone(String directive) {
    return Fields.list(client.get("/api/v1/directives/" + directive), "runs").stream()
        .filter(run -> !run.string("state").equals("done")).count();
  }

  static boolean waiting(JsonObject run) {
    return WAITING.contains(run.string("state"));
  }

  static JsonObject echo() {
    return JsonObject.builder().put("command", "echo hi").build();
  }

  @Override
  public void close() throws IOException {
    client.close();
    for (KeptConnection connection : idle) {
      connection.close();
    }
    installation.close();
  }
}
