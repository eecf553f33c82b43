package dev.sallyport.server.directive.batch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;

import dev.sallyport.protocol.operation.Outcome;
import dev.sallyport.server.directive.batch.BatchRule.Standing;
import dev.sallyport.server.directive.batch.BatchRule.Step;
import dev.sallyport.server.time.Window;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The rule of a batch, case by case and against a model. */
class BatchRuleTest {
  @ParameterizedTest(name = "{0} at once, stop after {1}; {2} wait, {3} active, {4} failed, open {5}: {6}")
  @CsvSource({
      "10, 0, 0, 0, 0, true, over", "10, 0, 0, 5, 0, true, over", "10, 0, 100, 0, 0, true, 10",
      "10, 0, 100, 9, 0, true, 1", "10, 0, 100, 10, 0, true, hold", "10, 0, 3, 0, 0, true, 3",
      "10, 0, 100, 12, 0, true, hold", "10, 0, 100, 0, 99, true, 10", "10, 1, 100, 0, 1, true, stop",
      "10, 3, 100, 5, 2, true, 5", "10, 3, 100, 5, 3, true, stop", "10, 3, 100, 5, 4, false, stop",
      "10, 3, 0, 5, 4, true, over", "10, 0, 100, 0, 0, false, hold", "1, 1, 1, 0, 0, true, 1",
      "20000, 0, 20000, 0, 0, true, 20000"})
  void says(int concurrency, int stopAfter, long waiting, long active, long failed, boolean open, String what) {
    Step step = BatchRule.next(new Batch(concurrency, stopAfter, Batch.Sequence.GIVEN, new Window.Always()),
        new Standing(waiting, active, failed), open);
    assertThat(switch (step) {
      case Step.Over _ -> "over";
      case Step.Hold _ -> "hold";
      case Step.Stop _ -> "stop";
      case Step.Start(int most) -> Integer.toString(most);
    }).isEqualTo(what);
  }

  @ParameterizedTest
  @CsvSource({"DONE, 0, false", "DONE, , false", "DONE, 1, true", "FAILED, 0, true", "FAILED, , true",
      "REFUSED, , true", "UNSUPPORTED, , true", "UNKNOWN, , true", "EXPIRED, , false", "CANCELLED, 143, false"})
  void countsAsFailedWhatWasNotDoneAlthoughItWasTried(Outcome outcome, Integer exitCode, boolean failed) {
    assertThat(BatchRule.failed(outcome, exitCode == null ? OptionalInt.empty() : OptionalInt.of(exitCode)))
        .isEqualTo(failed);
  }

  /** What a batch looks like from outside: machines come and go, runs end well or badly, windows open and close, as chance will have it. */
  private static final class Model {
    final Random chance;
    final Batch batch;
    final int machines;
    final List<Integer> waiting = new ArrayList<>();
    final List<Integer> active = new ArrayList<>();
    final List<Integer> started = new ArrayList<>();
    long failed;
    boolean open;
    boolean stopped;

    Model(long seed) {
      chance = new Random(seed);
      machines = 1 + chance.nextInt(40);
      batch = new Batch(1 + chance.nextInt(8), chance.nextInt(5), Batch.Sequence.GIVEN, new Window.Always());
      for (int machine = 0; machine < machines; machine++) {
        waiting.add(machine);
      }
    }

    Step next() {
      return BatchRule.next(batch, new Standing(waiting.size(), active.size(), failed), open);
    }

    /** As the keeper does it: some of the machines are away, and fewer start than may. */
    void keep(boolean everybodyIsThere) {
      switch (next()) {
        case Step.Over _,Step.Hold _ -> {
          return;
        }
        case Step.Stop _ -> {
          stopped = true;
          waiting.clear();
        }
        case Step.Start(int most) -> {
          assertThat(open).as("nothing starts outside the window").isTrue();
          assertThat(stopped).as("nothing starts after the stop").isFalse();
          int left = most;
          for (Integer machine : List.copyOf(waiting)) {
            if (left > 0 && (everybodyIsThere || chance.nextBoolean())) {
              waiting.remove(/* element */ machine);
              active.add(machine);
              started.add(machine);
              left--;
            }
          }
        }
      }
      assertThat(active.size()).as("never more at once").isLessThanOrEqualTo(batch.concurrency());
      if (batch.stopAfterFailures() > 0) {
        assertThat(failed).as("what was under way may still fail, nothing else")
            .isLessThan(batch.stopAfterFailures() + (long) batch.concurrency());
      }
    }

    void happen() {
      switch (chance.nextInt(4)) {
        case 0 -> open = !open;
        case 1, 2 -> endOne();
        default -> keep(false);
      }
    }

    void endOne() {
      if (!active.isEmpty()) {
        active.remove(/* index */ chance.nextInt(active.size()));
        failed += chance.nextInt(6) == 0 ? 1 : 0;
      }
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 20261122})
  void neverStartsTooManyNeverStartsAfterTheStopAndAlwaysComesToAnEnd(long firstSeed) {
    for (long seed = firstSeed; seed < firstSeed + 2_000; seed++) {
      var model = new Model(seed);
      for (int i = 0; i < 200; i++) {
        model.happen();
      }
      model.open = true;
      for (int i = 0; !(model.next() instanceof Step.Over) || !model.active.isEmpty(); i++) {
        assertThat(i).as("it comes to an end; seed %d", seed).isLessThan(1_000);
        model.keep(true);
        model.endOne();
      }
      assertThat(model.started).as("each once; seed %d", seed).doesNotHaveDuplicates();
      if (!model.stopped) {
        assertThat(model.started).as("all of them; seed %d", seed).hasSize(model.machines);
      }
    }
  }

  @Test
  void aBatchIsReadAsItWasStored() {
    var batch = new Batch(3, 2, Batch.Sequence.NAME, new Window.Always());
    assertThat(Batch.fromJson(batch.toJson())).isEqualTo(batch);
    assertThat(Batch.fromJson(Batch.NONE.toJson()).holds()).isFalse();
  }
}
