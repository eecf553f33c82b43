package dev.sallyport.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;

import dev.sallyport.server.access.ActionClass;
import dev.sallyport.server.access.Role;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class ActionRoutesTest {
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
  void everyActionTellsWhatAFormNeeds() throws Exception {
    var names = new ArrayList<String>();
    for (JsonNode action : scene.as(Role.VIEWER).get("/api/v1/actions").good(200).get("actions")) {
      names.add(action.get("name").stringValue());
      assertThat(action.get("title").stringValue()).isNotBlank();
      assertThat(action.get("description").stringValue()).endsWith(".");
      assertThat(ActionClass.ofWord(action.get("class").stringValue())).isPresent();
      for (JsonNode parameter : action.get("parameters")) {
        assertThat(parameter.get("name").stringValue()).matches("[a-z][A-Za-z]*");
        assertThat(parameter.get("type").stringValue()).isIn("string", "text", "strings", "map", "choice", "number",
            "boolean", "secret", "secrets");
        assertThat(parameter.get("required").isBoolean()).isTrue();
        assertThat(parameter.get("description").stringValue()).endsWith(".");
      }
    }
    assertThat(names).isSorted().contains("exec", "inventory", "machine-summary", "procedure", "service", "shell");
  }
}
