package dev.sallyport.operation;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

import dev.sallyport.protocol.audit.AuditSection;
import dev.sallyport.protocol.json.JsonObject;
import dev.sallyport.protocol.operation.AuditOperation;
import dev.sallyport.protocol.operation.FileOperation;
import dev.sallyport.protocol.operation.HostOperation;
import dev.sallyport.protocol.operation.InputDigest;
import dev.sallyport.protocol.operation.Operation;
import dev.sallyport.protocol.operation.OperationDescription;
import dev.sallyport.protocol.operation.OperationId;
import dev.sallyport.protocol.operation.Operations;
import dev.sallyport.protocol.operation.Outcome;
import dev.sallyport.protocol.operation.Platform;
import dev.sallyport.protocol.operation.ProcessOperation;
import dev.sallyport.protocol.operation.RegistryOperation;
import dev.sallyport.protocol.operation.RunProgram;
import dev.sallyport.protocol.operation.RunShell;
import dev.sallyport.protocol.operation.TransferOperation;
import dev.sallyport.protocol.operation.UserOperation;
import dev.sallyport.protocol.operation.ValueOperation;
import dev.sallyport.protocol.registry.RegistryValue;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

final class PrimitiveOperationsTest {
  private static final Path NOTES = Path.of("target", "notes");
  private static final OperationContext CONTEXT = new OperationContext(
      new OperationId("01890a5d-ac96-774b-bcce-b302099a8057/0"),
      (channel, bytes, offset, length) -> {
      });

  private static final String TRANSFER = "01890a5d-ac96-774b-bcce-b302099a8057";

  @TempDir
  Path folder;

  private final PrimitiveOperations onLinux = new PrimitiveOperations(Optional.of(Platform.LINUX), NOTES);

  /** In an order in which each can be done in an empty directory. */
  private List<Operation> oneOfEach() {
    String target = folder.resolve("target").toString();
    String renamed = folder.resolve("renamed").toString();
    return List.of(RunProgram.of("true"), RunShell.of("true"),
        new ProcessOperation.Start(List.of("true"), Map.of(), ""), new ProcessOperation.ListProcesses(0, 10),
        new ProcessOperation.IsRunning("no such program"),
        new ProcessOperation.Close(4_000_000_000L, "1", Duration.ZERO),
        new HostOperation.Properties(),
        new ValueOperation.Environment(), new UserOperation.Sessions(), new RegistryOperation.Keys("HKLM", 0, 1),
        new RegistryOperation.Values("HKLM", 0, 1), new RegistryOperation.Get("HKLM", "x"),
        new RegistryOperation.Put("HKLM", "x", RegistryValue.dword(1)), new RegistryOperation.Delete("HKLM", "x"),
        new RegistryOperation.DeleteKey("HKLM\\x"), new HostOperation.Processors(), new HostOperation.Memory(),
        new HostOperation.Disks(),
        new HostOperation.Addresses(), new FileOperation.Properties("/"), new FileOperation.ListDirectory("/", "", 10),
        new TransferOperation.Write(TRANSFER, target, 0, InputDigest.NONE),
        new TransferOperation.State(TRANSFER, target),
        new TransferOperation.Commit(TRANSFER, target, 0, InputDigest.NONE.sha256(), "", "", ""),
        new TransferOperation.Abort(TRANSFER, target), new FileOperation.Read(target, 0, 10, ""),
        new FileOperation.Digest(target), new FileOperation.Rename(target, renamed, false, false),
        new FileOperation.Renames(), new FileOperation.Delete(renamed, false),
        new AuditOperation.Take(AuditSection.USERS, "", List.of()));
  }

  @Test
  @DisplayName("T13 every operation of the protocol is tried here, but those that turn it off, need its log, its user, or are the agent's own")
  void theSamplesAreComplete() {
    assertThat(oneOfEach()).extracting(Operation::name)
        .containsExactlyInAnyOrderElementsOf(Operations.known().stream().map(OperationDescription::name)
            .filter(name -> !name.startsWith("power.") && !name.startsWith("library.")
                && !name.equals("eventlog.read")
                && !(name.startsWith("user.") && !name.equals("user.sessions")))
            .toList());
  }

  @Test
  void whatIsNotBuiltForAnOperatingSystemIsUnsupportedNeverFaked() {
    for (String osName : List.of("Windows 11", "Mac OS X", "AIX")) {
      var elsewhere = new PrimitiveOperations(PrimitiveOperations.platformOf(osName), NOTES);
      assertThat(elsewhere.descriptions()).extracting(OperationDescription::name)
          .allMatch(name -> osName.startsWith("Windows") && name.matches("(power|registry|eventlog)\\..*"));
      for (Operation operation : oneOfEach()) {
        if (!elsewhere.descriptions().contains(operation.description())) {
          assertThat(elsewhere.run(operation, CONTEXT).outcome()).as("%s on %s", operation.name(), osName)
              .isEqualTo(Outcome.UNSUPPORTED);
        }
      }
    }
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void everyOperationWorksOnThisMachine() {
    PrimitiveOperations here = PrimitiveOperations.ofThisMachine(NOTES);

    for (Operation operation : oneOfEach()) {
      boolean built = operation.description().platforms().contains(Platform.LINUX);
      assertThat(here.descriptions().contains(operation.description())).as(operation.name()).isEqualTo(built);
      Ending ending = here.run(operation, CONTEXT);
      assertThat(ending.outcome()).as("%s: %s", operation.name(), ending.reason())
          .isEqualTo(built ? Outcome.DONE : Outcome.UNSUPPORTED);
    }
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  @DisplayName("the variables that are told are those that a program gets, and nothing of the agent's own")
  void theEnvironmentIsThatOfPrograms() {
    var printed = new StringBuilder();
    onLinux.run(RunProgram.of("/usr/bin/env"), new OperationContext(CONTEXT.id(), (channel, bytes, offset,
        length) -> printed.append(new String(bytes, offset, length, java.nio.charset.StandardCharsets.UTF_8))));

    JsonObject told = onLinux.run(new ValueOperation.Environment(), CONTEXT).value().object("variables");

    assertThat(told.names()).isNotEmpty().allSatisfy(
        name -> assertThat(printed.toString()).contains(name + "=" + told.string(name, 1 << 20)));
    assertThat(told.names()).hasSize((int) printed.toString().lines().count() - 1);
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void aFailingCommandFailsWithItsExitCode() {
    Ending ending = onLinux.run(RunShell.of("exit 3"), CONTEXT);

    assertThat(ending).isEqualTo(new Ending(Outcome.FAILED, OptionalInt.of(3), JsonObject.EMPTY, ""));
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void theShellReadsTheCommandToTheLetter() {
    var text = new StringBuilder();
    var context = new OperationContext(CONTEXT.id(),
        (channel, bytes, offset, length) -> text
            .append(new String(bytes, offset, length, java.nio.charset.StandardCharsets.UTF_8)));

    onLinux.run(RunShell.of("x='a  b'; printf '%s|' \"$x\" $x \\$x 'it'\\''s'\nprintf '%s' \"é\""), context);

    assertThat(text).hasToString("a  b|a|b|$x|it's|é");
  }
}
