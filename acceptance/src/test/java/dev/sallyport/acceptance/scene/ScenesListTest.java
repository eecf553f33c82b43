package dev.sallyport.acceptance.scene;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;

/** What the documents say of the scenes. */
final class ScenesListTest {
  private static final Pattern ROW = Pattern.compile("^\\| `([a-z0-9-]+)` \\|", Pattern.MULTILINE);

  @Test
  void theDocumentNamesEveryScene() throws IOException {
    String document = Files.readString(Path.of("../docs/scenes.md"));
    List<String> named = ROW.matcher(document).results().map(row -> row.group(1)).toList();

    assertThat(named).containsExactlyElementsOf(Scenes.ALL.stream().map(Scene::name).toList());
  }
}
