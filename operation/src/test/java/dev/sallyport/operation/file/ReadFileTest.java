package dev.sallyport.operation.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

import dev.sallyport.operation.Ending;
import dev.sallyport.operation.OperationContext;
import dev.sallyport.protocol.Bytes;
import dev.sallyport.protocol.json.JsonObject;
import dev.sallyport.protocol.operation.FileOperation;
import dev.sallyport.protocol.operation.InputDigest;
import dev.sallyport.protocol.operation.Outcome;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@EnabledOnOs(OS.LINUX)
@Timeout(120)
final class ReadFileTest {
  @TempDir
  Path folder;

  private FileScene scene;

  @BeforeEach
  void begin() {
    scene = new FileScene(folder.resolve("notes"));
  }

  private static FileOperation.Read whole(Path path) {
    return new FileOperation.Read(path.toString(), 0, FileOperation.Read.MAX_BYTES, "");
  }

  private static FileOperation.Read block(Path path, long offset, int length, String version) {
    return new FileOperation.Read(path.toString(), offset, length, version);
  }

  @Test
  @DisplayName("K8 a file is read in blocks that together are the file")
  void readsBlocks() throws IOException {
    byte[] content = new byte[300_001];
    new SplittableRandom(7).nextBytes(content);
    Path file = Files.write(folder.resolve("file"), content);

    JsonObject first = scene.found(block(file, 0, 200_000, ""));
    byte[] one = scene.output();
    JsonObject second = scene.found(block(file, 200_000, 200_000, first.string("version")));

    assertThat(Bytes.of(one)).isEqualTo(Bytes.of(java.util.Arrays.copyOf(content, 200_000)));
    assertThat(Bytes.of(scene.output()))
        .isEqualTo(Bytes.of(java.util.Arrays.copyOfRange(content, 200_000, content.length)));
    assertThat(first.bool("end")).isFalse();
    assertThat(second.bool("end")).isTrue();
    assertThat(second.integer("count", 0, 1 << 30)).isEqualTo(100_001);
    assertThat(second.integer("bytes", 0, 1 << 30)).isEqualTo(300_001);
    assertThat(second.has("changed")).isFalse();
  }

