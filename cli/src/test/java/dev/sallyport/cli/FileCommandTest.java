package dev.sallyport.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import dev.sallyport.protocol.Bytes;
import dev.sallyport.protocol.operation.InputDigest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class FileCommandTest {
  private static final String ID = "019aa0d0-0000-7000-8000-000000000001";
  private static final String FILE = "019aa0d0-0000-4000-8000-00000000000f";
  private static final String ONE = "aaaaaaaa-0000-7000-8000-000000000001";
  private static final String TWO = "bbbbbbbb-0000-7000-8000-000000000002";
  private static final String CONTENT = "what is in the file, all of it\n";
  private static final String END = "event: end\ndata: {}\n\n";

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
    machines("{\"id\":\"" + ONE + "\",\"name\":\"web-1\",\"state\":\"online\"}");
    api.json("POST /api/v1/directives", 201, "{\"id\":\"" + ID + "\"}");
    api.events("/api/v1/directives/" + ID + "/events", END);
    api.json("DELETE /api/v1/files/" + FILE, 200, "{}");
    api.text("GET /api/v1/files/" + FILE + "/content", CONTENT);
  }

  @AfterEach
  void stopServer() {
    api.close();
  }

  private void machines(String... machines) {
    api.json("GET /api/v1/machines", 200, "{\"machines\":[" + String.join(",", machines) + "],\"next\":null}");
  }

  private void ended(String... runs) {
    api.json("GET /api/v1/directives/" + ID, 200, "{\"id\":\"" + ID + "\",\"runs\":[" + String.join(",", runs) + "]}");
  }

  private static String run(String machine, String name, String value) {
    return "{\"machine\":\"" + machine + "\",\"name\":\"" + name + "\",\"state\":\"done\",\"exitCode\":null,"
        + "\"reason\":\"\",\"outputBytes\":0,\"truncated\":false,\"value\":" + value + "}";
  }

  private static String sha256(String content) {
    return InputDigest.of(Bytes.ofUtf8(content)).sha256().hex();
  }

  private static String fetched(String name) {
    return "{\"file\":\"" + FILE + "\",\"name\":\"" + name + "\",\"bytes\":" + CONTENT.length() + ",\"sha256\":\""
        + sha256(CONTENT) + "\"}";
  }

  private Call call(String... arguments) {
    return Call.with(environment, "", arguments);
  }

  private List<FakeApi.Call> calls(String method, String path) {
    return api.calls().stream().filter(c -> c.method().equals(method) && c.path().equals(path)).toList();
  }

  /** A file to send, of which the server has so many bytes already. */
  private Path given(int arrived) throws IOException {
    Path file = Files.writeString(home.resolve("app.txt"), CONTENT);
    String upload = UUID.nameUUIDFromBytes((file.toRealPath() + "\n" + CONTENT.length() + "\n"
        + Files.getLastModifiedTime(file)).getBytes(UTF_8)).toString();
    api.json("GET /api/v1/uploads/" + upload, 200, "{\"bytes\":" + arrived + "}");
    stored(sha256(CONTENT));
    ended(run(ONE, "web-1", "{\"path\":\"/opt/app.txt\"}"));
    return file;
  }

  private void stored(String sha256) {
    api.json("POST /api/v1/files", 201,
        "{\"id\":\"" + FILE + "\",\"name\":\"app.txt\",\"sha256\":\"" + sha256 + "\",\"bytes\":1}");
  }

  @Test
  void aFileGoesToTheServerAndFromThereToMachines() throws IOException {
    Path file = given(0);
    Call pushed = call("push", file.toString(), "--on", "web-*", "--to", "/opt/", "--mode", "0644", "--owner", "app");
    assertThat(pushed.exit()).as(pushed.err()).isZero();
    assertThat(calls("POST", "/api/v1/files")).singleElement()
        .satisfies(c -> assertThat(c.body()).isEqualTo(CONTENT));
    assertThat(calls("POST", "/api/v1/directives")).singleElement()
        .satisfies(c -> assertThat(c.body()).contains("\"action\":\"distribute-file\"", "\"path\":\"/opt/app.txt\"",
            sha256(CONTENT), "\"mode\":\"0644\"", "\"owner\":\"app\"", "\"replace\":true", ONE));
    assertThat(pushed.out()).contains("/opt/app.txt");
  }

  @Test
  void anUploadGoesOnWithWhatIsMissing() throws IOException {
    Path file = given(10);
    assertThat(call("push", file.toString()).exit()).isZero();
    assertThat(calls("POST", "/api/v1/files")).singleElement()
        .satisfies(c -> assertThat(c.body()).isEqualTo(CONTENT.substring(10)));
  }

  @Test
  void anEmptyFileIsAFile() throws IOException {
    Path file = Files.createFile(home.resolve("empty"));
    api.json("GET /api/v1/uploads/" + UUID.nameUUIDFromBytes((file.toRealPath() + "\n0\n"
        + Files.getLastModifiedTime(file)).getBytes(UTF_8)), 200, "{\"bytes\":0}");
    stored(sha256(""));
    Call pushed = call("push", file.toString(), "--store");
    assertThat(pushed.exit()).as(pushed.err()).isZero();
    assertThat(calls("POST", "/api/v1/directives")).isEmpty();
  }

  @Test
  void whatChangedOnItsWayIsTakenBack() throws IOException {
    Path file = given(0);
    stored(sha256("something else"));
    Call pushed = call("push", file.toString());
    assertThat(pushed.exit()).isEqualTo(ExitCode.FAILED);
    assertThat(pushed.err()).contains("changed while it was sent");
    assertThat(calls("DELETE", "/api/v1/files/" + FILE)).hasSize(1);
    assertThat(calls("POST", "/api/v1/directives")).isEmpty();
  }

  @Test
  void aRefusedUploadIsTold() throws IOException {
    Path file = given(0);
    api.json("POST /api/v1/files", 409, "{\"code\":\"no-room\",\"detail\":\"The store is full.\",\"fix\":\"\"}");
    Call pushed = call("push", file.toString(), "--json");
    assertThat(pushed.exit()).isEqualTo(ExitCode.FAILED);
    assertThat(pushed.err()).contains("\"code\":\"no-room\"");
  }

  @Test
  void whatIsNoFileIsNotSent() {
    assertThat(call("push", home.resolve("missing").toString()).exit()).isEqualTo(ExitCode.USAGE);
    assertThat(call("push", home.toString()).err()).contains("no ordinary file");
    assertThat(calls("POST", "/api/v1/files")).isEmpty();
  }

  @Test
  void aFileComesFromAMachine() throws IOException {
    ended(run(ONE, "web-1", fetched("syslog")));
    Path to = home.resolve("here.txt");
    Call pulled = call("pull", "web-1:/var/log/syslog", to.toString());
    assertThat(pulled.exit()).as(pulled.err()).isZero();
    assertThat(to).hasContent(CONTENT.strip());
    assertThat(Files.size(to)).isEqualTo(CONTENT.length());
    assertThat(calls("POST", "/api/v1/directives")).singleElement()
        .satisfies(c -> assertThat(c.body()).contains("\"collect-file\"", "\"path\":\"/var/log/syslog\""));
    assertThat(calls("DELETE", "/api/v1/files/" + FILE)).hasSize(1);
    assertThat(pulled.out()).contains(to.toString());
  }

  @Test
  void aDownloadGoesOnWhereItBrokeOff() throws IOException {
    ended(run(ONE, "web-1", fetched("syslog")));
    api.cutWithin("GET /api/v1/files/" + FILE + "/content", 12, CONTENT);
    Call pulled = call("pull", "web-1:/var/log/syslog", home.toString(), "--keep");
    assertThat(pulled.exit()).as(pulled.err()).isZero();
    assertThat(Files.readString(home.resolve("syslog"))).isEqualTo(CONTENT);
    assertThat(calls("DELETE", "/api/v1/files/" + FILE)).isEmpty();
  }

  @Test
  void whatIsNotWhatTheMachineSentIsNotKept() throws IOException {
    ended(run(ONE, "web-1", fetched("syslog")));
    api.text("GET /api/v1/files/" + FILE + "/content", "X" + CONTENT.substring(1));
    Call pulled = call("pull", "web-1:/var/log/syslog", home.toString());
    assertThat(pulled.exit()).isNotZero();
    assertThat(home.resolve("syslog")).doesNotExist();
    try (var names = Files.list(home)) {
      assertThat(names.filter(name -> name.toString().endsWith(".part"))).isEmpty();
    }
  }

  @Test
  void filesOfSeveralMachinesComeIntoADirectoryForEach() throws IOException {
    machines("{\"id\":\"" + ONE + "\",\"name\":\"web-1\",\"state\":\"online\"}",
        "{\"id\":\"" + TWO + "\",\"name\":\"web-2\",\"state\":\"online\"}");
    ended(run(ONE, "../web", fetched("../../fstab")), run(TWO, "../web", fetched("../../fstab")));
    Path to = home.resolve("configs");
    Call pulled = call("pull", "web-*:/etc/fstab", to.toString(), "--json");
    assertThat(pulled.exit()).as(pulled.err()).isZero();
    assertThat(to.resolve(".._web/.._.._fstab")).exists();
    assertThat(to.resolve(".._web/bbbbbbbb-.._.._fstab")).exists();
    assertThat(pulled.out()).contains("\"saved\"");
  }

  @Test
  void aMachineThatHasNoSuchFileIsTold() {
    ended(run(ONE, "web-1", "{}").replace("\"done\"", "\"failed\"").replace("\"reason\":\"\"",
        "\"reason\":\"there is no such file\""));
    Call pulled = call("pull", "web-1:/nowhere", home.resolve("x").toString());
    assertThat(pulled.exit()).isEqualTo(ExitCode.NOT_RUN);
    assertThat(pulled.err()).contains("web-1", "there is no such file");
    assertThat(home.resolve("x")).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(strings = {"web-1", ":/etc/fstab", "web-1:etc/fstab", "/etc/fstab", ""})
  void aPlaceSaysMachineAndWholePath(String place) {
    Call pulled = call("pull", place);
    assertThat(pulled.exit()).isEqualTo(ExitCode.USAGE);
    assertThat(pulled.err()).contains("MACHINE:/WHOLE/PATH");
  }

  @Test
  void filesOnTheServerAreListedAndDeleted() {
    api.json("GET /api/v1/files", 200,
        "{\"files\":[{\"id\":\"" + FILE + "\",\"name\":\"app\\u001b[2J.txt\",\"sha256\":\""
            + sha256("x") + "\",\"bytes\":1,\"created\":\"2026-11-22T08:00:00Z\",\"createdBy\":\"ada\","
            + "\"expires\":\"2026-11-23T08:00:00Z\"}],\"usedBytes\":1,\"maxBytes\":2}");
    assertThat(call("file", "list").out()).contains("019aa0d0", "ada").doesNotContain("\u001b");
    assertThat(call("file", "delete", "019aa0d0", "--yes").exit()).isZero();
    assertThat(calls("DELETE", "/api/v1/files/" + FILE)).hasSize(1);
    assertThat(call("file", "delete", "other", "--yes").exit()).isEqualTo(ExitCode.USAGE);
  }
}
