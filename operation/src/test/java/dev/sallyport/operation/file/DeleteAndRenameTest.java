package dev.sallyport.operation.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

import dev.sallyport.protocol.json.JsonObject;
import dev.sallyport.protocol.operation.FileOperation;
import dev.sallyport.protocol.operation.Outcome;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs(OS.LINUX)
final class DeleteAndRenameTest {
  private static final Instant NOW = Instant.ofEpochMilli(1_700_000_000_000L);

  @TempDir
  Path folder;

  private FileScene scene;

  @BeforeEach
  void begin() {
    scene = new FileScene(folder.resolve("notes"));
    scene.now(NOW);
  }

  private static FileOperation.Delete delete(Path path, boolean recursive) {
    return new FileOperation.Delete(path.toString(), recursive);
  }

  private static FileOperation.Rename rename(Path from, Path to, boolean replace) {
    return new FileOperation.Rename(from.toString(), to.toString(), replace, false);
  }

  @Test
  void deletesAFileAnEmptyDirectoryAndALinkItself() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "x");
    Path directory = Files.createDirectory(folder.resolve("d"));
    Path link = Files.createSymbolicLink(folder.resolve("link"), file);

    scene.found(delete(link, true));
    assertThat(file).exists();
    scene.found(delete(file, false));
    scene.found(delete(directory, false));

    assertThat(file).doesNotExist();
    assertThat(directory).doesNotExist();
    assertThat(scene.failure(delete(file, false))).contains("no such file");
    assertThat(scene.failure(delete(Path.of("/"), true))).contains("root");
  }

  @Test
  @DisplayName("a tree goes only when that is said, and no link in it is followed")
  void deletesATree() throws IOException {
    Path outside = Files.createDirectory(folder.resolve("outside"));
    Files.writeString(outside.resolve("precious"), "x");
    Path tree = folder.resolve("tree");
    Files.createDirectories(tree.resolve("a/b"));
    for (int i = 0; i < 300; i++) {
      Files.writeString(tree.resolve("a/b/file " + i), "x");
    }
    Files.createSymbolicLink(tree.resolve("a/link"), outside);
    Files.createSymbolicLink(tree.resolve("up"), Path.of(".."));

    assertThat(scene.failure(delete(tree, false))).contains("not empty").contains("recursive");
    JsonObject value = scene.found(delete(tree, true));

    assertThat(value.integer("deleted", 0, 999)).isEqualTo(305);
    assertThat(tree).doesNotExist();
    assertThat(outside.resolve("precious")).exists();
  }

  @Test
  void aTreeBeyondAllMeasureIsLeft() throws IOException {
    Path tree = Files.createDirectory(folder.resolve("deep"));
    Path inner = tree;
    for (int i = 0; i < 600; i++) {
      inner = Files.createDirectory(inner.resolve("d"));
    }

    assertThat(scene.failure(delete(tree, true))).contains("deeper than 500");
  }

  @Test
  void aCancelledDeletionSaysHowFarItCame() throws Exception {
    Path tree = Files.createDirectory(folder.resolve("tree"));
    Files.writeString(tree.resolve("file"), "x");
    var outcome = new Outcome[1];
    Thread thread = Thread.ofPlatform().unstarted(() -> {
      Thread.currentThread().interrupt();
      outcome[0] = scene.run(delete(tree, true)).outcome();
    });
    thread.start();
    thread.join();

    assertThat(outcome[0]).isEqualTo(Outcome.CANCELLED);
    assertThat(tree.resolve("file")).exists();
  }

  @Test
  void renamesAndReplacesOnlyWhenThatIsSaid() throws IOException {
    Path from = Files.writeString(folder.resolve("from"), "new");
    Path to = folder.resolve("to");

    assertThat(scene.found(rename(from, to, false)).bool("renamed")).isTrue();
    Files.writeString(from, "newer");
    assertThat(scene.failure(rename(from, to, false))).contains("already");
    assertThat(to).content().isEqualTo("new");
    assertThat(from).content().isEqualTo("newer");
    scene.found(rename(from, to, true));

    assertThat(to).content().isEqualTo("newer");
    assertThat(from).doesNotExist();
  }

  @Test
  void directoriesAndLinksAreRenamedThemselves() throws IOException {
    Path directory = Files.createDirectory(folder.resolve("d"));
    Files.writeString(directory.resolve("file"), "x");
    Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of("/no/such"));
    Path taken = Files.createDirectory(folder.resolve("taken"));

    assertThat(scene.failure(rename(directory, taken, false))).contains("already");
    scene.found(rename(directory, folder.resolve("e"), false));
    scene.found(rename(link, folder.resolve("other"), false));

    assertThat(folder.resolve("e/file")).exists();
    assertThat(Files.readSymbolicLink(folder.resolve("other"))).isEqualTo(Path.of("/no/such"));
    assertThat(Files.exists(link, LinkOption.NOFOLLOW_LINKS)).isFalse();
    assertThat(scene.failure(rename(folder.resolve("nothing"), folder.resolve("x"), false))).contains("no such file");
  }

  /** As Windows is, while a program has the file open. */
  private static final class Windows implements Mover {
    private boolean locked = true;

    @Override
    public void move(Path from, Path to, boolean replace) throws IOException {
      if (locked) {
        throw new FileSystemException(from.toString(), to.toString(),
            "The process cannot access the file because it is being used by another process");
      }
      Mover.SYSTEM.move(from, to, replace);
    }

    @Override
    public boolean isLocked(IOException failure) {
      return Mover.SYSTEM.isLocked(failure);
    }
  }

  @Test
  @DisplayName("K8 a locked file is renamed at the agent's next start, and it is told what became of it")
  void aLockedFileIsRenamedLater() throws IOException {
    var windows = new Windows();
    scene.mover(windows);
    Path from = Files.writeString(folder.resolve("from"), "x");
    Path to = folder.resolve("to");

    assertThat(scene.failure(rename(from, to, false))).contains("being used");
    JsonObject put = scene.found(new FileOperation.Rename(from.toString(), to.toString(), false, true));
    assertThat(put.bool("renamed")).isFalse();
    assertThat(scene.restart()).allSatisfy(line -> assertThat(line).contains("waiting"));
    windows.locked = false;
    assertThat(scene.restart()).allSatisfy(line -> assertThat(line).contains("done"));

    assertThat(to).content().isEqualTo("x");
    JsonObject told = scene.found(new FileOperation.Renames()).objects("renames", 9).getFirst();
    assertThat(told.string("state")).isEqualTo("done");
    assertThat(told.string("ordered")).isEqualTo(FileScene.ID.value());
    assertThat(scene.restart()).as("once is enough").isEmpty();
    scene.now(NOW.plus(LaterRenames.TOLD).plus(Duration.ofDays(1)));
    scene.restart();
    assertThat(scene.found(new FileOperation.Renames()).objects("renames", 9)).isEmpty();
  }

  @Test
  void aRenameThatHasBecomeImpossibleIsToldAsFailedAndNotesThatAreDamagedDoNoHarm() throws IOException {
    var windows = new Windows();
    scene.mover(windows);
    Path from = Files.writeString(folder.resolve("from"), "x");
    scene.found(new FileOperation.Rename(from.toString(), folder.resolve("to").toString(), false, true));
    Files.delete(from);
    windows.locked = false;

    assertThat(scene.restart()).allSatisfy(line -> assertThat(line).contains("failed").contains("no such file"));
    try (var notes = Files.newDirectoryStream(folder.resolve("notes/renames"))) {
      for (Path note : notes) {
        Files.writeString(note, "{\"broken\":");
      }
    }
    assertThat(scene.restart()).allSatisfy(line -> assertThat(line).contains("damaged"));
    assertThat(scene.failure(new FileOperation.Renames())).contains("damaged");
  }
}