  @Test
  void aBlockThatEndsWhereTheFileEndsSaysSo() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "12345");

    assertThat(scene.found(block(file, 0, 5, "")).bool("end")).isTrue();
    assertThat(scene.found(block(file, 0, 4, "")).bool("end")).isFalse();
    JsonObject beyond = scene.found(block(file, 99, 5, ""));
    assertThat(beyond.bool("end")).isTrue();
    assertThat(beyond.integer("count", 0, 9)).isZero();
  }

  @Test
  void aFileThatWasChangedSinceIsNotReadOn() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "first");
    String version = scene.found(block(file, 0, 2, "")).string("version");
    Files.writeString(file, "other and longer");

    assertThat(scene.failure(block(file, 2, 3, version))).contains("has changed");
    assertThat(scene.output()).isEmpty();
  }

  @Test
  void aFileThatVanishesWhileItIsReadIsReadToItsEndAndToldAsChanged() throws IOException {
    Path file = Files.write(folder.resolve("file"), new byte[300_000]);
    var operations = new FileOperations(folder, java.time.InstantSource.system());
    long[] count = new long[1];

    Ending ending = operations.run(whole(file), new OperationContext(FileScene.ID, (channel, bytes, offset, length) -> {
      count[0] += length;
      assertThat(file.toFile().delete() || count[0] > length).isTrue();
    }));

    assertThat(ending.outcome()).isEqualTo(Outcome.DONE);
    assertThat(count[0]).isEqualTo(300_000);
    assertThat(ending.value().bool("changed")).isTrue();
  }

  @Test
  void filesOfTheKernelAreReadThoughTheySayTheyAreEmpty() {
    JsonObject value = scene.found(whole(Path.of("/proc/self/status")));

    assertThat(new String(scene.output(), StandardCharsets.UTF_8)).contains("VmRSS");
    assertThat(value.bool("end")).isTrue();
    assertThat(scene.found(block(Path.of("/proc/self/status"), 0, 5, "")).bool("end")).isFalse();
  }

  @Test
  void linksAreFollowedToFiles() throws IOException {
    Files.writeString(folder.resolve("file"), "content");
    Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of("file"));

    scene.found(whole(link));

    assertThat(scene.output()).asString().isEqualTo("content");
  }

  @ParameterizedTest
  @DisplayName("pipes, devices and directories are refused at once: nothing hangs")
  @ValueSource(strings = {"/dev/zero", "/dev/tty", "/proc", "FIFO", "LINK-TO-FIFO"})
  void onlyOrdinaryFilesAreOpened(String path) throws Exception {
    Path fifo = folder.resolve("FIFO");
    assertThat(new ProcessBuilder("mkfifo", fifo.toString()).start().waitFor()).isZero();
    Files.createSymbolicLink(folder.resolve("LINK-TO-FIFO"), fifo);
    Path absolute = folder.resolve(path);

    assertThat(scene.failure(whole(absolute))).contains("no ordinary file");
    assertThat(scene.failure(new FileOperation.Digest(absolute.toString()))).contains("no ordinary file");
  }

  @ParameterizedTest
  @DisplayName("T6 T9 a path must say where it leads")
  @ValueSource(strings = {"relative", "./x", "/tmp/../etc/passwd", "/tmp/./x", "/..", "file:///tmp/%2e%2e/etc/passwd",
      "file:///tmp/..%2fetc", "file://host/tmp", "file:relative", "file:///tmp/x?y", "file:///tmp/%00",
      "file:///tmp/%zz",
      "http://example.com/", "C:\\\\windows", "~/x"})
  void refusesPathsThatAreNotPlain(String path) {
    assertThat(scene.failure(new FileOperation.Read(path, 0, 1, "")))
        .containsAnyOf("must be absolute", "must not contain", "this is no path");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a b", "-rf", "quote'\"", "$(id)", "new\nline", "tab\there", "ünï💥", "*", "back\\slash",
      "%41", ".hidden",
      "file:", " "})
  void everyOddCharacterIsPartOfAName(String name) throws IOException {
    Path file = Files.writeString(folder.resolve(name), name);

    scene.found(whole(file));

    assertThat(scene.output()).asString().isEqualTo(name);
  }

  @Test
  void aNameThatIsNoTextIsSpelledAsAUri() throws IOException {
    Path file = Path.of(URI.create(folder.toUri() + "%FF%FEx"));
    Files.writeString(file, "bytes");

    scene.found(new FileOperation.Read(folder.toUri() + "%FF%FEx", 0, 99, ""));

    assertThat(scene.output()).asString().isEqualTo("bytes");
  }

  @Test
  void whatIsNotThereOrNotAllowedSaysSo() throws IOException {
    assertThat(scene.failure(whole(folder.resolve("nothing")))).contains("no such file");
    Path file = Files.writeString(folder.resolve("file"), "x");
    assertThat(scene.failure(whole(file.resolve("below")))).containsAnyOf("Not a directory", "no such file");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("---------"));
    org.junit.jupiter.api.Assumptions.assumeFalse(Files.isReadable(file), "root may read everything");
    assertThat(scene.failure(whole(file))).contains("permission denied");
  }

  @Test
  void theDigestIsThatOfTheContent() throws IOException {
    byte[] content = new byte[1_000_000];
    new SplittableRandom(8).nextBytes(content);
    Path file = Files.write(folder.resolve("file"), content);

    JsonObject value = scene.found(new FileOperation.Digest(file.toString()));

    assertThat(Bytes.of(value.bytes("sha256", 32, 32)))
        .isEqualTo(InputDigest.of(Bytes.of(java.util.Arrays.copyOf(content, 1_000_000))).sha256());
    assertThat(value.integer("bytes", 0, 1 << 30)).isEqualTo(1_000_000);
  }

  @Test
  void aDigestThatIsCancelledEndsSoon() throws Exception {
    Path file = folder.resolve("sparse");
    try (var sparse = new java.io.RandomAccessFile(file.toFile(), "rw")) {
      sparse.setLength(1L << 36);
    }
    Ending[] ending = new Ending[1];
    Thread thread = Thread.ofPlatform().start(() -> ending[0] = scene.run(new FileOperation.Digest(file.toString())));

    thread.interrupt();
    thread.join(TimeUnit.SECONDS.toMillis(60));

    assertThat(ending[0].outcome()).isEqualTo(Outcome.CANCELLED);
  }
}
