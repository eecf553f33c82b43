package dev.sallyport.server.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;

import dev.sallyport.protocol.Bytes;
import dev.sallyport.protocol.operation.InputDigest;
import dev.sallyport.server.access.Role;
import dev.sallyport.server.app.RawClient;
import dev.sallyport.server.store.Store;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Files over the API of a running server. */
class FileRoutesTest {
  private static final String ROUTE = "/api/v1/files";
  private static final int BLOCK_BYTES = 4 << 20;

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

  private static String sha256(String text) {
    return InputDigest.of(Bytes.ofUtf8(text)).sha256().hex();
  }

  private static Reply send(String query, String content) throws IOException {
    return scene.owner().request("POST", ROUTE + "?" + query, content);
  }

  private static List<String> onDisk() throws IOException {
    try (var names = Files.list(directory.resolve("data/files"))) {
      return names.map(name -> name.getFileName().toString()).toList();
    }
  }

  @Test
  void aFileComesAndGoes() throws IOException {
    String content = "größer als nichts\n".repeat(1000);
    JsonNode file = send("name=notes.txt&sha256=" + sha256(content), content).good(201);
    assertThat(file.get("sha256").stringValue()).isEqualTo(sha256(content));
    assertThat(file.get("bytes").longValue()).isEqualTo(content.getBytes(UTF_8).length);
    String path = ROUTE + "/" + file.get("id").stringValue();
    assertThat(scene.owner().get(path).good(200)).isEqualTo(file);
    assertThat(scene.owner().get(ROUTE).good(200).get("files").toString()).contains(file.get("id").stringValue());
    assertThat(scene.owner().get(path + "/content").body()).isEqualTo(content);
    assertThat(scene.owner().request("DELETE", path, "").status()).isEqualTo(204);
    scene.owner().get(path + "/content").refused(404, "not-found");
    assertThat(onDisk()).doesNotContain(sha256(content));
  }

  @Test
  @DisplayName("T8 a file is a file to keep, for no browser to open, run or guess at")
  void aFileIsInert() throws IOException {
    JsonNode file = send("name=a%22%0d%0ab.html", "<script>alert(1)</script>").good(201);
    Reply reply = scene.owner().get(ROUTE + "/" + file.get("id").stringValue() + "/content");
    assertThat(reply.header("content-type")).isEqualTo("application/octet-stream");
    assertThat(reply.header("content-disposition"))
        .startsWith("attachment; filename=\"a___b.html\"; filename*=UTF-8''");
    assertThat(reply.header("x-content-type-options")).isEqualTo("nosniff");
    assertThat(reply.header("content-security-policy")).contains("default-src 'none'", "sandbox");
    assertThat(reply.header("content-length")).isEqualTo("25");
  }

  @Test
  void aDownloadGoesOnWhereItBrokeOff() throws IOException {
    JsonNode file = send("name=digits", "0123456789").good(201);
    String path = ROUTE + "/" + file.get("id").stringValue() + "/content";
    Reply rest = scene.owner().get(path, "Range: bytes=4-");
    assertThat(rest.status()).isEqualTo(206);
    assertThat(rest.body()).isEqualTo("456789");
    assertThat(rest.header("content-range")).isEqualTo("bytes 4-9/10");
    for (String other : List.of("bytes=10-", "bytes=-1", "bytes=1-2", "bytes=x-", "lines=1-",
        "bytes=99999999999999999999-")) {
      assertThat(scene.owner().get(path, "Range: " + other).body()).as(other).isEqualTo("0123456789");
    }
  }

  @Test
  void whatIsNotWhatWasAnnouncedIsNotKept() throws IOException {
    List<String> before = onDisk();
    send("name=x&sha256=" + sha256("other"), "content").refusedField("sha256");
    assertThat(onDisk()).isEqualTo(before);
  }

