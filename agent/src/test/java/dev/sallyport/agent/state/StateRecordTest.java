package dev.sallyport.agent.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import org.junit.jupiter.api.Test;

final class StateRecordTest {
  private static final byte[] OLD = "the old secret".getBytes(StandardCharsets.UTF_8);
  private static final byte[] NEW = "the new secret, which is longer than a page ".repeat(40)
      .getBytes(StandardCharsets.UTF_8);
  private static final int POSSIBILITIES = 40;

  private final FaultyDisk disk = new FaultyDisk();
  private final StateRecord state = new StateRecord(disk, "secrets", 1);

  @Test
  void readsBackWhatWasWritten() throws IOException {
    state.write(OLD);
    state.write(NEW);

    assertThat(state.read()).isEqualTo(NEW);
    assertThat(disk.names()).containsExactly("secrets");
  }

  @Test
  void whateverBreaksTheOldOrTheNewVersionIsFound() throws IOException {
    state.write(OLD);
    int before = disk.steps();
    state.write(NEW);
    int steps = disk.steps() - before;
    for (int step = 1; step <= steps; step++) {
      for (long seed = 0; seed < POSSIBILITIES; seed++) {
        var other = new FaultyDisk();
        var record = new StateRecord(other, "secrets", 1);
        record.write(OLD);
        other.powerFailsAt(other.steps() + step);
        assertThatThrownBy(() -> record.write(NEW)).isInstanceOf(FaultyDisk.PowerFailure.class);

        byte[] found = new StateRecord(other.afterPowerFailure(seed), "secrets", 1).read();

        assertThat(Arrays.equals(found, OLD) || Arrays.equals(found, NEW)).as("step %d, seed %d", step, seed).isTrue();
      }
    }
  }

  @Test
  void whenWriteReturnsThePowerMayFail() throws IOException {
    state.write(OLD);
    state.write(NEW);

    for (long seed = 0; seed < POSSIBILITIES; seed++) {
      assertThat(new StateRecord(disk.afterPowerFailure(seed), "secrets", 1).read()).isEqualTo(NEW);
    }
  }

  @Test
  void aFullDiskIsToldAndLeavesTheOldVersion() throws IOException {
    state.write(OLD);
    disk.room(600);

    assertThatThrownBy(() -> state.write(NEW)).isInstanceOf(IOException.class).hasMessageContaining("No space");

    assertThat(state.read()).isEqualTo(OLD);
  }

  @Test
  void aFlippedBitAnywhereIsADamageThatSaysWhatToDo() throws IOException {
    state.write(OLD);
    byte[] good = disk.bytes("secrets").clone();
    for (int bit = 0; bit < good.length * 8; bit++) {
      byte[] bad = good.clone();
      bad[bit / 8] ^= (byte) (1 << bit % 8);
      disk.plant("secrets", bad);

      assertThatThrownBy(state::read).as("bit %d", bit).isInstanceOf(StateException.class)
          .hasMessageContaining("secrets")
          .hasMessageContaining("enrol this machine again");
    }
  }

  @Test
  void aFileOfAnyOtherLengthIsADamage() throws IOException {
    state.write(OLD);
    byte[] good = disk.bytes("secrets").clone();
    for (int length = 0; length < good.length; length++) {
      disk.plant("secrets", Arrays.copyOf(good, length));

      assertThatThrownBy(state::read).isInstanceOf(StateException.class);
    }
    disk.plant("secrets", new byte[StateRecord.MAX_BODY_BYTES + 100]);
    assertThatThrownBy(state::read).isInstanceOf(StateException.class).hasMessageContaining("size");
  }

  @Test
  void anotherVersionIsNotGuessedAt() throws IOException {
    new StateRecord(disk, "secrets", 2).write(OLD);

    assertThatThrownBy(state::read).isInstanceOf(StateException.class).hasMessageContaining("version 2");
  }

  @Test
  void aMissingFileSaysWhatToDo() {
    assertThatThrownBy(state::read).isInstanceOf(StateException.class).hasMessageContaining("missing")
        .hasMessageContaining("enrol this machine again");
  }
}
