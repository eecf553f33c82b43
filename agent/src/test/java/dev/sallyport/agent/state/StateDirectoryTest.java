package dev.sallyport.agent.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(OS.WINDOWS)
final class StateDirectoryTest {
  @TempDir
  Path folder;

  private static String permissions(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }

  @Test
  @DisplayName("T42 the state directory and all files in it are for the agent's account alone")
  void everythingIsPrivate() throws IOException {
    StateDirectory directory = StateDirectory.openOrCreate(folder.resolve("a/state"));
    new StateRecord(directory.files(), "secrets", 1).write("x".getBytes(StandardCharsets.UTF_8));
    directory.journalFiles().create("journal").close();
    directory.lock().orElseThrow().channel().close();

    assertThat(permissions(directory.path())).isEqualTo("rwx------");
    try (var files = Files.walk(directory.path())) {
      for (Path path : files.toList()) {
        assertThat(permissions(path)).as(path.toString()).isIn("rwx------", "rw-------");
      }
    }
  }

  @Test
  @DisplayName("T42 a directory that is open to others is refused")
  void anOpenDirectoryIsRefused() throws IOException {
    for (String mode : new String[]{"rwxr-x---", "rwxrwxrwx", "rwx---r--"}) {
      Path open = Files.createDirectory(folder.resolve("open-" + mode));
      Files.setPosixFilePermissions(open, PosixFilePermissions.fromString(mode));

      assertThatThrownBy(() -> StateDirectory.open(open)).isInstanceOf(StateException.class)
          .hasMessageContaining("open to others")
          .hasMessageContaining("chmod 700");
    }
  }

  @Test
  @DisplayName("T42 a link in place of the directory is refused")
  void aLinkIsRefused() throws IOException {
    StateDirectory real = StateDirectory.openOrCreate(folder.resolve("real"));
    Path link = Files.createSymbolicLink(folder.resolve("link"), real.path());

    assertThatThrownBy(() -> StateDirectory.open(link)).isInstanceOf(StateException.class).hasMessageContaining("link");
    assertThatThrownBy(() -> StateDirectory.openOrCreate(link)).isInstanceOf(StateException.class);
  }

  @Test
  @DisplayName("T42 a link planted under a file's name is replaced, never written through")
  void aPlantedLinkIsNotFollowed() throws IOException {
    StateDirectory directory = StateDirectory.openOrCreate(folder.resolve("state"));
    Path victim = Files.writeString(folder.resolve("victim"), "untouched");
    for (String name : new String[]{"secrets", "secrets.new"}) {
      Files.createSymbolicLink(directory.path().resolve(name), victim);
    }
    var state = new StateRecord(directory.files(), "secrets", 1);

    assertThatThrownBy(state::read).isInstanceOf(StateException.class);
    state.write("x".getBytes(StandardCharsets.UTF_8));

    assertThat(victim).hasContent("untouched");
    assertThat(Files.isSymbolicLink(directory.path().resolve("secrets"))).isFalse();
  }

  @Test
  void aMissingDirectoryIsToldApart() {
    assertThatThrownBy(() -> StateDirectory.open(folder.resolve("nothing"))).isInstanceOf(StateException.class)
        .hasMessageContaining("no state directory");
  }

  @Test
  void oneAgentAtATime() throws IOException {
    StateDirectory directory = StateDirectory.openOrCreate(folder.resolve("state"));
    var lock = directory.lock().orElseThrow();

    assertThat(StateDirectory.open(directory.path()).lock()).isEmpty();

    lock.channel().close();
    assertThat(directory.lock()).isPresent();
  }

  @Test
  void aRealFileKeepsWhatIsWrittenAcrossAnInterrupt() throws IOException {
    StateFiles files = StateDirectory.openOrCreate(folder.resolve("state")).files();
    byte[] bytes = "text".getBytes(StandardCharsets.UTF_8);
    try (StateFile file = files.create("f")) {
      Thread.currentThread().interrupt();
      file.write(0, bytes, 0, bytes.length);
      file.sync();
      files.rename("f", "g");
      files.syncDirectory();
      assertThat(Thread.interrupted()).as("the interrupt is still there for who waits for it").isTrue();
      file.write(4, bytes, 0, bytes.length);
      assertThat(file.size()).isEqualTo(8);
    }
    assertThat(files.names()).containsExactly("g");
  }
}
