package dev.sallyport.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.sallyport.protocol.json.Json;
import dev.sallyport.protocol.json.JsonObject;
import dev.sallyport.server.access.Open;
import dev.sallyport.server.access.Reach;
import dev.sallyport.server.access.Requires;
import dev.sallyport.server.access.Role;
import dev.sallyport.server.api.EventReader.Event;
import dev.sallyport.server.time.Window;
import dev.sallyport.testing.agent.Answer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import tools.jackson.databind.JsonNode;

/**
 * Who may see and do what, by role × class × path × machine, over HTTP: somebody whose grant reaches one machine of two walks all routes. A
 * route that tells of machines and is not known here fails the test.
 */
@Timeout(value = 5, unit = TimeUnit.MINUTES) // so that an answer that never comes is a failure
class GrantMatrixTest {
  private static final Pattern VARIABLE = Pattern.compile("\\{\\*?([a-z]+)}");
  private static final Map<String, String> PARAMETERS = Map.of("shell", "{\"command\":\"x\"}", "message-user",
      "{\"text\":\"x\"}", "file-properties", "{\"path\":\"/x\"}");
  private static final String SECRET = "only-of-the-hidden-one";

  @TempDir
  static Path directory;
  private static ApiScene scene;
  private static LiveMachine seen;
  private static LiveMachine hidden;
  private static String seenDirective;
  private static String hiddenDirective;
  private static String bothDirective;
  private static String hiddenSchedule;
  private static Caller wanda;

  @BeforeAll
  static void start() throws Exception {
    scene = ApiScene.open(directory);
    seen = scene.enrol("web-seen", (_, _) -> Answer.printed("of the seen one\n"));
    hidden = scene.enrol("db-hidden", (_, _) -> Answer.printed(SECRET + "\n"));
    tag(seen, "web");
    seenDirective = give(ApiScene.shell("one", seen));
    hiddenDirective = give(ApiScene.shell("two", hidden));
    bothDirective = give(ApiScene.shell("three", seen, hidden));
    hiddenSchedule = scene.owner().post("/api/v1/schedules", schedule("hidden", ApiScene.shell("x", hidden))).good(201)
        .get("id").stringValue();
    wanda = scene.somebody("wanda", Role.NONE, "technician", "tag:web");
  }

  @AfterAll
  static void stop() {
    scene.close();
  }

  @Test
  @DisplayName("T23 every reading route shows the machines of a grant and nothing of the others")
  void readingRoutesKeepToTheGrant() throws Exception {
    Map<String, List<String>> known = Map.of("id", List.of(hidden.id(), hiddenDirective, hiddenSchedule),
        "machine", List.of(hidden.id()), "section", List.of("software"));
    var walked = new TreeSet<String>();
    for (var route : routes().entrySet()) {
      if (!route.getKey().startsWith("GET ") || reach(route.getValue()) != Reach.MACHINES
          || route.getKey().endsWith("/events")) {
        continue;
      }
      for (String path : filled(route.getKey().substring(4), known)) {
        Reply reply = wanda.get(path);
        boolean list = !route.getKey().contains("{");
        assertThat(reply.status()).as(path).isIn(list ? Set.of(200) : Set.of(400, 404));
        assertThat(reply.body()).as(path).doesNotContain(SECRET, "db-hidden", hiddenDirective);
        if (list) {
          assertThat(reply.body()).as(path).doesNotContain(hidden.id());
        }
        walked.add(route.getKey());
      }
    }
    assertThat(walked).as("a route that tells of machines is walked here").contains("GET /api/v1/machines",
        "GET /api/v1/machines/{id}", "GET /api/v1/directives", "GET /api/v1/directives/{id}", "GET /api/v1/queue",
        "GET /api/v1/directives/{id}/runs/{machine}/output", "GET /api/v1/machines/{id}/inventory",
        "GET /api/v1/inventory/software", "GET /api/v1/files", "GET /api/v1/schedules");
  }

