package dev.sallyport.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

import dev.sallyport.server.access.ActionClass;
import dev.sallyport.server.access.Role;
import dev.sallyport.server.app.RawClient;
import dev.sallyport.server.app.RawClient.Answer;
import dev.sallyport.server.app.RunningServer;
import dev.sallyport.server.app.RunningServer.Browser;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/**
 * Who may call what: every role against every route the server has. A route that is not written down here fails the test, so
 * that nobody adds one without saying whom it is for.
 */
class RouteMatrixTest {
  /** Answers strangers. */
  private static final String OPEN = "open";
  /** Any role: the method asks again, by the class of the directive's action. */
  private static final String BY_ACTION = ActionClass.READ.word();
  private static final String READ = ActionClass.READ.word();
  private static final String FILE_GET = ActionClass.FILE_GET.word();
  private static final String FILE_PUT = ActionClass.FILE_PUT.word();
  private static final String POLICY = ActionClass.POLICY.word();
  private static final String PLUGIN = ActionClass.PLUGIN.word();
  private static final String ACCESS = ActionClass.ACCESS.word();

  private static final Map<String, String> MATRIX = new TreeMap<>(Map.ofEntries(
      Map.entry("GET /", OPEN), Map.entry("GET /console/{*path}", OPEN),
      Map.entry("GET /api/v1/health", OPEN),
      Map.entry("POST /api/v1/setup", OPEN),
      Map.entry("POST /api/v1/session", OPEN),
      Map.entry("GET /api/v1/session", READ),
      Map.entry("DELETE /api/v1/session", READ),
      Map.entry("POST /api/v1/tokens", OPEN),
      Map.entry("GET /api/v1/tokens", READ),
      Map.entry("DELETE /api/v1/tokens/{id}", READ),
      Map.entry("DELETE /api/v1/tokens/current", READ),
      Map.entry("POST /api/v1/invitations", OPEN),
      Map.entry("GET /api/v1/users", ACCESS),
      Map.entry("POST /api/v1/users", ACCESS),
      Map.entry("PATCH /api/v1/users/{id}", ACCESS),
      Map.entry("POST /api/v1/users/{id}/invitation", ACCESS),
      Map.entry("POST /api/v1/users/{id}/grants", ACCESS),
      Map.entry("DELETE /api/v1/users/{id}/grants/{grant}", ACCESS),
      Map.entry("GET /api/v1/roles", ACCESS),
      Map.entry("PUT /api/v1/roles/{name}", ACCESS),
      Map.entry("DELETE /api/v1/roles/{name}", ACCESS),
      Map.entry("PUT /api/v1/machines/{id}/tags", POLICY),
      Map.entry("POST /api/v1/enrolment-tokens", POLICY),
      Map.entry("GET /api/v1/sites", READ),
      Map.entry("GET /api/v1/sites/{id}/connection", READ),
      Map.entry("PUT /api/v1/sites/{id}/connection", POLICY),
      Map.entry("GET /api/v1/machines", READ),
      Map.entry("GET /api/v1/machines/{id}", READ),
      Map.entry("GET /api/v1/machines/{id}/connection", READ),
      Map.entry("POST /api/v1/machines/{id}/approve", POLICY),
      Map.entry("POST /api/v1/machines/{id}/revoke", POLICY),
      Map.entry("GET /api/v1/machines/{id}/queue", READ),
      Map.entry("POST /api/v1/machines/{id}/queue/cancel", BY_ACTION),
      Map.entry("GET /api/v1/machines/{id}/inventory", READ),
      Map.entry("GET /api/v1/machines/{id}/inventory/{section}", READ),
      Map.entry("GET /api/v1/machines/{id}/inventory/changes", READ),
      Map.entry("GET /api/v1/inventory/software", READ),
      Map.entry("GET /api/v1/queue", READ),
      Map.entry("GET /api/v1/actions", READ),
      Map.entry("POST /api/v1/directives", BY_ACTION),
      Map.entry("GET /api/v1/directives", READ),
      Map.entry("GET /api/v1/directives/{id}", READ),
      Map.entry("POST /api/v1/directives/{id}/cancel", BY_ACTION),
      Map.entry("POST /api/v1/directives/{id}/runs/{machine}/cancel", BY_ACTION),
      Map.entry("GET /api/v1/directives/{id}/runs/{machine}/output", READ),
      Map.entry("GET /api/v1/directives/{id}/events", READ),
      Map.entry("GET /api/v1/schedules", READ),
      Map.entry("POST /api/v1/schedules", BY_ACTION),
      Map.entry("POST /api/v1/schedules/preview", READ),
      Map.entry("GET /api/v1/schedules/{id}", READ),
      Map.entry("PATCH /api/v1/schedules/{id}", BY_ACTION),
      Map.entry("DELETE /api/v1/schedules/{id}", BY_ACTION),
      Map.entry("POST /api/v1/schedules/{id}/run-now", BY_ACTION),
      Map.entry("GET /api/v1/procedures", READ),
      Map.entry("GET /api/v1/procedures/schema", READ),
      Map.entry("POST /api/v1/procedures/validate", READ),
      Map.entry("GET /api/v1/procedures/{name}", READ),
      Map.entry("PUT /api/v1/procedures/{name}", BY_ACTION),
      Map.entry("DELETE /api/v1/procedures/{name}", BY_ACTION),
      Map.entry("GET /api/v1/procedures/{name}/versions", READ),
      Map.entry("GET /api/v1/procedures/{name}/diff", READ),
      Map.entry("GET /api/v1/libraries", READ),
      Map.entry("POST /api/v1/libraries", PLUGIN),
      Map.entry("GET /api/v1/libraries/{id}/{version}", READ),
      Map.entry("DELETE /api/v1/libraries/{id}/{version}", PLUGIN),
      Map.entry("PUT /api/v1/libraries/{id}/floor", PLUGIN),
      Map.entry("GET /api/v1/library-keys", READ),
      Map.entry("POST /api/v1/library-keys", ACCESS),
      Map.entry("DELETE /api/v1/library-keys/{name}", ACCESS),
      Map.entry("POST /api/v1/files", FILE_PUT),
      Map.entry("GET /api/v1/files", FILE_GET),
      Map.entry("GET /api/v1/files/{id}", FILE_GET),
      Map.entry("GET /api/v1/files/{id}/content", FILE_GET),
      Map.entry("DELETE /api/v1/files/{id}", FILE_PUT),
      Map.entry("GET /api/v1/uploads/{upload}", FILE_PUT),
      Map.entry("GET /api/v1/audit", POLICY),
      Map.entry("GET /api/v1/audit/checkpoint", POLICY),
      Map.entry("GET /api/v1/audit/vkey", POLICY),
      Map.entry("GET /api/v1/audit/tile/{*path}", POLICY),
      Map.entry("GET /api/v1/audit/entries/{n}/proof", POLICY),
      Map.entry("GET /api/v1/events", READ)));

