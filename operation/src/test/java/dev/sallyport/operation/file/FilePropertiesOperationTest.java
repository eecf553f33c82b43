package dev.sallyport.operation.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;

import dev.sallyport.operation.Ending;
import dev.sallyport.protocol.json.JsonObject;
import dev.sallyport.protocol.operation.FileOperation;
import dev.sallyport.protocol.operation.Outcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs(OS.LINUX)
final class FilePropertiesOperationTest {
  @TempDir
  Path folder;

  private static Ending look(Path path) {
    return new FileScene(Path.of("target")).run(new FileOperation.Properties(path.toString()));
  }

  @Test
  void tellsWhatAFileIs() throws Exception {
    Path file = Files.writeString(folder.resolve("ünïcode name"), "12345");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
    Files.setLastModifiedTime(file, FileTime.fromMillis(1_700_000_000_000L));

    JsonObject value = look(file).value();

    assertThat(value.bool("exists")).isTrue();
    assertThat(value.string("kind")).isEqualTo("file");
    assertThat(value.integer("bytes", 0, 99)).isEqualTo(5);
    assertThat(value.string("mode")).isEqualTo("0640");
    assertThat(value.integer("modifiedMs", 0, Long.MAX_VALUE)).isEqualTo(1_700_000_000_000L);
    assertThat(value.string("owner")).isEqualTo(System.getProperty("user.name"));
    assertThat(value.has("target")).isFalse();
  }

  @Test
  void tellsALinkAsItselfAndWhatItLeadsTo() throws Exception {
    Files.createDirectory(folder.resolve("real"));
    Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of("real"));

    JsonObject value = look(link).value();

    assertThat(value.string("kind")).isEqualTo("symlink");
    assertThat(value.string("link")).isEqualTo("real");
    assertThat(value.object("target").string("kind")).isEqualTo("directory");
  }

  @Test
  void aLinkThatLeadsNowhereExistsButItsTargetDoesNot() throws Exception {
    Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of("/no/such/thing"));

    JsonObject value = look(link).value();

    assertThat(value.bool("exists")).isTrue();
    assertThat(value.object("target").bool("exists")).isFalse();
  }

  @Test
  void nothingThereIsAnAnswerNotAFailure() {
    Ending ending = look(folder.resolve("nothing"));

    assertThat(ending.outcome()).isEqualTo(Outcome.DONE);
    assertThat(ending.value()).isEqualTo(JsonObject.builder().put("exists", false).build());
  }

  @Test
  void aLoopOfLinksIsAFailureThatSaysWhy() throws Exception {
    Path link = Files.createSymbolicLink(folder.resolve("loop"), Path.of("loop"));

    assertThat(look(link)).satisfies(ending -> assertThat(ending.outcome()).isEqualTo(Outcome.FAILED))
        .satisfies(ending -> assertThat(ending.reason()).contains("links go round in a circle"));
  }

  @Test
  void aRelativePathMeansNothingToAnAgent() {
    Ending ending = look(Path.of("relative"));

    assertThat(ending.outcome()).isEqualTo(Outcome.FAILED);
    assertThat(ending.reason()).contains("absolute");
  }

  @Test
  void devicesAreOther() {
    assertThat(look(Path.of("/dev/null")).value().string("kind")).isEqualTo("other");
  }
}
