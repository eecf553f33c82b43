package dev.sallyport.operation.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;

import dev.sallyport.operation.Ending;
import dev.sallyport.protocol.Bytes;
import dev.sallyport.protocol.operation.FileOperation;
import dev.sallyport.protocol.operation.InputDigest;
import dev.sallyport.protocol.operation.Outcome;
import dev.sallyport.protocol.operation.TransferOperation;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** On a file system of 1 MiB, mounted for the test; only root may mount. */
@EnabledOnOs(OS.LINUX)
final class FullDiskTest {
  private static final int MEBIBYTE = 1 << 20;

  @TempDir
  Path folder;

  private Path disk;
  private boolean mounted;
  private FileScene scene;

  @BeforeEach
  void mount() throws Exception {
    disk = Files.createDirectory(folder.resolve("disk"));
    scene = new FileScene(folder.resolve("notes"));
    mounted = run("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", disk.toString()) == 0;
    assumeTrue(mounted, "this account may not mount a file system");
  }

  @AfterEach
  void unmount() throws Exception {
    if (mounted) {
      assertThat(run("umount", disk.toString())).isZero();
    }
  }

  private static int run(String... argv) throws IOException, InterruptedException {
    try {
      return new ProcessBuilder(argv).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start()
          .waitFor();
    } catch (IOException e) {
      return -1;
    }
  }

  @Test
  void aBlockThatFindsNoRoomLeavesThePartAsItWasAndSaysWhatToDo() throws IOException {
    String transfer = UUID.randomUUID().toString();
    String target = disk.resolve("target").toString();
    byte[] block = new byte[MEBIBYTE * 3 / 4];
    var first = new TransferOperation.Write(transfer, target, 0, InputDigest.of(Bytes.of(block)));
    var second = new TransferOperation.Write(transfer, target, block.length, InputDigest.of(Bytes.of(block)));
    scene.found(first, block);

    Ending full = scene.run(second, block);

    assertThat(full.outcome()).isEqualTo(Outcome.FAILED);
    assertThat(full.reason()).contains("disk is full");
    assertThat(scene.found(new TransferOperation.State(transfer, target)).integer("bytes", 0, 1 << 30))
        .isEqualTo(block.length);
    scene.found(
        new TransferOperation.Commit(transfer, target, block.length, InputDigest.of(Bytes.of(block)).sha256(), "",
            "", ""));
    assertThat(disk.resolve("target")).hasSize(block.length);
  }

  @Test
  void anotherFileSystemIsNoPlaceToRenameToAndAMountIsNotDeleted() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "x");
    assertThat(scene.failure(new FileOperation.Rename(file.toString(), disk.resolve("file").toString(), false, false)))
        .contains("another file system");
    Files.writeString(disk.resolve("precious"), "x");

    assertThat(scene.failure(new FileOperation.Delete(disk.toString(), true))).contains("mounted here");
    assertThat(disk.resolve("precious")).exists();
  }

  @Test
  void whatIsMountedInsideATreeStays() throws Exception {
    Path tree = Files.createDirectory(folder.resolve("tree"));
    Path inside = Files.createDirectory(tree.resolve("mounted"));
    assumeTrue(run("mount", "--bind", disk.toString(), inside.toString()) == 0, "no second mount");
    try {
      Files.writeString(disk.resolve("precious"), "x");

      assertThat(scene.failure(new FileOperation.Delete(tree.toString(), true))).contains("mounted here");

      assertThat(disk.resolve("precious")).exists();
    } finally {
      assertThat(run("umount", inside.toString())).isZero();
    }
  }

  @Test
  void aFileThatIsLockedIsRenamedAtTheNextStart() throws Exception {
    Path file = Files.writeString(folder.resolve("busy"), "new");
    Path source = Files.writeString(folder.resolve("source"), "x");
    assumeTrue(run("mount", "--bind", source.toString(), file.toString()) == 0, "no mount of a file");
    Path to = folder.resolve("renamed");
    try {
      assertThat(scene.failure(new FileOperation.Rename(file.toString(), to.toString(), false, false))).isNotEmpty();
      assertThat(scene.found(new FileOperation.Rename(file.toString(), to.toString(), false, true)).bool("renamed"))
          .isFalse();
      scene.restart();
      assertThat(to).doesNotExist();
    } finally {
      assertThat(run("umount", file.toString())).isZero();
    }

    assertThat(scene.restart()).hasSize(1).allSatisfy(line -> assertThat(line).contains("busy: done"));

    assertThat(to).content().isEqualTo("new");
    assertThat(scene.found(new FileOperation.Renames()).objects("renames", 9)).hasSize(1)
        .allSatisfy(rename -> assertThat(rename.string("state")).isEqualTo("done"));
  }
}
