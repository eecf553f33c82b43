package dev.sallyport.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class InventoryCommandTest {
  private static final String ID = "019aa0d0-0000-7000-8000-000000000001";
  private static final String PATH = "/api/v1/machines/" + ID + "/inventory";

  @TempDir
  Path home;

  @SuppressWarnings("NullAway.Init")
  private FakeApi api;
  @SuppressWarnings("NullAway.Init")
  private Map<String, String> environment;

  @BeforeEach
  void startServer() throws Exception {
    api = new FakeApi(home);
    environment = api.environment(home);
    api.json("GET /api/v1/machines", 200,
        "{\"machines\":[{\"id\":\"" + ID + "\",\"name\":\"web-1\",\"state\":\"online\"}],\"next\":null}");
  }

  @AfterEach
  void stopServer() {
    api.close();
  }

  private Call call(String... arguments) {
    return Call.with(environment, "", arguments);
  }

  @Test
  void sectionsAreListedWithWhatTheMachineLacks() {
    api.json("GET " + PATH, 200, "{\"sections\":[{\"section\":\"software\",\"items\":512,\"audited\":"
        + "\"2026-11-22T08:00:00Z\",\"patterns\":[],\"cut\":true,\"unsupported\":[\"rpm\",\"snap\"]}]}");
    assertThat(call("inventory", "web-1").out()).contains("software", "512 (cut)", "2026-11-22T08:00:00Z", "rpm, snap");

    api.json("GET " + PATH, 200, "{\"sections\":[]}");
    assertThat(call("inventory", "web-1").err()).contains("never taken stock", "sallyport inventory take --on web-1");
  }

  @Test
  @DisplayName("T8 items are a line each, whatever a machine put into them")
  void itemsAreALineEach() {
    api.json("GET " + PATH + "/software", 200,
        "{\"items\":[{\"key\":\"dpkg a\",\"fields\":{\"name\":\"a\\u001b[2J\\nb\","
            + "\"bytes\":5}}],\"next\":null}");
    assertThat(call("inventory", "web-1", "software", "--text", "a").out())
        .isEqualTo("dpkg a  name=a\ufffd[2J b, bytes=5\n");
    assertThat(call("inventory", "web-1", "software", "--json").out()).startsWith("{\"items\":[{\"key\":\"dpkg a\"");
  }

  @Test
  void changesShowWhatDiffers() {
    api.json("GET " + PATH + "/changes", 200,
        """
            {"changes":[
            {"at":"2026-11-22T08:00:00Z","section":"software","key":"dpkg a","before":{"name":"a","version":"1"},"after":{"name":"a","version":"2"}},
            {"at":"2026-11-22T08:00:00Z","section":"ports","key":"tcp 0.0.0.0 22","before":null,"after":{"port":22}},
            {"at":"2026-11-22T08:00:00Z","section":"users","key":"user bob","before":{"uid":1},"after":null}],"next":null}""");
    assertThat(call("inventory", "web-1", "--changes-since", "7d").out()).isEqualTo("""
        2026-11-22T08:00:00Z  software  ~ dpkg a  version: 1 → 2
        2026-11-22T08:00:00Z  ports  + tcp 0.0.0.0 22  port=22
        2026-11-22T08:00:00Z  users  - user bob  uid=1
        """);
  }

  @Test
  void wrongInputIsToldBeforeAnythingIsAsked() {
    assertThat(call("inventory", "web-1", "../sites").err()).contains("is no section");
    assertThat(call("inventory", "web-1", "--text", "x").err()).contains("--text searches one section");
    assertThat(call("inventory", "web-1", "--changes-since", "soon").err()).contains("7d");
    assertThat(api.calls()).isEmpty();
  }

  @Test
  void softwareIsFoundOnAllMachines() {
    api.json("GET /api/v1/inventory/software", 200, "{\"software\":[{\"machine\":\"" + ID
        + "\",\"machineName\":\"web-1\",\"key\":\"dpkg openssl:amd64\",\"fields\":{\"name\":\"openssl\",\"version\":\"3.0.2\"}}],\"next\":null}");
    assertThat(call("software", "openssl", "--below", "3.0.9").out()).contains("web-1", "openssl", "3.0.2");
  }

  @Test
  void anAuditIsADirective() {
    String directive = "019aa0d0-0000-7000-8000-0000000000aa";
    api.json("POST /api/v1/directives", 201, "{\"id\":\"" + directive + "\"}");
    assertThat(
        call("inventory", "take", "--section", "software,ports", "--files", "/etc/*", "--full", "--detach").out())
        .isEqualTo(directive + "\n");
    assertThat(api.calls()).filteredOn(c -> c.method().equals("POST")).singleElement()
        .satisfies(c -> assertThat(c.body()).contains("\"action\":\"inventory\"",
            "\"parameters\":{\"sections\":[\"software\",\"ports\"],\"patterns\":[\"/etc/*\"],\"full\":\"yes\"}", ID));
  }
}
