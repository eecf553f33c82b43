package dev.sallyport.server.procedure;

import static dev.sallyport.server.app.RunningServer.JSON;
import static dev.sallyport.server.app.RunningServer.bearer;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;

import dev.sallyport.server.app.RunningServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code /api/v1/procedures}, as clients see it. */
class ProcedureControllerTest {
  private static final String PATH = "/api/v1/procedures";

  @TempDir
  Path data;

  @Test
  void aProcedureIsValidatedSavedShownComparedAndDeleted() throws Exception {
    try (var server = RunningServer.withOwner(data)) {
      String auth = bearer(server.token());
      assertThat(server.get(PATH + "/schema", auth).body()).startsWith("{").contains("2020-12");
      assertThat(server.get(PATH).status()).isEqualTo(401);

      assertThat(server.post(PATH + "/validate", "{\"source\":\"steps:\\n- action: nope\\n\"}", auth).body())
          .contains("\"valid\":false", "\"line\":2", "\"column\":11", "no action");
      var wrong = server.request("PUT", PATH + "/patch", "{\"source\":\"steps: 5\"}", JSON, auth);
      assertThat(wrong.status()).isEqualTo(400);
      assertThat(wrong.body()).contains("\"field\":\"source\"", "line 1, column 8");

      String body = "{\"source\":\"description: Says it.\\nsteps:\\n- return: 1\\n\",\"after\":0}";
      assertThat(server.request("PUT", PATH + "/patch", body, JSON, auth).body()).contains("\"version\":1",
          "\"savedBy\":\"olga\"", "Says it.");
      assertThat(server.request("PUT", PATH + "/patch", body.replace("return: 1", "return: 2"), JSON, auth).status())
          .as("saved after version 0, which is not the newest").isEqualTo(409);
      server.request("PUT", PATH + "/patch", body.replace("return: 1", "return: 2").replace(",\"after\":0", ""), JSON,
          auth);
      assertThat(server.get(PATH + "/patch/diff", auth).body()).contains("-- return: 1", "+- return: 2",
          "\"from\":1", "\"to\":2");
      assertThat(server.get(PATH + "/patch/versions", auth).body()).contains("\"version\":2", "\"version\":1");
      assertThat(server.get(PATH + "/patch?version=1", auth).body()).contains("return: 1");
      assertThat(server.get(PATH, auth).body()).contains("\"name\":\"patch\"");
      assertThat(server.get("/api/v1/actions", auth).body()).contains("\"name\":\"procedure\"",
          "\"type\":\"secrets\"", "\"choices\":[\"all\",\"security\"]");

      assertThat(server.request("DELETE", PATH + "/patch", "", auth).status()).isEqualTo(204);
      assertThat(server.get(PATH + "/patch", auth).status()).isEqualTo(404);
      assertThat(server.get(PATH + "/patch?version=1", auth).status()).isEqualTo(200);
    }
  }
}
