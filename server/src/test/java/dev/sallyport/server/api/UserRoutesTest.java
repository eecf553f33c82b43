package dev.sallyport.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

import dev.sallyport.server.access.Role;
import dev.sallyport.server.access.user.Invitations;
import dev.sallyport.server.app.RunningServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Accounts, roles, grants and invitations over HTTP. */
@Timeout(value = 5, unit = TimeUnit.MINUTES) // so that an answer that never comes is a failure
class UserRoutesTest {
  private static final String PROOF = "\"password\":\"" + RunningServer.PASSWORD + "\"";
  private static final String CHOSEN = "entirely new words";

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

  private static JsonNode invite(String name, String role) throws IOException {
    return scene.owner().post("/api/v1/users", "{\"name\":\"" + name + "\",\"role\":\"" + role + "\"," + PROOF + "}")
        .good(201);
  }

  private static Reply accept(String token, String password) throws IOException {
    return scene.stranger().post("/api/v1/invitations", RunningServer.json("token", token, "password", password));
  }

  @Test
  void anInvitedPersonChoosesAPasswordOnceAndLogsIn() throws Exception {
    JsonNode invitation = invite("ingrid", "operator");
    String token = invitation.get("token").stringValue();
    assertThat(invitation.get("path").stringValue()).isEqualTo("/#/invitation?token=" + token);
    assertThat(scene.server().logIn("ingrid", "").status()).as("there is no password yet").isEqualTo(401);
    accept(token, "short").refusedField("password");
    assertThat(accept(token, CHOSEN).status()).isEqualTo(204);
    accept(token, "another new password").refused(403, "forbidden");
    assertThat(scene.server().logIn("ingrid", CHOSEN).status()).isEqualTo(200);
    assertThat(scene.owner().get("/api/v1/users").body()).contains("\"name\":\"ingrid\",\"role\":\"operator\"")
        .doesNotContain("hash", CHOSEN);
  }

  @Test
  @DisplayName("T11 a reset ends what was logged in with the old password, and only when its link is used")
  void aResetEndsWhatWasLoggedIn() throws Exception {
    assertThat(accept(invite("rita", "viewer").get("token").stringValue(), CHOSEN).status()).isEqualTo(204);
    String session = "Cookie: "
        + scene.server().logIn("rita", CHOSEN).header("set-cookie").orElseThrow().split(";")[0];
    JsonNode reset = scene.owner().post("/api/v1/users/rita/invitation", "{" + PROOF + "}").good(201);
    assertThat(scene.stranger().get("/api/v1/session", session).status()).isEqualTo(200);
    assertThat(accept(reset.get("token").stringValue(), "yet other new words").status()).isEqualTo(204);
    assertThat(scene.stranger().get("/api/v1/session", session).status()).isEqualTo(401);
    assertThat(scene.server().logIn("rita", CHOSEN).status()).isEqualTo(401);
  }

  @Test
  void aLinkThatIsTooOldOrForeignOpensNothing() throws Exception {
    String old = invite("otto", "viewer").get("token").stringValue();
    String newer = scene.owner().post("/api/v1/users/otto/invitation", "{" + PROOF + "}").good(201).get("token")
        .stringValue();
    accept(old, CHOSEN).refused(403, "forbidden");
    scene.server().clock.forward(Invitations.LIFETIME.plus(Duration.ofSeconds(1)));
    accept(newer, CHOSEN).refused(403, "forbidden");
    accept("", CHOSEN).refused(403, "forbidden");
    scene.stranger().post("/api/v1/invitations", "{}").refusedField("token");
  }

  @Test
  @DisplayName("T10 T11 a token or session alone makes no account, resets no password and raises no right")
  void rightsAreGivenByWhoKnowsThePassword() throws Exception {
    invite("victim", "viewer");
    for (String[] call : List.of(new String[]{"POST", "/api/v1/users", "\"name\":\"mallory\",\"role\":\"owner\""},
        new String[]{"POST", "/api/v1/users/victim/invitation", ""},
        new String[]{"PATCH", "/api/v1/users/victim", "\"role\":\"owner\""},
        new String[]{"PUT", "/api/v1/roles/mine", "\"classes\":[\"read\"]"},
        new String[]{"POST", "/api/v1/users/victim/grants", "\"role\":\"owner\",\"scope\":\"all\""})) {
      for (String proof : List.of("", "\"password\":\"wrong wrong wrong\"")) {
        String body = "{" + call[2] + (call[2].isEmpty() || proof.isEmpty() ? "" : ",") + proof + "}";
        Reply refused = scene.owner().request(call[0], call[1], body, RunningServer.JSON);
        assertThat(refused.status()).as(call[1] + body).isEqualTo(proof.isEmpty() ? 400 : 403);
        assertThat(refused.json().get("field").stringValue()).as(call[1]).isEqualTo("password");
      }
    }
    assertThat(scene.owner().get("/api/v1/users").body()).doesNotContain("mallory");
    scene.server().clock.forward(Duration.ofMinutes(16)); // so that the wrong passwords hold up nobody here
  }

