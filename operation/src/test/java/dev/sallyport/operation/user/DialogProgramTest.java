package dev.sallyport.operation.user;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs(OS.LINUX)
final class DialogProgramTest {
  @TempDir
  Path folder;

  private long self;
  private DialogProgram program;

  @BeforeEach
  void places() throws IOException {
    self = LinuxSessions.owner(folder);
    program = new DialogProgram(folder.resolve("lib/dialog/dialog.jar").toString(), List.of(folder.resolve("jvm")));
  }

  private Path java(String place, String version, boolean windows) throws IOException {
    Path home = folder.resolve(place);
    Files.createDirectories(home.resolve("bin"));
    Files.createDirectories(home.resolve("lib"));
    Files.writeString(home.resolve("bin/java"), "");
    for (Path part : List.of(home, home.resolve("bin"), home.resolve("lib"), home.resolve("bin/java"))) {
      Files.setPosixFilePermissions(part, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
    Files.writeString(home.resolve("release"), "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"" + version + "\"\n");
    if (windows) {
      Files.writeString(home.resolve("lib/libawt_xawt.so"), "");
    }
    return home;
  }

  /** Beyond the one that runs this test, which has windows, too, where it is a whole JDK. */
  private List<Path> found() {
    return program.findJava(self).filter(java -> java.startsWith(folder)).stream().toList();
  }

  @Test
  void itsOwnJavaComesFirst() throws IOException {
    java("jvm/java-21", "21.0.1", true);
    Path own = java("lib/dialog/runtime", "25.0.3", true);
    assertThat(found()).containsExactly(own);
    assertThat(program.argv(own)).startsWith(own.resolve("bin/java").toString())
        .endsWith("-cp", program.classPath(), "dev.sallyport.dialog.DialogMain");
  }

  @Test
  void aJavaWithoutWindowsOrTooOldIsNone() throws IOException {
    Path own = folder.resolve("lib/dialog/runtime");
    java("lib/dialog/runtime", "21", false);
    assertThat(found()).isEmpty();
    java("lib/dialog/runtime", "11.0.2", true);
    assertThat(found()).isEmpty();
    java("lib/dialog/runtime", "", true);
    assertThat(found()).isEmpty();
    java("lib/dialog/runtime", "17", true);
    assertThat(found()).containsExactly(own);
    Files.delete(own.resolve("release"));
    assertThat(found()).isEmpty();
  }

  @Test
  void aJavaThatOthersCanChangeIsNotRunAsAnybody() throws IOException {
    Path own = java("lib/dialog/runtime", "25", true);
    for (String part : List.of("", "bin", "lib", "bin/java")) {
      Path file = own.resolve(part);
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxrwxr-x"));
      assertThat(found()).as("group may write %s", part).isEmpty();
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xrwx"));
      assertThat(found()).as("all may write %s", part).isEmpty();
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
    assertThat(found()).containsExactly(own);
  }

  @Test
  void whatKeepsOtherAccountsOutIsNamed() throws IOException {
    Path open = Files.createDirectories(folder.resolve("open"));
    Path jar = Files.writeString(open.resolve("x.jar"), "");
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxr-x--x"));
    Files.setPosixFilePermissions(jar, PosixFilePermissions.fromString("rw-r--r--"));
    assertThat(DialogProgram.barrier(jar).filter(part -> part.startsWith(folder))).isEmpty();

    Files.setPosixFilePermissions(jar, PosixFilePermissions.fromString("rw-r-----"));
    assertThat(DialogProgram.barrier(jar)).contains(jar);
    Files.setPosixFilePermissions(jar, PosixFilePermissions.fromString("rw-r--r--"));
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
    assertThat(DialogProgram.barrier(jar)).contains(folder);
    assertThat(DialogProgram.barrier(folder.resolve("nothing"))).isEmpty();
  }

  @Test
  void whereNothingIsThereNothingIsFound() {
    assertThat(found()).isEmpty();
  }
}
