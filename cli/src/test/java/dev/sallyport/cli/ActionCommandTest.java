package dev.sallyport.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Any action and any procedure from the command line, by what the server says of them. */
final class ActionCommandTest {
  private static final String MACHINE = "bbbbbbbb-0000-7000-8000-000000000002";
  private static final String DIRECTIVE = "019aa0d0-0000-7000-8000-000000000001";
  private static final String ACTIONS = "{\"actions\":[{\"name\":\"change\",\"title\":\"Change it\",\"description\":\"Changes.\","
      + "\"class\":\"exec\",\"parameters\":[{\"name\":\"count\",\"type\":\"number\",\"required\":false,\"description\":\"How many.\","
      + "\"min\":1,\"max\":9,\"absent\":3},{\"name\":\"do\",\"type\":\"choice\",\"required\":true,\"description\":\"What.\","
      + "\"choices\":[\"up\",\"down\"]},{\"name\":\"items\",\"type\":\"strings\",\"required\":false,\"description\":\"Which.\"},"
      + "{\"name\":\"quick\",\"type\":\"boolean\",\"required\":false,\"description\":\"Fast.\",\"absent\":false},"
      + "{\"name\":\"env\",\"type\":\"map\",\"required\":false,\"description\":\"More.\"},"
      + "{\"name\":\"password\",\"type\":\"secret\",\"required\":false,\"description\":\"Hidden.\"}]}]}";

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
    api.json("GET /api/v1/actions", 200, ACTIONS);
    api.json("GET /api/v1/machines/" + MACHINE, 200,
        "{\"id\":\"" + MACHINE + "\",\"name\":\"web\",\"state\":\"online\"}");
    api.json("POST /api/v1/directives", 201, "{\"id\":\"" + DIRECTIVE + "\"}");
    api.json("GET /api/v1/procedures/patch", 200, "{\"name\":\"patch\",\"version\":4,\"inputs\":[{\"name\":\"words\","
        + "\"type\":\"list\",\"required\":false},{\"name\":\"p\",\"type\":\"secret\",\"required\":true}],\"source\":\"steps:\\n\"}");
  }

  @AfterEach
  void stopServer() {
    api.close();
  }

  private Call call(String typed, String... arguments) {
    return Call.with(environment, typed, arguments);
  }

  private List<String> posted(String method) {
    return api.calls().stream().filter(c -> c.method().equals(method)).map(FakeApi.Call::body).toList();
  }

  @Test
  void theListAndTheHelpComeFromTheDescriptions() {
    assertThat(call("", "actions", "list").out()).contains("change", "exec", "Change it");
    var shown = call("", "actions", "show", "change");
    assertThat(shown.out()).contains("Changes.", "count=1..9  (3 if left out)", "do=up|down\n", "password=-|@FILE",
        "quick=yes|no");
    assertThat(call("", "actions", "show", "nope").err()).contains("there is no action 'nope'");
  }

  @Test
  void parametersAreGivenByNameAndType() {
    var done = call("hush\n", "do", "change", "--on", "id:" + MACHINE, "--detach", "count=5", "do=up", "items=a,b",
        "quick=yes",
        "env=A=1", "env=B=2=3", "password=-");
    assertThat(done.err()).isEmpty();
    assertThat(done.exit()).isZero();
    assertThat(done.out().strip()).isEqualTo(DIRECTIVE);
    assertThat(posted("POST")).singleElement().asString().contains("\"action\":\"change\"",
        "{\"count\":5,\"do\":\"up\",\"items\":[\"a\",\"b\"],\"quick\":true,\"env\":{\"A\":\"1\",\"B\":\"2=3\"},\"password\":\"hush\"}",
        "\"machines\":[\"" + MACHINE + "\"]");
  }

  @Test
  void whatDoesNotFitIsNamedBeforeAnythingIsGiven() throws Exception {
    assertThat(call("", "do", "change", "cuont=5").err()).contains("no parameter 'cuont'", "count, do, items");
    assertThat(call("", "do", "change", "count=many").err()).contains("whole number");
    assertThat(call("", "do", "change", "quick=perhaps").err()).contains("yes or no");
    assertThat(call("", "do", "change", "up").err()).contains("'up' is no name=value");
    assertThat(call("", "do", "change", "password=hush").err()).contains("does not belong on the command line");
    assertThat(posted("POST")).isEmpty();
    Path secret = Files.writeString(home.resolve("secret"), "from-file\n");
    call("", "do", "change", "--on", "id:" + MACHINE, "--detach", "password=@" + secret);
    assertThat(posted("POST")).singleElement().asString().contains("\"password\":\"from-file\"");
  }

  @Test
  void aProcedureIsRunInTheVersionThatWasSeen() {
    call("hush\n", "procedure", "run", "patch", "--on", "id:" + MACHINE, "--detach", "words=a,b", "p=-");
    assertThat(posted("POST")).singleElement().asString().contains("\"action\":\"procedure\"",
        "{\"name\":\"patch\",\"version\":4,\"inputs\":{\"words\":\"a,b\"},\"secrets\":{\"p\":\"hush\"}}");
  }

  @Test
  void aProcedureIsValidatedSavedComparedAndDeleted() throws Exception {
    Path file = Files.writeString(home.resolve("patch.yaml"), "steps: []\n");
    api.json("POST /api/v1/procedures/validate", 200,
        "{\"valid\":false,\"faults\":[{\"line\":1,\"column\":8,\"detail\":\"expected at least one step\"}]}");
    api.json("PUT /api/v1/procedures/patch", 200, "{\"name\":\"patch\",\"version\":5}");
    api.json("GET /api/v1/procedures/patch/diff", 200, "{\"diff\":\"--- a\\n+++ b\\n+x\\u001b\\n\"}");
    api.json("DELETE /api/v1/procedures/patch", 204, "");
    var verdict = call("", "procedure", "validate", file.toString());
    assertThat(verdict.exit()).isEqualTo(ExitCode.FAILED);
    assertThat(verdict.out()).contains("patch.yaml:1:8: expected at least one step");
    assertThat(call("", "procedure", "save", "patch", file.toString(), "--after", "4").out()).contains("version 5");
    assertThat(posted("PUT")).containsExactly("{\"source\":\"steps: []\\n\",\"after\":4}");
    assertThat(call("", "procedure", "diff", "patch").out()).contains("+x\ufffd").doesNotContain("\u001b");
    assertThat(call("", "procedure", "show", "patch").out().strip()).isEqualTo("steps:");
    assertThat(call("", "procedure", "delete", "patch", "--yes").out()).contains("Deleted.");
    assertThat(call("", "procedure", "show", "../x").err()).contains("not the name of a procedure");
  }
}
