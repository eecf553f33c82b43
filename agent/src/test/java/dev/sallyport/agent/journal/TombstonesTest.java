package dev.sallyport.agent.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.UUID;

import dev.sallyport.protocol.operation.OperationId;
import org.junit.jupiter.api.Test;

final class TombstonesTest {
  private static final long BIRTH_MS = 1_700_000_000_000L;
  private static final Instant NOW = Instant.ofEpochMilli(BIRTH_MS);
  private static final Instant TOMORROW = NOW.plusSeconds(86_400);

  private final Tombstones tombstones = new Tombstones();

  static OperationId id(long birthMs, long number) {
    return OperationId.of(new UUID(birthMs << 16 | 0x7000, 0x8000_0000_0000_0000L | number), 0);
  }

  @Test
  void remembersEachId() {
    for (int i = 0; i < 10_000; i++) {
      tombstones.add(id(BIRTH_MS + i, i), TOMORROW, NOW);
    }

    for (int i = 0; i < 10_000; i++) {
      assertThat(tombstones.contains(id(BIRTH_MS + i, i))).isTrue();
      assertThat(tombstones.contains(id(BIRTH_MS + i, i + 10_000))).isFalse();
    }
    assertThat(tombstones.count()).isEqualTo(10_000);
  }

  @Test
  void tellsTheStepsOfADirectiveApart() {
    UUID directive = UUID.fromString("01890a5d-ac96-774b-bcce-b302099a8057");
    tombstones.add(OperationId.of(directive, 7), TOMORROW, NOW);

    assertThat(tombstones.contains(OperationId.of(directive, 7))).isTrue();
    assertThat(tombstones.contains(OperationId.of(directive, 8))).isFalse();
    assertThat(tombstones.contains(OperationId.of(directive, 0))).isFalse();
  }

  @Test
  void forgetsWhatNobodyCouldStartAnyMore() {
    tombstones.add(id(BIRTH_MS, 1), NOW.plusSeconds(10), NOW);
    tombstones.add(id(BIRTH_MS, 2), NOW.plusSeconds(30), NOW);

    tombstones.forgetBefore(NOW.plusSeconds(20));

    assertThat(tombstones.contains(id(BIRTH_MS, 1))).isFalse();
    assertThat(tombstones.contains(id(BIRTH_MS, 2))).isTrue();
    assertThat(tombstones.floorMs()).isEqualTo(Tombstones.NO_FLOOR);
  }

  @Test
  void neverGrowsBeyondItsBoundAndCallsEverythingOlderThanTheForgottenTooOld() {
    int many = 3 * Tombstones.MAX_COUNT;
    for (int i = 0; i < many; i++) {
      tombstones.add(id(BIRTH_MS + i, i), TOMORROW, NOW);
      assertThat(tombstones.count()).isLessThanOrEqualTo(Tombstones.MAX_COUNT);
    }

    for (int i = 0; i < many; i++) {
      OperationId id = id(BIRTH_MS + i, i);
      assertThat(tombstones.contains(id) || tombstones.tooOld(id)).as("id %d can never run again", i).isTrue();
    }
    assertThat(tombstones.tooOld(id(BIRTH_MS + many, many))).as("a new id").isFalse();
  }

  @Test
  void anIdThatDoesNotTellItsBirthCountsAsOld() {
    OperationId random = OperationId.of(UUID.fromString("9f4c1d2e-0000-4000-8000-000000000001"), 0);
    assertThat(tombstones.tooOld(random)).as("while there is no floor").isFalse();

    tombstones.raiseFloor(BIRTH_MS);

    assertThat(tombstones.tooOld(random)).isTrue();
    assertThat(tombstones.tooOld(id(BIRTH_MS, 1))).isTrue();
    assertThat(tombstones.tooOld(id(BIRTH_MS + 1, 1))).isFalse();
  }
}
