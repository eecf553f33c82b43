package dev.sallyport.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

import dev.sallyport.audit.LogFiles;
import dev.sallyport.audit.LogVerifier;
import dev.sallyport.audit.NoteKey;
import dev.sallyport.audit.Proofs;
import dev.sallyport.audit.SignedCheckpoint;
import dev.sallyport.audit.Verdict;
import dev.sallyport.protocol.Bytes;
import dev.sallyport.server.access.Role;
import dev.sallyport.server.app.RunningServer;
import dev.sallyport.testing.agent.OperationScript;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The audit log of a whole server, through the API and in its files. */
class AuditRoutesTest {
  @TempDir
  Path directory;
  private ApiScene scene;
  private boolean closed;

  @BeforeEach
  void start() throws IOException {
    scene = ApiScene.open(directory);
  }

  @AfterEach
  void stop() {
    if (!closed) {
      scene.close();
    }
  }

  private List<JsonNode> entries(String query) throws IOException {
    var entries = new ArrayList<JsonNode>();
    scene.owner().get("/api/v1/audit?" + query).good(200).get("entries").forEach(entries::add);
    return entries;
  }

  private List<String> types(String query) throws IOException {
    return entries(query).stream().map(entry -> entry.get("type").stringValue()).toList();
  }

  @Test
  @DisplayName("a directive is recorded with who gave it, to which machine, and how it ended")
  void aDirectiveIsRecorded() throws Exception {
    try (LiveMachine machine = scene.enrol("web-1", OperationScript.none())) {
      String id = scene.give(ApiScene.shell("true", machine));
      scene.awaitRun(id, "unsupported");
      ApiScene.await("the end in the log", () -> types("object=" + id).contains("directive.ended"));
      List<JsonNode> told = entries("object=" + id);
      JsonNode given = told.getLast();
      assertThat(given.get("type").stringValue()).isEqualTo("directive.given");
      assertThat(given.at("/actor/user").stringValue()).isEqualTo("olga");
      assertThat(given.at("/actor/ip").stringValue()).isEqualTo("192.0.2.7");
      assertThat(given.at("/det/machines/0").stringValue()).isEqualTo(machine.id());
      assertThat(given.get("objSha256").stringValue()).hasSize(64);
      assertThat(given.toString()).as("parameters are told by their digest").doesNotContain("true\"");
      assertThat(told.getFirst().get("res").stringValue()).isEqualTo("unsupported");
      assertThat(types("machine=" + machine.id())).contains("machine.enrolled", "directive.given", "directive.ended");
    }
  }

  @Test
  @DisplayName("changes, log-ins and what was refused are recorded, each by whom; what only looks is not")
  void changesAreRecorded() throws Exception {
    scene.owner().request("POST", "/api/v1/enrolment-tokens", "{}", RunningServer.JSON)
        .good(201);
    assertThat(types("type=enrolment-tokens.create")).hasSize(1);
    scene.as(Role.OPERATOR).request("POST", "/api/v1/directives",
        ApiScene.shell("id").replace("[]", "[\"019aa0d0-0000-7000-8000-000000000001\"]"),
        RunningServer.JSON);
    JsonNode refused = entries("result=refused&type=directives.").getFirst();
    assertThat(refused.at("/det/problem").stringValue()).isEqualTo("forbidden");
    scene.stranger().request("POST", "/api/v1/session", "{\"name\":\"olga\",\"password\":\"guessed at random\"}",
        RunningServer.JSON).refused(401, "login-failed");
    JsonNode failed = entries("type=user.auth.").getFirst();
    assertThat(failed.get("type").stringValue()).isEqualTo("user.auth.fail");
    assertThat(failed.toString()).contains("olga").doesNotContain("guessed");
    assertThat(types("")).contains("server.started").noneMatch(type -> type.startsWith("audit"));
    assertThat(entries("type=enrolment-tokens.create").getFirst().toString()).doesNotContain("secret");
  }

  @Test
  void anEntryIsProvenAndTheFilesAreVerifiedWithoutTheServer() throws Exception {
    scene.owner().request("POST", "/api/v1/enrolment-tokens", "{}", RunningServer.JSON)
        .good(201);
    scene.restart(); // signs
    NoteKey key = NoteKey.parse(Files.readString(log().resolve("vkey")));
    JsonNode proof = scene.owner().get("/api/v1/audit/entries/0/proof").good(200);
    var checkpoint = SignedCheckpoint.open(proof.get("checkpoint").stringValue(), key).checkpoint();
    var hashes = new ArrayList<Bytes>();
    proof.get("proof").forEach(hash -> hashes.add(Bytes.of(Base64.getDecoder().decode(hash.stringValue()))));
    byte[] entry = Base64.getDecoder().decode(proof.get("entry").stringValue());
    assertThat(Proofs.includes(entry, 0, checkpoint.size(), checkpoint.root(), hashes)).isTrue();
    assertThat(scene.owner().get("/api/v1/audit/entries/99999/proof").status()).isEqualTo(404);
    assertThat(scene.owner().get("/api/v1/audit/tile/9/000").status()).isEqualTo(404);
    assertThat(scene.owner().get("/api/v1/audit?limit=0").status()).isEqualTo(400);
    assertThat(scene.owner().get("/api/v1/audit?from=yesterday").status()).isEqualTo(400);
    scene.close();
    closed = true;
    assertThat(new LogVerifier(new LogFiles(log()), key, List.of(checkpoint)).verify())
        .isInstanceOf(Verdict.Sound.class);
  }

  private Path log() throws IOException {
    try (var found = Files.walk(directory)) {
      return found.filter(path -> path.endsWith("audit") && Files.isRegularFile(path.resolve("checkpoint")))
          .findFirst().orElseThrow();
    }
  }
}
