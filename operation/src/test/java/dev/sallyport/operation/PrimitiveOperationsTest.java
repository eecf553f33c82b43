package dev.sallyport.operation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

import dev.sallyport.protocol.json.JsonObject;
import dev.sallyport.protocol.operation.Effect;
import dev.sallyport.protocol.operation.FileOperation;
import dev.sallyport.protocol.operation.HostOperation;
import dev.sallyport.protocol.operation.Operation;
import dev.sallyport.protocol.operation.OperationDescription;
import dev.sallyport.protocol.operation.OperationId;
import dev.sallyport.protocol.operation.Operations;
import dev.sallyport.protocol.operation.Outcome;
import dev.sallyport.protocol.operation.Platform;
import dev.sallyport.protocol.operation.RunProgram;
import dev.sallyport.protocol.operation.RunShell;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

final class PrimitiveOperationsTest {
  private static final List<Operation> ONE_OF_EACH = List.of(RunProgram.of("true"), RunShell.of("true"),
      new HostOperation.Properties(),
      new HostOperation.Processors(), new HostOperation.Memory(), new HostOperation.Disks(),
      new HostOperation.Addresses(),
      new FileOperation.Properties("/"));
  private static final OperationContext CONTEXT = new OperationContext(
      new OperationId("01890a5d-ac96-774b-bcce-b302099a8057/0"),
      (channel, bytes, offset, length) -> {
      });

  private final PrimitiveOperations onLinux = new PrimitiveOperations(Optional.of(Platform.LINUX));

  @Test
  @DisplayName("T13 every operation of the protocol is tried here")
  void theSamplesAreComplete() {
    assertThat(ONE_OF_EACH).extracting(Operation::name)
        .containsExactlyInAnyOrderElementsOf(Operations.known().stream().map(OperationDescription::name).toList());
  }

  @Test
  void whatIsNotBuiltForAnOperatingSystemIsUnsupportedNeverFaked() {
    for (String osName : List.of("Windows 11", "Mac OS X", "AIX")) {
      var elsewhere = new PrimitiveOperations(PrimitiveOperations.platformOf(osName));
      assertThat(elsewhere.descriptions()).isEmpty();
      for (Operation operation : ONE_OF_EACH) {
        assertThat(elsewhere.run(operation, CONTEXT).outcome()).as("%s on %s", operation.name(), osName)
            .isEqualTo(Outcome.UNSUPPORTED);
      }
    }
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void everyOperationWorksOnThisMachine() {
    PrimitiveOperations here = PrimitiveOperations.ofThisMachine();

    assertThat(here.descriptions()).hasSize(ONE_OF_EACH.size());
    for (Operation operation : ONE_OF_EACH) {
      Ending ending = here.run(operation, CONTEXT);
      assertThat(ending.outcome()).as(operation.name()).isEqualTo(Outcome.DONE);
      assertThat(ending.value().size() > 0).as(operation.name()).isEqualTo(operation.effect() == Effect.READ);
    }
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
