package dev.sallyport.server.app;

import static dev.sallyport.server.app.RunningServer.PASSWORD;
import static dev.sallyport.server.app.RunningServer.json;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

import dev.sallyport.server.app.RawClient.Answer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SetupTest {

  @TempDir
  Path directory;
  private RunningServer running;
  private String token;

  @BeforeEach
  void start() {
    running = RunningServer.start(directory.resolve("data"));
    token = running.server.setupToken().orElseThrow();
  }

  @AfterEach
  void stop() {
    running.close();
  }

  @Test
  void makesTheFirstOwnerWithTheTokenFromTheConsole() throws Exception {
    Answer made = running.setUp(token);

    assertThat(made.status()).isEqualTo(201);
    assertThat(made.body()).isEqualTo("{\"account\":{\"name\":\"olga\",\"role\":\"owner\"}}");
    assertThat(running.logIn("OLGA", PASSWORD).status()).isEqualTo(200);
  }

  @Test
  void theTokenLiesInAPrivateFileUntilItIsUsed() throws Exception {
    Path file = running.data.resolve("setup-token");
    assertThat(file).hasContent(token);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file))).isEqualTo("rw-------");
    assertThat(token).as("256 bits").matches("[0-9a-f]{64}");

    running.setUp(token);

    assertThat(file).doesNotExist();
  }

  @Test
  void refusesAWrongTokenAndHoldsUpWhoGuesses() throws Exception {
    for (int i = 0; i < 5; i++) {
      assertThat(running.setUp("0".repeat(64)).status()).isEqualTo(403);
    }
    Answer sixth = running.setUp(token);
    assertThat(sixth.status()).isEqualTo(429);
    assertThat(sixth.header("retry-after")).isPresent();

    running.clock.forward(Duration.ofMinutes(15));
    assertThat(running.setUp(token).status()).isEqualTo(201);
  }

  @Test
  void refusesNamesAndPasswordsThatWillNotDo() throws Exception {
    for (String name : List.of("", " ", "a b", "Zoë", "../x", "a/b", "<script>", "x".repeat(65), ".a")) {
      Answer refused = running.post("/api/v1/setup", json("token", token, "name", name, "password", PASSWORD));
      assertThat(refused.status()).as(name).isEqualTo(400);
      assertThat(refused.body()).contains("\"field\":\"name\"");
    }
    for (String password : List.of("", "short", "aaaaaaaaaaaaaaaa", "xx olgaolga xx olga", "y".repeat(1_025))) {
      Answer refused = running.post("/api/v1/setup", json("token", token, "name", "olga", "password", password));
      assertThat(refused.status()).as(password).isEqualTo(400);
      assertThat(refused.body()).contains("\"field\":\"password\"");
    }
    assertThat(running.setUp(token).status()).as("a refusal uses nothing up").isEqualTo(201);
  }

  @Test
  void makesOneOwnerWhenManyClaimAtOnce() throws Exception {
    try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<Integer>> claims = Stream.of("anna", "berta", "carla", "dora")
          .<Callable<Integer>>map(name -> () -> running.post("/api/v1/setup",
              json("token", token, "name", name, "password", PASSWORD)).status())
          .toList();
      List<Integer> statuses = callers.invokeAll(claims).stream().map(Future::resultNow).toList();
      assertThat(statuses).containsOnlyOnce(201).filteredOn(s -> s != 201).allMatch(s -> s == 404 || s == 429);
    }
  }

  @Test
  @DisplayName("T5 once an owner exists setup is gone: with the right token, by any spelling, after a restart")
  void setupIsGoneForEver() throws Exception {
    assertThat(running.setUp(token).status()).isEqualTo(201);

    everySpellingLeadsNowhere();
    running.close();
    running = RunningServer.start(directory.resolve("data"));
    assertThat(running.server.setupToken()).isEmpty();
    assertThat(running.data.resolve("setup-token")).doesNotExist();
    everySpellingLeadsNowhere();
  }

  private void everySpellingLeadsNowhere() throws Exception {
    String order = json("token", token, "name", "mallory", "password", PASSWORD);
    for (String path : spellings()) {
      for (String method : List.of("POST", "GET", "PUT", "DELETE")) {
        int status = running.request(method, path, method.equals("POST") ? order : "", RunningServer.JSON).status();
        if (path.equals("/api/v1/setup") && !method.equals("POST")) {
          assertThat(status).as(method).isEqualTo(405);
        } else {
          assertThat(status).as(method + " " + path).isEqualTo(404);
        }
      }
    }
  }

  private static List<String> spellings() {
    return List.of("/api/v1/setup", "/api/v1/setup/", "/api/v1/setup/x", "/api/v1/setup.json", "/api/v1/setup;x=1",
        "/api/v1/setup%20", "/api/v1/setup%00", "/api/v1/setup%2f", "/api/v1/setup%2fx", "/api/v1/%73etup",
        "/api/v1/%2573etup",
        "/api/v1/set%75p", "/api/v1/Setup", "/api/v1/SETUP", "/API/V1/setup", "/Api/v1/setup", "/api//v1/setup",
        "//api/v1/setup",
        "/api/v1//setup", "/api/v1/./setup", "/api/v1/x/../setup", "/api/v1/..;/v1/setup", "/api/v1/%2e/setup",
        "/api/v1/health/../setup", "/api/v1/health/%2e%2e/setup", "/api/v1/setup\\", "/api\\v1\\setup",
        "/api/v1/setup/.",
        "/api/v1/setup/..", "/api/v1/setup..", "/setup", "/Setup", "/setup/", "/SetupWizard.aspx/x",
        "/api/v1/%c0%afsetup",
        "/api/v1/setup%ef%bc%8f");
  }
}
