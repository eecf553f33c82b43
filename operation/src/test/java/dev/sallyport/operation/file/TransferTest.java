package dev.sallyport.operation.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

import dev.sallyport.protocol.Bytes;
import dev.sallyport.protocol.json.JsonObject;
import dev.sallyport.protocol.operation.InputDigest;
import dev.sallyport.protocol.operation.TransferOperation;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs(OS.LINUX)
final class TransferTest {
  private final Instant now = Instant.now();

  @TempDir
  Path folder;

  private final String transfer = UUID.randomUUID().toString();
  private FileScene scene;
  private Path directory;
  private Path target;

  @BeforeEach
  void begin() throws IOException {
    scene = new FileScene(folder.resolve("notes"));
    scene.now(now);
    directory = Files.createDirectory(folder.resolve("d"));
    target = directory.resolve("target");
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private TransferOperation.Write block(long offset, String text) {
    return new TransferOperation.Write(transfer, target.toString(), offset, InputDigest.of(Bytes.ofUtf8(text)));
  }

  private long write(long offset, String text) {
    return scene.found(block(offset, text), utf8(text)).integer("bytes", 0, 1 << 30);
  }

  private TransferOperation.Commit commit(String content, String mode) {
    return new TransferOperation.Commit(transfer, target.toString(), utf8(content).length,
        InputDigest.of(Bytes.ofUtf8(content)).sha256(), mode, "", "");
  }

  private TransferOperation.Abort abort() {
    return new TransferOperation.Abort(transfer, target.toString());
  }

  private JsonObject state() {
    return scene.found(new TransferOperation.State(transfer, target.toString()));
  }

  private List<String> names() throws IOException {
    try (Stream<Path> all = Files.list(directory)) {
      return all.map(path -> path.getFileName().toString()).toList();
    }
  }

  private static String mode(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file, LinkOption.NOFOLLOW_LINKS));
  }

  @Test
  @DisplayName("K8 a file arrives in blocks, is checked and takes its name in one step")
  void aFileArrives() throws IOException {
    assertThat(write(0, "one ")).isEqualTo(4);
    assertThat(write(4, "two")).isEqualTo(7);
    assertThat(Files.exists(target)).as("not before it is whole").isFalse();
    assertThat(names()).hasSize(1).allSatisfy(part -> assertThat(mode(directory.resolve(part))).isEqualTo("rw-------"));
    assertThat(state().integer("bytes", 0, 99)).isEqualTo(7);

    scene.found(commit("one two", "0751"));

    assertThat(target).content().isEqualTo("one two");
    assertThat(mode(target)).isEqualTo("rwxr-x--x");
    assertThat(names()).containsExactly("target");
    assertThat(state().bool("exists")).isFalse();
  }

  @Test
  void anEmptyFileIsAFileToo() {
    write(0, "");
    scene.found(commit("", ""));

    assertThat(target).isEmptyFile();
  }

  @Test
  void whatReplacesAFileKeepsItsRightsUnlessToldOtherwise() throws IOException {
    Files.writeString(target, "old");
    Files.setPosixFilePermissions(target, PosixFilePermissions.fromString("r--rw-r--"));
    write(0, "new");

    scene.found(commit("new", ""));

    assertThat(target).content().isEqualTo("new");
    assertThat(mode(target)).isEqualTo("r--rw-r--");
  }

  @Test
  void aNewFileIsItsMakersAloneAndHighBitsArePossible() throws IOException {
    write(0, "x");
    scene.found(commit("x", ""));
    assertThat(mode(target)).isEqualTo("rw-------");

    write(0, "x");
    scene.found(commit("x", "4755"));
    assertThat(Files.getAttribute(target, "unix:mode")).isEqualTo(0104755);
  }

  @Test
  void blocksMayComeAgainButLeaveNoHole() {
    write(0, "one ");
    write(4, "two");
    assertThat(write(0, "ONE ")).isEqualTo(7);
    assertThat(scene.failure(block(8, "x"))).contains("begins at byte 8").contains("only 7");

    scene.found(commit("ONE two", ""));

    assertThat(target).content().isEqualTo("ONE two");
  }

  @Test
  void whatIsNotWholeOrNotTheSameIsNotCommitted() throws IOException {
    Files.writeString(target, "old");
    write(0, "one two");

    assertThat(scene.failure(commit("one", ""))).contains("3 bytes").contains("7 are here");
    assertThat(scene.failure(commit("one twO", ""))).contains("SHA-256");

    assertThat(target).content().isEqualTo("old");
    scene.found(commit("one two", ""));
  }

  @Test
  void withoutAFirstBlockThereIsNothingToGoOnWith() {
    assertThat(scene.failure(block(4, "x"))).contains("begin at byte 0");
    assertThat(scene.failure(commit("x", ""))).contains("begin at byte 0");
    assertThat(scene.found(abort()).bool("deleted")).isFalse();
  }

  @Test
  void anAbortLeavesNothingBehind() throws IOException {
    write(0, "x");

    assertThat(scene.found(abort()).bool("deleted")).isTrue();

    assertThat(names()).isEmpty();
    assertThat(folder.resolve("notes/transfers")).isEmptyDirectory();
  }

  @Test
  void theAgentGoesOnAfterARestart() {
    write(0, "one ");

    scene.restart();

    assertThat(write(4, "two")).isEqualTo(7);
    scene.found(commit("one two", ""));
    assertThat(target).content().isEqualTo("one two");
  }

  @Test
  @DisplayName("what nobody commits or aborts is swept seven days after its last block")
  void leftOversAreSwept() throws IOException {
    write(0, "x");
    Path part = directory.resolve(names().getFirst());
    Files.setLastModifiedTime(part, FileTime.from(now));

    scene.now(now.plus(PartFiles.KEPT).minus(Duration.ofMinutes(1)));
    scene.restart();
    assertThat(part).exists();
    scene.now(now.plus(PartFiles.KEPT).plus(Duration.ofMinutes(1)));
    scene.restart();

    assertThat(part).doesNotExist();
    assertThat(folder.resolve("notes/transfers")).isEmptyDirectory();
    assertThat(scene.failure(block(1, "x"))).contains("7 days");
  }

  @Test
  @DisplayName("T42 nobody can plant a link or a file where a block is written")
  void plantedLinksAreNotFollowed() throws IOException {
    Path victim = Files.writeString(folder.resolve("victim"), "precious");
    Path part = PartFiles.beside(target, transfer);
    Files.createSymbolicLink(part, victim);
    assertThat(scene.failure(block(0, "evil"))).contains("no ordinary file");
    Files.delete(part);
    Files.createLink(part, victim);
    assertThat(scene.failure(block(0, "evil"))).contains("second name");
    assertThat(victim).content().isEqualTo("precious");
  }

  @Test
  @DisplayName("a target that is a link is replaced itself; what it led to stays as it is")
  void aLinkIsReplacedNotFollowed() throws IOException {
    Path victim = Files.writeString(folder.resolve("victim"), "precious");
    Files.createSymbolicLink(target, victim);
    write(0, "new");

    scene.found(commit("new", ""));

    assertThat(victim).content().isEqualTo("precious");
    assertThat(Files.isRegularFile(target, LinkOption.NOFOLLOW_LINKS)).isTrue();
    assertThat(mode(target)).isEqualTo("rw-------");
  }

  @Test
  void whatCannotBeTheTargetSaysWhy() throws IOException {
    Files.createDirectory(target);
    write(0, "x");
    assertThat(scene.failure(commit("x", ""))).contains("directory");
    assertThat(scene.failure(new TransferOperation.Commit(transfer, target.toString(), 1,
        InputDigest.of(Bytes.ofUtf8("x")).sha256(), "", "no-such-account-here", ""))).contains("directory");
    Files.delete(target);
    assertThat(scene.failure(new TransferOperation.Commit(transfer, target.toString(), 1,
        InputDigest.of(Bytes.ofUtf8("x")).sha256(), "", "no-such-account-here", ""))).contains("no account or group");
    assertThat(scene.failure(new TransferOperation.Write(transfer, "/", 0, InputDigest.NONE))).contains("root");
    assertThat(scene.failure(new TransferOperation.Write(transfer, "/no/such/directory/file", 0, InputDigest.NONE)))
        .contains("no such file or directory");
  }

  @Test
  void aTargetOfTheLongestNameCanBeSent() throws IOException {
    target = directory.resolve("é".repeat(127));
    write(0, "x");
    scene.found(commit("x", ""));

    assertThat(target).content().isEqualTo("x");
  }
}
