package dev.sallyport.operation.power;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

import dev.sallyport.operation.Ending;
import dev.sallyport.operation.OperationContext;
import dev.sallyport.operation.linux.LinuxProcessTable;
import dev.sallyport.operation.process.ProcessRunner;
import dev.sallyport.operation.process.SystemTool;
import dev.sallyport.protocol.operation.OperationId;
import dev.sallyport.protocol.operation.Outcome;
import dev.sallyport.protocol.operation.PowerOperation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** With a program that only notes what it was told: no test turns a machine off. */
@EnabledOnOs(OS.LINUX)
final class PowerOperationsTest {
  private static final OperationContext CONTEXT = new OperationContext(
      new OperationId("01890a5d-ac96-774b-bcce-b302099a8057/0"), (channel, bytes, offset, length) -> {
      });

  @TempDir
  Path folder;

  private Ending run(PowerOperation operation, String script) throws IOException {
    Path program = folder.resolve("shut down");
    Files.writeString(program, "#!/bin/sh\n" + script);
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
    var tool = new SystemTool(ProcessRunner.create(new LinuxProcessTable(Path.of("/proc"))));
    return new PowerOperations(tool, new PowerCommands(program.toString(), false)).run(operation, CONTEXT);
  }

  private List<String> told(PowerOperation operation) throws IOException {
    Ending ending = run(operation, "printf '%s\\n' \"$@\" > '" + folder + "/told'\n");
    assertThat(ending.outcome()).as(ending.reason()).isEqualTo(Outcome.DONE);
    return Files.readAllLines(folder.resolve("told"));
  }

  @Test
  void theSystemIsToldInItsOwnWords() throws IOException {
    assertThat(told(new PowerOperation.Reboot(0, ""))).containsExactly("-r", "now");
    assertThat(told(new PowerOperation.Reboot(5, "back soon"))).containsExactly("-r", "+5", "--", "back soon");
    assertThat(told(new PowerOperation.Shutdown(60, "-c $(id) `x`"))).containsExactly("-P", "+60", "--",
        "-c $(id) `x`");
    assertThat(told(new PowerOperation.Cancel())).containsExactly("-c");
  }

  @Test
  void windowsIsToldInItsOwnWords() {
    var windows = new PowerCommands("shutdown.exe", true);

    assertThat(windows.argv(new PowerOperation.Reboot(5, "say \"hi\"")))
        .containsExactly("shutdown.exe", "/r", "/t", "300", "/c", "say 'hi'");
    assertThat(windows.argv(new PowerOperation.Shutdown(0, ""))).containsExactly("shutdown.exe", "/s", "/t", "0");
    assertThat(windows.argv(new PowerOperation.Cancel())).containsExactly("shutdown.exe", "/a");
  }

  @Test
  void whatTheSystemRefusesIsToldWithItsWords() throws IOException {
    Ending ending = run(new PowerOperation.Reboot(0, ""), "echo 'Interactive authentication required.' >&2; exit 1\n");

    assertThat(ending.outcome()).isEqualTo(Outcome.FAILED);
    assertThat(ending.reason()).contains("exit code 1").contains("Interactive authentication required");
  }

  @Test
  void withoutTheProgramItIsUnsupported() throws IOException {
    var tool = new SystemTool(ProcessRunner.create(new LinuxProcessTable(Path.of("/proc"))));
    Ending ending = new PowerOperations(tool, new PowerCommands("", false)).run(new PowerOperation.Cancel(), CONTEXT);

    assertThat(ending.outcome()).isEqualTo(Outcome.UNSUPPORTED);
    assertThat(ending.reason()).contains("no shutdown program");
  }
}