  @Test
  @DisplayName("T10 nobody grants more than they hold, and only for the machines and classes asked for")
  void nobodyGrantsMoreThanTheyHold() throws Exception {
    scene.owner().request("PUT", "/api/v1/roles/gatekeeper", "{\"classes\":[\"read\",\"access\"]," + PROOF + "}",
        RunningServer.JSON).good(200);
    String token = invite("gerd", "none").get("token").stringValue();
    assertThat(accept(token, CHOSEN).status()).isEqualTo(204);
    scene.owner().post("/api/v1/users/gerd/grants", "{\"role\":\"gatekeeper\",\"scope\":\"all\"," + PROOF + "}")
        .good(201);
    String bearer = RunningServer.text(
        scene.server().post("/api/v1/tokens",
            RunningServer.json("name", "gerd", "password", CHOSEN, "label", "x")).body(),
        "token");
    var gerd = new Caller(scene.server(), List.of(RunningServer.bearer(bearer)));
    String own = ",\"password\":\"" + CHOSEN + "\"}";
    gerd.get("/api/v1/users").good(200);
    gerd.post("/api/v1/users/gerd/grants", "{\"role\":\"technician\",\"scope\":\"all\"" + own).refused(403,
        "forbidden");
    gerd.request("PUT", "/api/v1/roles/gatekeeper", "{\"classes\":[\"read\",\"exec\"]" + own, RunningServer.JSON)
        .refused(403, "forbidden");
    gerd.request("PATCH", "/api/v1/users/gerd", "{\"role\":\"owner\"" + own, RunningServer.JSON)
        .refused(403, "forbidden");
    gerd.post("/api/v1/users", "{\"name\":\"helper\",\"role\":\"owner\"" + own).refused(403, "forbidden");
    gerd.post("/api/v1/users/" + RunningServer.NAME + "/invitation", "{\"password\":\"" + CHOSEN + "\"}")
        .refused(403, "forbidden");
    gerd.post("/api/v1/users/gerd/grants", "{\"role\":\"viewer\",\"scope\":\"all\"" + own).good(201);
    scene.owner().request("DELETE", "/api/v1/roles/gatekeeper", "").refused(409, "role-granted");
  }

  @Test
  void theLastOwnerStaysOne() throws Exception {
    scene.owner().request("PATCH", "/api/v1/users/" + RunningServer.NAME, "{\"enabled\":false}", RunningServer.JSON)
        .refused(409, "last-owner");
    scene.owner().request("PATCH", "/api/v1/users/" + RunningServer.NAME, "{\"role\":\"admin\"," + PROOF + "}",
        RunningServer.JSON).refused(409, "last-owner");
    scene.owner().get("/api/v1/users").good(200);
  }

  @Test
  @DisplayName("T45 a disabled account's streams, sessions and tokens are gone at once")
  void aDisabledAccountIsOut() throws Exception {
    Caller dora = scene.somebody("dora", Role.OPERATOR);
    try (EventReader events = dora.events("/api/v1/events")) {
      scene.owner().request("PATCH", "/api/v1/users/dora", "{\"enabled\":false}", RunningServer.JSON).good(200);
      assertThat(events.cut()).isTrue();
    }
    dora.get("/api/v1/machines").refused(401, "unauthenticated");
    scene.owner().request("PATCH", "/api/v1/users/dora", "{\"enabled\":true," + PROOF + "}", RunningServer.JSON)
        .good(200);
    dora.get("/api/v1/machines").good(200);
  }

  @ParameterizedTest(name = "{0} {1} {2}: {4}")
  @CsvSource(delimiter = '|', value = {
      "POST|/api/v1/users|\"name\":\"a b\",\"role\":\"viewer\"|400|name",
      "POST|/api/v1/users|\"role\":\"viewer\"|400|name",
      "POST|/api/v1/users|\"name\":\"nina\",\"role\":\"god\"|400|role",
      "POST|/api/v1/users|\"name\":\"olga\",\"role\":\"viewer\"|409|",
      "PATCH|/api/v1/users/nobody|\"role\":\"viewer\"|404|",
      "PUT|/api/v1/roles/owner|\"classes\":[\"read\"]|400|name",
      "PUT|/api/v1/roles/UPPER|\"classes\":[\"read\"]|400|name",
      "PUT|/api/v1/roles/mine|\"classes\":[\"fly\"]|400|classes",
      "PUT|/api/v1/roles/mine|\"classes\":[\"exec\"]|400|classes",
      "DELETE|/api/v1/roles/none-such||404|",
      "POST|/api/v1/users/olga/grants|\"role\":\"none\",\"scope\":\"all\"|400|role",
      "POST|/api/v1/users/olga/grants|\"role\":\"viewer\",\"scope\":\"tag:A B\"|400|scope",
      "POST|/api/v1/users/olga/grants|\"role\":\"viewer\",\"scope\":\"machine:../x\"|400|scope",
      "POST|/api/v1/users/olga/grants|\"role\":\"viewer\"|400|scope",
      "POST|/api/v1/users/olga/grants|\"role\":\"viewer\",\"scope\":\"all\",\"window\":{\"from\":\"8\"}|400|window.from",
      "DELETE|/api/v1/users/olga/grants/none||404|"})
  void whatIsWrongIsNamed(String method, String path, String body, int status, String field) throws Exception {
    Reply refused = scene.owner().request(method, path,
        body == null ? "" : "{" + body + "," + PROOF + "}", RunningServer.JSON);
    assertThat(refused.status()).as(refused.body()).isEqualTo(status);
    assertThat(refused.json().path("field").stringValue("")).isEqualTo(field == null ? "" : field);
  }
}