  @Test
  @DisplayName("T23 a route that does not say it keeps to machines is closed to whoever holds its class for some")
  void allOtherRoutesNeedTheClassForEverything() throws Exception {
    for (var route : routes().entrySet()) {
      if (reach(route.getValue()) == Reach.EVERYTHING) {
        String method = route.getKey().substring(0, route.getKey().indexOf(' '));
        String path = VARIABLE.matcher(route.getKey().substring(method.length() + 1)).replaceAll(seen.id());
        String body = method.equals("GET") || method.equals("DELETE") ? "" : "{}";
        assertThat(wanda.request(method, path, body, "Content-Type: application/json").status()).as(route.getKey())
            .isEqualTo(403);
      }
    }
  }

  @Test
  @DisplayName("T23 a directive of several machines shows a grant's own, in view, counts, output and events")
  void sharedDirectivesShowTheirVisibleHalf() throws Exception {
    JsonNode view = wanda.get("/api/v1/directives/" + bothDirective).good(200);
    assertThat(view.get("runs")).hasSize(1);
    assertThat(view.get("runs").get(0).get("machine").stringValue()).isEqualTo(seen.id());
    assertThat(view.get("counts").get("done").intValue()).isEqualTo(1);
    assertThat(wanda.get("/api/v1/directives/" + bothDirective + "/runs/" + seen.id() + "/output").body())
        .isEqualTo("of the seen one\n");
    JsonNode listed = wanda.get("/api/v1/directives").good(200).get("directives");
    assertThat(listed.valueStream().map(each -> each.get("id").stringValue())).contains(seenDirective, bothDirective)
        .doesNotContain(hiddenDirective);
    try (EventReader events = wanda.events("/api/v1/directives/" + bothDirective + "/events")) {
      for (Event event : events.toEnd()) {
        assertThat(String.valueOf(event.data())).doesNotContain(SECRET, hidden.id());
      }
    }
    assertThat(wanda.get("/api/v1/directives/" + hiddenDirective + "/events").status()).isEqualTo(404);
  }

  @Test
  @DisplayName("T23 changing routes find a hidden machine missing, whatever way it is named")
  void changesKeepToTheGrant() throws Exception {
    for (String path : List.of("/api/v1/machines/" + hidden.id() + "/queue/cancel",
        "/api/v1/directives/" + hiddenDirective + "/cancel", "/api/v1/schedules/" + hiddenSchedule + "/run-now",
        "/api/v1/directives/" + bothDirective + "/runs/" + hidden.id() + "/cancel")) {
      wanda.post(path, "").refused(404, "not-found");
    }
    wanda.post("/api/v1/directives/" + bothDirective + "/cancel", "").refused(403, "forbidden");
    wanda.post("/api/v1/machines/" + seen.id() + "/revoke", "").refused(403, "forbidden");
    wanda.request("DELETE", "/api/v1/schedules/" + hiddenSchedule, "").refused(404, "not-found");
    wanda.post("/api/v1/directives", ApiScene.shell("x", hidden)).refusedField("machines[0]");
    wanda.post("/api/v1/directives", ApiScene.shell("x", seen, hidden)).refusedField("machines[1]");
    wanda.post("/api/v1/directives", "{\"action\":\"shell\",\"parameters\":{\"command\":\"x\"},\"name\":\"db-*\"}")
        .refusedField("name");
    JsonNode all = wanda.post("/api/v1/directives",
        "{\"action\":\"shell\",\"parameters\":{\"command\":\"x\"},\"name\":\"*\"}").good(201);
    String id = all.get("id").stringValue();
    ApiScene.await("it has run", () -> scene.directive(id).get("counts").has("done"));
    assertThat(scene.directive(id).get("runs")).as("a pattern means the machines of the grant").hasSize(1);
  }