  @TempDir
  static Path directory;
  private static ApiScene scene;

  @BeforeAll
  static void start() throws IOException {
    scene = ApiScene.open(directory);
  }

  @AfterAll
  static void stop() {
    scene.close();
  }

  @Test
  @DisplayName("T2 every route the server has is in this matrix, and no other")
  void theMatrixIsComplete() {
    assertThat(registered()).containsExactlyInAnyOrderElementsOf(MATRIX.keySet());
  }

  @Test
  @DisplayName("T1 without credentials, or with wrong ones, only the open routes answer otherwise than 401")
  void strangersFindClosedDoors() throws Exception {
    String expired = scene.newToken(Role.OWNER);
    new Caller(scene.server(), List.of(RunningServer.bearer(expired))).request("DELETE", "/api/v1/tokens/current", "");
    for (String route : guarded()) {
      assertThat(status(route)).as("nobody: %s", route).isEqualTo(401);
      for (String wrong : List.of(RunningServer.bearer("sallyport_" + "A".repeat(43)), RunningServer.bearer(expired),
          RunningServer.bearer(""), "Authorization: Basic b2xnYTpjb3JyZWN0", "Authorization: sallyport",
          "Cookie: __Host-S=node01234567890", "X-Forwarded-User: olga")) {
        assertThat(status(route, wrong)).as("%s: %s", wrong, route).isEqualTo(401);
      }
    }
  }

  @Test
  @DisplayName("T1 nothing an agent has opens an operator's route")
  void anAgentsCredentialsOpenNothing() throws Exception {
    var bundle = scene.invite("{}");
    String secret = Base64.getUrlEncoder().withoutPadding().encodeToString(bundle.token().secret());
    for (String route : guarded()) {
      for (String credential : List.of(secret, "sallyport_" + secret, bundle.token().id().hex())) {
        assertThat(status(route, RunningServer.bearer(credential))).as(route).isEqualTo(401);
      }
    }
  }

