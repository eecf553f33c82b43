package dev.sallyport.server.api;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;

import dev.sallyport.protocol.enrol.EnrolBundle;
import dev.sallyport.protocol.enrol.SignedBundle;
import dev.sallyport.server.access.Grant;
import dev.sallyport.server.access.Role;
import dev.sallyport.server.access.Scope;
import dev.sallyport.server.access.account.Account;
import dev.sallyport.server.access.account.Accounts;
import dev.sallyport.server.access.grant.Grants;
import dev.sallyport.server.app.RunningServer;
import dev.sallyport.server.store.Identifiers;
import dev.sallyport.server.store.Store;
import dev.sallyport.server.time.Window;
import dev.sallyport.testing.agent.OperationScript;
import tools.jackson.databind.JsonNode;

/** A running server with its first owner, operators of every role, and machines. */
final class ApiScene implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final long BETWEEN_LOOKS_NANOS = 2_000_000;
  private static final SecureRandom RANDOM = new SecureRandom();

  private final Path data;
  private final Map<Role, String> tokens = new HashMap<>();
  private final List<LiveMachine> machines = new ArrayList<>();
  private RunningServer server;

  private ApiScene(Path data) throws IOException {
    this.data = data;
    this.server = RunningServer.withOwner(data);
  }

  static ApiScene open(Path directory) throws IOException {
    return new ApiScene(directory.resolve("data"));
  }

  /** Something that may not be so yet. */
  interface Condition {
    boolean holds() throws IOException;
  }

  RunningServer server() {
    return server;
  }

  /** The owner, with a token. */
  Caller owner() {
    return as(Role.OWNER);
  }

  /** Somebody of this role, with a token. */
  Caller as(Role role) {
    String token = tokens.get(role);
    if (token == null) {
      token = newToken(role);
      tokens.put(role, token);
    }
    return new Caller(server, List.of(RunningServer.bearer(token)));
  }

  /** A further token of the owner for this role. Written into the table: the API asks for the password, whose hashing takes its time. */
  String newToken(Role role) {
    return newToken(RunningServer.NAME, role);
  }

  /**
   * A further person, with a token.
   *
   * @param role their own
   * @param granted what they hold besides, as role and scope
   */
  Caller somebody(String name, Role role, String... granted) {
    long now = server.clock.millis();
    var account = new Account(Identifiers.next(now), name, role, true);
    server.bean(Store.class).write(sql -> {
      Accounts.insert(sql, account, "", now);
      return null;
    });
    for (int i = 0; i < granted.length; i += 2) {
      grant(name, granted[i], granted[i + 1], new Window.Always());
    }
    return new Caller(server, List.of(RunningServer.bearer(newToken(name, Role.OWNER))));
  }

  /** Gives somebody a grant; answers its id. */
  String grant(String name, String role, String scope, Window window) {
    var grant = new Grant(Identifiers.next(server.clock.millis()), server.bean(Grants.class).role(role).orElseThrow(),
        Scope.ofWord(scope), window);
    String account = server.bean(Accounts.class).named(name).orElseThrow().id();
    server.bean(Grants.class).add(account, grant, server.clock.millis(), RunningServer.NAME);
    return grant.id();
  }

  private String newToken(String name, Role role) {
    byte[] secret = new byte[32];
    RANDOM.nextBytes(secret);
    String token = "sallyport_" + Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
    long now = server.clock.millis();
    server.bean(Store.class).write(sql -> sql.sql("""
        INSERT INTO api_token (id, account, secret_hash, label, role, created, expires)
        SELECT ?, id, ?, 'test', ?, ?, ? FROM account WHERE name = ?""")
        .params(Identifiers.next(now), sha256(token), role.word(), now, now + Duration.ofDays(30).toMillis(), name)
        .update());
    return token;
  }

  /** Nobody in particular. */
  Caller stranger() {
    return new Caller(server, List.of());
  }

  /** A bundle as an operator gets it. */
  EnrolBundle invite(String terms) throws IOException {
    JsonNode issued = owner().post("/api/v1/enrolment-tokens", terms).good(201);
    return SignedBundle.ofText(issued.get("bundle").stringValue()).delivered();
  }

  /** A machine that is connected and may be given directives. */
  LiveMachine enrol(String name, OperationScript script) throws IOException, InterruptedException {
    return enrol(name, script, "{}");
  }

  /** A machine that comes with a token of these terms. */
  LiveMachine enrol(String name, OperationScript script, String terms) throws IOException, InterruptedException {
    LiveMachine machine = LiveMachine.enrol(server, name, invite(terms), script);
    machines.add(machine);
    String state = terms.contains("manual") ? "pending" : "online";
    await(name + " is " + state, () -> view(machine).path("state").stringValue("").equals(state)
        && view(machine).path("os").stringValue("").equals("FakeOS 1"));
    return machine;
  }

  /** The machine as the API shows it. */
  JsonNode view(LiveMachine machine) throws IOException {
    return owner().get("/api/v1/machines/" + machine.id()).good(200);
  }

  /** The directive as the API shows it. */
  JsonNode directive(String id) throws IOException {
    return owner().get("/api/v1/directives/" + id).good(200);
  }

  /** Gives a directive; answers its id. */
  String give(String order) throws IOException {
    return owner().post("/api/v1/directives", order).good(201).get("id").stringValue();
  }

  /** An order to run a shell command on these machines. */
  static String shell(String command, LiveMachine... machines) {
    return "{\"action\":\"shell\",\"parameters\":{\"command\":\"" + command + "\"},\"machines\":" + ids(machines) + "}";
  }

  /** The machines' ids as a JSON array. */
  static String ids(LiveMachine... machines) {
    return Arrays.stream(machines).map(machine -> '"' + machine.id() + '"')
        .collect(Collectors.joining(",", "[", "]"));
  }

  /** Waits until the directive's only run is in this state; answers the run. */
  JsonNode awaitRun(String directive, String state) throws IOException {
    await("the run is " + state, () -> run(directive).get("state").stringValue().equals(state));
    return run(directive);
  }

  JsonNode run(String directive) throws IOException {
    return directive(directive).get("runs").get(0);
  }

  /** Waits until something is so; fails after a long while. */
  static void await(String what, Condition condition) throws IOException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.holds()) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("waited in vain: " + what);
      }
      LockSupport.parkNanos(BETWEEN_LOOKS_NANOS);
    }
  }

  /** Stops the server and starts it again on the same data; the machines have lost their links. */
  void restart() {
    server.close();
    server = RunningServer.start(data);
  }

  private static byte[] sha256(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.US_ASCII));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    machines.forEach(LiveMachine::close);
    server.close();
  }
}