  @Test
  @DisplayName("T23 role × class × machine: a grant gives the role's classes on its machines and none elsewhere")
  void rolesMeetMachines() throws Exception {
    for (Role role : Role.builtIn()) {
      Caller caller = scene.somebody("gr-" + role, Role.VIEWER, role.word(), "machine:" + seen.id());
      for (String action : List.of("shell", "message-user", "file-properties")) {
        String parameters = PARAMETERS.getOrDefault(action, "");
        for (LiveMachine machine : List.of(seen, hidden)) {
          JsonNode described = scene.owner().get("/api/v1/actions").good(200).get("actions").valueStream()
              .filter(each -> each.get("name").stringValue().equals(action)).findFirst().orElseThrow();
          String needed = described.get("class").stringValue();
          boolean may = machine == seen && role.classes().stream().anyMatch(each -> each.word().equals(needed));
          int status = caller.post("/api/v1/directives",
              "{\"action\":\"" + action + "\",\"machines\":" + ApiScene.ids(machine) + ",\"parameters\":" + parameters
                  + "}")
              .status();
          assertThat(status == 403).as("%s: %s on %s", role, action, machine == seen ? "its machine" : "another")
              .isEqualTo(!may && !Role.VIEWER.classes().stream().anyMatch(each -> each.word().equals(needed)));
        }
      }
    }
  }

  @Test
  @DisplayName("T10 T23 a token is never more than its account is now")
  void tokensFollowTheirAccount() throws Exception {
    Caller passing = scene.somebody("passing", Role.VIEWER);
    passing.post("/api/v1/directives", ApiScene.shell("x", seen)).refused(403, "forbidden");
    String grant = scene.grant("passing", "technician", "tag:web", new Window.Always());
    passing.post("/api/v1/directives", ApiScene.shell("x", seen)).good(201);
    passing.post("/api/v1/directives", ApiScene.shell("x", hidden)).refused(403, "forbidden");
    scene.owner().request("DELETE", "/api/v1/users/passing/grants/" + grant, "");
    passing.post("/api/v1/directives", ApiScene.shell("x", seen)).refused(403, "forbidden");
  }

  @Test
  @DisplayName("T23 rights follow a machine's tags, and a grant's hours")
  void rightsFollowTagsAndHours() throws Exception {
    LiveMachine moved = scene.enrol("moved", (_, _) -> Answer.printed("x"));
    wanda.get("/api/v1/machines/" + moved.id()).refused(404, "not-found");
    tag(moved, "web");
    wanda.get("/api/v1/machines/" + moved.id()).good(200);
    tag(moved, "other");
    wanda.get("/api/v1/machines/" + moved.id()).refused(404, "not-found");

    // The scene's clock stands at 08:00 UTC.
    Caller early = scene.somebody("early", Role.NONE);
    scene.grant("early", "viewer", "tag:web", window("06:00", "07:00"));
    early.get("/api/v1/machines").refused(403, "forbidden");
    scene.grant("early", "viewer", "tag:web", window("07:30", "08:30"));
    early.get("/api/v1/machines/" + seen.id()).good(200);
  }

  @Test
  @DisplayName("T45 what a grant opened is closed when it is taken away, and what waits is not handed over")
  void takenRightsAreGone() throws Exception {
    LiveMachine away = scene.enrol("away", (_, _) -> Answer.printed("never"));
    away.cut();
    ApiScene.await("it is away", () -> scene.view(away).get("state").stringValue().equals("offline"));
    Caller leaver = scene.somebody("leaver", Role.NONE);
    String grant = scene.grant("leaver", "technician", "machine:" + away.id(), new Window.Always());
    String waiting = leaver.post("/api/v1/directives", ApiScene.shell("late", away)).good(201).get("id").stringValue();
    String held = leaver.post("/api/v1/directives", ApiScene.shell("late", away).replaceFirst("}$",
        ",\"batch\":{\"concurrency\":1}}")).good(201).get("id").stringValue();
    try (EventReader all = leaver.events("/api/v1/events");
        EventReader one = leaver.events("/api/v1/directives/" + waiting + "/events")) {
      one.next();
      assertThat(scene.owner().request("DELETE", "/api/v1/users/leaver/grants/" + grant, "").status()).isEqualTo(204);
      assertThat(all.cut()).isTrue();
      assertThat(one.cut()).isTrue();
    }
    leaver.get("/api/v1/machines").refused(403, "forbidden");
    away.connect(scene.server(), (_, _) -> Answer.printed("must not run"));
    for (String id : List.of(waiting, held)) {
      assertThat(scene.awaitRun(id, "cancelled").get("reason").stringValue()).contains("may not do this");
    }
  }