  @ParameterizedTest
  @ValueSource(strings = {"name=", "name=x&sha256=abc", "name=x&upload=1", "name=x&offset=5", "name=x&keepDays=-1",
      "name=x&keepDays=4000", "name=x&offset=-1", "name=x&keepDays=x"})
  void wrongQueriesAreNamed(String query) throws IOException {
    assertThat(send(query, "x").status()).isEqualTo(400);
  }

  @Test
  @DisplayName("an upload that is cut is nowhere to be seen, and goes on where its last whole block ended")
  void anUploadGoesOn() throws Exception {
    String content = "0123456789abcdef".repeat((BLOCK_BYTES + 1600) / 16);
    String upload = UUID.randomUUID().toString();
    String state = "/api/v1/uploads/" + upload;
    assertThat(scene.owner().get(state).good(200).get("bytes").intValue()).isZero();
    cut("name=cut&upload=" + upload, content, BLOCK_BYTES + 100);
    ApiScene.await("what came is there", () -> {
      Reply reply = scene.owner().get(state);
      return reply.status() == 200 && reply.good(200).get("bytes").intValue() == BLOCK_BYTES;
    });
    assertThat(scene.owner().get(ROUTE).body()).doesNotContain("\"cut\"");

    send("name=cut&upload=" + upload + "&offset=3", content.substring(3)).refused(409, "other-offset");
    JsonNode file = send("name=cut&upload=" + upload + "&offset=" + BLOCK_BYTES, content.substring(BLOCK_BYTES))
        .good(201);
    assertThat(file.get("sha256").stringValue()).isEqualTo(sha256(content));
    assertThat(scene.owner().get(state).good(200).get("bytes").intValue()).isZero();
  }

  @Test
  void anUploadWithoutANameThatIsCutLeavesNothing() throws IOException {
    List<String> before = onDisk();
    cut("name=gone", "x".repeat(1 << 20), 1000);
    ApiScene.await("it is gone", () -> onDisk().equals(before));
  }

  /** Sends the head and the beginning of a body, and hangs up. */
  private static void cut(String query, String content, int bytes) throws IOException {
    try (RawClient client = scene.server().connect()) {
      var head = new StringBuilder("POST " + ROUTE + "?" + query + " HTTP/1.1\r\nHost: sallyport.test\r\n");
      scene.owner().headers().forEach(header -> head.append(header).append("\r\n"));
      head.append("Content-Length: ").append(content.length()).append("\r\n\r\n");
      client.send(head.toString().getBytes(UTF_8));
      client.send(content.substring(0, bytes).getBytes(UTF_8));
    }
  }

  @Test
  void filesAreForTechniciansAndAbove() throws IOException {
    for (Role role : List.of(Role.VIEWER, Role.OPERATOR)) {
      assertThat(scene.as(role).get(ROUTE).status()).isEqualTo(403);
      assertThat(scene.as(role).request("POST", ROUTE + "?name=x", "x").status()).isEqualTo(403);
    }
    assertThat(scene.as(Role.TECHNICIAN).get(ROUTE).status()).isEqualTo(200);
  }

  @Test
  void aFileThatADirectiveNeedsStays() throws IOException {
    JsonNode file = send("name=needed", "needed").good(201);
    String path = ROUTE + "/" + file.get("id").stringValue();
    scene.server().bean(Store.class)
        .write(sql -> sql
            .sql(
                """
                    INSERT INTO directive (id, action, parameters, created, creator, creator_name, expires, time_limit, output_limit,
                      open_runs, sequence) VALUES ('needs-it', 'distribute-file', ?, 0, 'a', 'a', 0, 0, 0, 1, 1)""")
            .param("{\"file\":\"" + sha256("needed") + "\",\"path\":\"/x\"}").update());
    scene.owner().request("DELETE", path, "").refused(409, "file-needed");
    scene.server().bean(Store.class)
        .write(sql -> sql.sql("UPDATE directive SET open_runs = 0 WHERE id = 'needs-it'").update());
    assertThat(scene.owner().request("DELETE", path, "").status()).isEqualTo(204);
  }
}
