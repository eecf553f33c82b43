package dev.sallyport.protocol.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.util.Set;

import dev.sallyport.protocol.ProtocolException;
import dev.sallyport.protocol.Seeded;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

final class OperationDescriptionTest {
  @Test
  void everyDescriptionSurvivesTheWayOverTheWire() {
    Seeded.forSeeds(500, seeded -> {
      OperationDescription description = SampleOperations.description(seeded);
      assertThat(OperationDescription.fromJson(description.toJson())).isEqualTo(description);
    });
    for (OperationDescription known : Operations.known()) {
      assertThat(OperationDescription.fromJson(known.toJson())).isEqualTo(known);
    }
  }

  @Test
  void hasADocumentedForm() {
    assertThat(Operations.known().getFirst().toJson().text())
        .isEqualTo(
            "{\"name\":\"process.run\",\"version\":1,\"effect\":\"change\",\"privilege\":\"ordinary\",\"class\":\"exec\","
                + "\"timeLimitMs\":86400000,\"outputLimit\":67108864,\"platforms\":[\"linux\"]}");
  }

  @Test
  void everyWordIsReadBackAsItsConstant() {
    for (Effect effect : Effect.values()) {
      assertThat(Effect.ofWord(effect.word())).isEqualTo(effect);
    }
    for (Outcome outcome : Outcome.values()) {
      assertThat(Outcome.ofWord(outcome.word())).isEqualTo(outcome);
    }
    for (OperationDescription.Privilege privilege : OperationDescription.Privilege.values()) {
      assertThat(OperationDescription.Privilege.ofWord(privilege.word())).isEqualTo(privilege);
    }
    for (Platform platform : Platform.values()) {
      assertThat(Platform.ofWord(platform.word())).isEqualTo(platform);
    }
    for (ActionClass actionClass : ActionClass.values()) {
      assertThat(ActionClass.ofWord(actionClass.word())).isEqualTo(actionClass);
    }
  }

  @Test
  void otherWordsAreRefusedWithTheKnownOnes() {
    refused(() -> Effect.ofWord("READ"), "expected an effect: read, change");
    refused(() -> Outcome.ofWord(""),
        "expected an outcome: done, failed, refused, unsupported, expired, cancelled, unknown");
    refused(() -> OperationDescription.Privilege.ofWord("root"), "expected a privilege: ordinary, elevated");
    refused(() -> Platform.ofWord("Linux"), "expected a platform: linux, windows, macos");
    refused(() -> ActionClass.ofWord("file"),
        "expected an action class: read, act, exec, file.get, file.put, registry.set, desktop, "
            + "plugin, update, policy, proxy");
  }

  @Test
  void refusesWhatNoAgentCanMean() {
    Set<Platform> linux = Set.of(Platform.LINUX);
    Duration minute = Duration.ofMinutes(1);
    refused(() -> make("", 1, minute, 0, linux), "operation name: must not be empty");
    refused(() -> make("n".repeat(65), 1, minute, 0, linux),
        "operation name: expected at most 64 characters, found 65");
    refused(() -> make("a\nb", 1, minute, 0, linux), "operation name: character 1 (U+000A) is not plain text");
    refused(() -> make("n", 0, minute, 0, linux), "operation version: expected at least 1, found 0");
    refused(() -> make("n", 1, Duration.ofMillis(-1), 0, linux),
        "operation time limit: expected whole milliseconds up to 24 h");
    refused(() -> make("n", 1, Duration.ofHours(25), 0, linux),
        "operation time limit: expected whole milliseconds up to 24 h");
    refused(() -> make("n", 1, Duration.ofNanos(1), 0, linux),
        "operation time limit: expected whole milliseconds up to 24 h");
    refused(() -> make("n", 1, minute, -1, linux), "operation output limit: expected 0 to 67108864 bytes");
    refused(() -> make("n", 1, minute, 0, Set.of()), "operation platforms: expected at least one");
  }

  private static OperationDescription make(String name, int version, Duration time, long output,
      Set<Platform> platforms) {
    return new OperationDescription(name, version, Effect.READ, OperationDescription.Privilege.ORDINARY,
        ActionClass.READ, time, output,
        platforms);
  }

  private static void refused(ThrowingCallable making, String message) {
    assertThatExceptionOfType(ProtocolException.class).isThrownBy(making).withMessage(message);
  }
}