  @Test
  @DisplayName("T23 every role × every route: the route's class decides, and nothing else")
  void rolesMeetRoutes() throws Exception {
    for (Role role : Role.builtIn()) {
      for (String route : guarded()) {
        String token = route.startsWith("DELETE") ? scene.newToken(role) : "";
        String bearer = token.isEmpty() ? scene.as(role).headers().getFirst() : RunningServer.bearer(token);
        ActionClass needed = ActionClass.ofWord(MATRIX.getOrDefault(route, "")).orElseThrow();
        int status = status(route, bearer);
        if (role.may(needed)) {
          assertThat(status).as("%s: %s", role, route).isNotIn(401, 403);
        } else {
          assertThat(status).as("%s: %s", role, route).isEqualTo(403);
        }
      }
    }
  }

  @Test
  @DisplayName("T18 what another site's page sends is refused, on every route, whatever credentials come along")
  void otherSitesPagesAreRefused() throws Exception {
    Browser browser = scene.server().browser();
    for (String route : MATRIX.keySet()) {
      if (!route.contains(" /api/")) {
        continue;
      }
      for (String sign : List.of("Origin: https://evil.example", "Origin: null", "Origin: http://sallyport.test",
          "Origin: https://sallyport.test.evil.example", "Origin: https://sallyport.test:444",
          "Sec-Fetch-Site: cross-site",
          "Sec-Fetch-Site: same-site")) {
        assertThat(status(route, browser.cookie(), browser.csrf(), sign)).as("%s: %s", sign, route).isEqualTo(403);
      }
    }
    assertThat(status("GET /api/v1/machines", browser.cookie(), "Origin: https://sallyport.test",
        "Sec-Fetch-Site: same-origin")).isEqualTo(200);
  }

  @Test
  @DisplayName("T18 a browser's change needs the token that only our own page can know")
  void changesNeedTheCsrfToken() throws Exception {
    Browser browser = scene.server().browser();
    for (String route : guarded()) {
      if (!route.startsWith("GET")) {
        for (String token : List.of("X-Nothing: 1", "X-CSRF-TOKEN: guessed", "X-CSRF-TOKEN: ")) {
          assertThat(status(route, browser.cookie(), token)).as("%s: %s", token, route).isEqualTo(403);
        }
      }
    }
    assertThat(scene.server().get("/api/v1/session", browser.cookie()).status()).as("nothing was changed")
        .isEqualTo(200);
  }

  @Test
  void aMethodThatARouteDoesNotKnowIsRefusedAsSuch() throws Exception {
    Reply refused = scene.owner().request("PUT", "/api/v1/directives", "{}", RunningServer.JSON);
    refused.refused(405, "method-not-allowed");
    assertThat(refused.header("allow")).isEqualTo("GET, POST");
  }

  private static List<String> guarded() {
    return MATRIX.entrySet().stream().filter(route -> !route.getValue().equals(OPEN)).map(Map.Entry::getKey).toList();
  }

  private static List<String> registered() {
    var routes = new ArrayList<String>();
    scene.server().bean(RequestMappingHandlerMapping.class).getHandlerMethods().keySet().forEach(route -> {
      for (String path : route.getPatternValues()) {
        route.getMethodsCondition().getMethods().forEach(method -> routes.add(method + " " + path));
      }
    });
    return routes;
  }

  /** The status with which a route begins to answer; streams go no further. */
  private static int status(String route, String... headers) throws IOException {
    String method = route.substring(0, route.indexOf(' '));
    String path = route.substring(route.indexOf(' ') + 1).replaceAll("\\{[*a-z]+}",
        "00000000-0000-7000-8000-000000000000");
    boolean withBody = method.equals("POST");
    String[] all = withBody
        ? Stream.concat(Stream.of(headers), Stream.of(RunningServer.JSON)).toArray(String[]::new)
        : headers;
    try (RawClient client = scene.server().connect()) {
      if (path.endsWith("/events")) {
        client.send(("GET " + path + " HTTP/1.1\r\nHost: sallyport.test\r\n" + String.join("\r\n", all)
            + (all.length == 0 ? "" : "\r\n") + "\r\n").getBytes(StandardCharsets.US_ASCII));
        Answer head = client.begin();
        return head.status();
      }
      return client.request(method, path, withBody ? "{}" : "", all).status();
    }
  }
}