  @Test
  @DisplayName("T23 a schedule gives its order by the rights its account has at that time")
  void schedulesFireWithTheRightsOfThen() throws Exception {
    Caller planner = scene.somebody("planner", Role.NONE, "technician", "tag:web");
    String order = "{\"action\":\"shell\",\"parameters\":{\"command\":\"x\"},\"name\":\"*\"}";
    String id = planner.post("/api/v1/schedules", schedule("planned", order)).good(201).get("id").stringValue();
    String given = planner.post("/api/v1/schedules/" + id + "/run-now", "").good(201).get("directive").stringValue();
    assertThat(scene.directive(given).get("runs").valueStream().map(run -> run.get("machine").stringValue()))
        .contains(seen.id()).doesNotContain(hidden.id());
    wanda.get("/api/v1/schedules/" + id).refused(404, "not-found");
  }

  @Test
  @DisplayName("T23 a file that was fetched from a hidden machine is neither shown nor sent on")
  void filesKeepToTheirMachines() throws Exception {
    String content = "of the hidden one";
    Reply sent = scene.owner().request("POST", "/api/v1/files?name=hidden.txt", content,
        "Content-Type: application/octet-stream");
    String file = sent.good(201).get("id").stringValue();
    scene.server().bean(dev.sallyport.server.store.Store.class).write(
        sql -> sql.sql("UPDATE stored_file SET machine = ?, path = '/etc/x' WHERE id = ?").params(hidden.id(), file)
            .update());
    wanda.get("/api/v1/files/" + file).refused(404, "not-found");
    wanda.get("/api/v1/files/" + file + "/content").refused(404, "not-found");
    wanda.request("DELETE", "/api/v1/files/" + file, "").refused(404, "not-found");
    assertThat(wanda.get("/api/v1/files").body()).doesNotContain("hidden.txt");
    wanda.post("/api/v1/directives", "{\"action\":\"distribute-file\",\"machines\":" + ApiScene.ids(seen)
        + ",\"parameters\":{\"file\":\"hidden.txt\",\"path\":\"/tmp/x\"}}").refused(403, "forbidden");
  }

  private static Window window(String from, String to) {
    return Window.fromJson(
        (JsonObject) Json.parse("{\"from\":\"" + from + "\",\"to\":\"" + to + "\",\"timeZone\":\"UTC\"}"));
  }

  private static void tag(LiveMachine machine, String tag) throws IOException {
    scene.owner().request("PUT", "/api/v1/machines/" + machine.id() + "/tags", "{\"tags\":[\"" + tag + "\"]}",
        "Content-Type: application/json").good(200);
  }

  private static String give(String order) throws IOException {
    String id = scene.give(order);
    ApiScene.await("it has run", () -> scene.directive(id).get("runs").valueStream()
        .allMatch(run -> run.get("state").stringValue().equals("done")));
    return id;
  }

  private static String schedule(String name, String order) {
    return "{\"name\":\"" + name + "\",\"cron\":\"0 0 1 1 *\",\"timeZone\":\"UTC\",\"order\":" + order + "}";
  }

  private static Map<String, HandlerMethod> routes() {
    var routes = new java.util.TreeMap<String, HandlerMethod>();
    scene.server().bean(RequestMappingHandlerMapping.class).getHandlerMethods()
        .forEach((route, method) -> route.getPatternValues().forEach(path -> route.getMethodsCondition().getMethods()
            .forEach(verb -> routes.put(verb + " " + path, method))));
    return routes;
  }

  private static Reach reach(HandlerMethod method) {
    Requires requires = method.getMethodAnnotation(Requires.class);
    if (requires == null) {
      assertThat(method.hasMethodAnnotation(Open.class)).isTrue();
      return Reach.OWN;
    }
    return requires.reach();
  }

  /** The path with everything a variable can stand for; a variable that nobody knows fails. */
  private static List<String> filled(String path, Map<String, List<String>> known) {
    Matcher variable = VARIABLE.matcher(path);
    if (!variable.find()) {
      return List.of(path);
    }
    assertThat(known).as("%s: say here what stands for its variable, so that it is walked", path)
        .containsKey(variable.group(1));
    return known.getOrDefault(variable.group(1), List.of()).stream()
        .flatMap(value -> filled(path.substring(0, variable.start()) + value + path.substring(variable.end()), known)
            .stream())
        .toList();
  }
}
