package dev.sallyport.operation.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import dev.sallyport.operation.Ending;
import dev.sallyport.protocol.json.JsonObject;
import dev.sallyport.protocol.operation.FileOperation;
import dev.sallyport.protocol.operation.OperationResult;
import dev.sallyport.protocol.operation.Outcome;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs(OS.LINUX)
final class ListDirectoryTest {
  @TempDir
  Path folder;

  private FileScene scene;

  @BeforeEach
  void begin() {
    scene = new FileScene(folder.resolve("notes"));
  }

  private JsonObject list(Path directory, String after, int limit) {
    return scene.found(new FileOperation.ListDirectory(directory.toString(), after, limit));
  }

  private static List<String> names(JsonObject page) {
    return page.objects("entries", 1000).stream().map(entry -> entry.string("name")).toList();
  }

  @Test
  void tellsWhatIsThere() throws IOException {
    Path directory = Files.createDirectory(folder.resolve("d"));
    Files.writeString(directory.resolve("file"), "12345");
    Files.createDirectory(directory.resolve("inner"));
    Files.createSymbolicLink(directory.resolve("link"), Path.of("/no/such"));

    JsonObject page = list(directory, "", 10);

    assertThat(names(page)).containsExactly("file", "inner", "link");
    assertThat(page.objects("entries", 10)).extracting(entry -> entry.string("kind")).containsExactly("file",
        "directory",
        "symlink");
    assertThat(page.objects("entries", 10).getFirst().integer("bytes", 0, 99)).isEqualTo(5);
    assertThat(page.has("next")).isFalse();
    assertThat(names(list(Files.createSymbolicLink(folder.resolve("to-d"), directory), "", 10))).hasSize(3);
  }

  @Test
  @DisplayName("K8 pages go on where the last one ended, whatever is made and deleted meanwhile")
  void pagesAreStable() throws IOException {
    Path directory = Files.createDirectory(folder.resolve("d"));
    for (int i = 0; i < 2500; i++) {
      Files.createFile(directory.resolve("name %04d é".formatted(i)));
    }
    List<String> seen = new ArrayList<>();
    JsonObject page = list(directory, "", 1000);
    seen.addAll(names(page));
    Files.delete(directory.resolve("name 0999 é"));
    Files.createFile(directory.resolve("a new one before"));
    while (page.has("next")) {
      page = list(directory, page.string("next"), 700);
      seen.addAll(names(page));
    }

    assertThat(seen).hasSize(2500).doesNotHaveDuplicates().isSorted();
    assertThat(list(directory, "", 1)).extracting(ListDirectoryTest::names).isEqualTo(List.of("a new one before"));
  }

  @Test
  void aPageOfLongNamesFitsAResult() throws IOException {
    Path directory = Files.createDirectory(folder.resolve("d"));
    for (int i = 0; i < 1000; i++) {
      Files.createFile(directory.resolve("%03d%s".formatted(i, "\u0001".repeat(250))));
    }

    List<String> seen = new ArrayList<>();
    JsonObject page = list(directory, "", 1000);
    seen.addAll(names(page));
    assertThat(page.bytes().length).isLessThan(OperationResult.MAX_BYTES - 10_000);
    while (page.has("next")) {
      page = list(directory, page.string("next"), 1000);
      assertThat(page.bytes().length).isLessThan(OperationResult.MAX_BYTES - 10_000);
      seen.addAll(names(page));
    }

    assertThat(seen).hasSize(1000).doesNotHaveDuplicates();
  }

  @Test
  void aNameThatIsNoTextComesWithItsUriAndPagesGoPastIt() throws IOException {
    Path directory = Files.createDirectory(folder.resolve("d"));
    Files.createFile(Path.of(URI.create(directory.toUri() + "%FF")));
    Files.createFile(Path.of(URI.create(directory.toUri() + "%FF%20%25")));

    JsonObject first = list(directory, "", 1);
    JsonObject second = list(directory, first.string("next"), 1);

    assertThat(first.objects("entries", 1).getFirst().string("uri")).endsWith("/%FF");
    assertThat(second.objects("entries", 1).getFirst().string("uri")).endsWith("/%FF%20%25");
    assertThat(second.has("next")).isFalse();
  }

  @Test
  void aCursorIsANameAndNothingElse() throws IOException {
    Path directory = Files.createDirectory(folder.resolve("d"));
    for (String cursor : List.of("a/b", "..", "..%2F", "%2Fetc%2Fx", "x?y", "%zz")) {
      Ending ending = scene.run(new FileOperation.ListDirectory(directory.toString(), cursor, 1));
      assertThat(ending.outcome()).as(cursor).isEqualTo(Outcome.FAILED);
      assertThat(ending.reason()).as(cursor)
          .containsAnyOf("no name that an earlier page", "no path", "must");
    }
  }

  @Test
  void whatIsNoDirectorySaysSo() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "x");
    assertThat(scene.failure(new FileOperation.ListDirectory(file.toString(), "", 1))).contains("no directory");
    assertThat(scene.failure(new FileOperation.ListDirectory("/no/such", "", 1))).contains("no such file or directory");
  }

  @Test
  void theProcessesOfTheMachineComeAndGoWhileTheyAreListed() {
    assertThat(names(list(Path.of("/proc"), "", 1000))).contains("self", "version");
  }
}
