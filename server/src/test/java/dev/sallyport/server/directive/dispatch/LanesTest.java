package dev.sallyport.server.directive.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

import dev.sallyport.protocol.json.JsonObject;
import dev.sallyport.server.directive.batch.Batch;
import dev.sallyport.server.directive.record.Directive;
import dev.sallyport.server.directive.record.RunKey;
import org.junit.jupiter.api.Test;

class LanesTest {

  private final Lanes lanes = new Lanes(new DispatchLimits(2, 5));

  @Test
  void aMachineThatIsAwayGetsNoPlaceAndNothingWaitsForItInMemory() {
    assertThat(lanes.reserve(key("m", 1))).isFalse();
    lanes.add(run("m", 1));
    assertThat(lanes.next()).isEmpty();
    assertThat(lanes.machines()).isEmpty();
  }

  @Test
  void aMachineThatCameIsFedBeforeItTakesNewRuns() {
    lanes.connect("m");
    assertThat(lanes.reserve(key("m", 2))).as("older runs may be in the database").isFalse();

    assertThat(lanes.startFeeding("m")).isTrue();
    assertThat(lanes.startFeeding("m")).as("once at a time").isFalse();
    assertThat(lanes.reserve(key("m", 2))).isFalse();
    lanes.feed("m", List.of(run("m", 1)), true);

    assertThat(lanes.reserve(key("m", 2))).as("behind the one that waits").isFalse();
    assertThat(taken()).containsExactly("m1");
    assertThat(lanes.reserve(key("m", 2))).isTrue();
  }

  @Test
  void aRunAddedWhileTheMachineIsFedIsReadFromTheDatabaseLater() {
    lanes.connect("m");
    lanes.startFeeding("m");
    lanes.add(run("m", 1));
    lanes.feed("m", List.of(), true);

    assertThat(lanes.next()).isEmpty();
    assertThat(lanes.startFeeding("m")).isTrue();
  }

  @Test
  void oneMachineHasNoMoreRunsUnderWayThanItsLimit() {
    fed("m");
    addAll("m", 5);

    assertThat(taken()).containsExactly("m1", "m2");
    lanes.release(key("m", 1));
    assertThat(taken()).containsExactly("m3");
  }

  @Test
  void theServerHasNoMoreRunsUnderWayThanItsLimit() {
    for (String machine : List.of("a", "b", "c", "d")) {
      fed(machine);
      addAll(machine, 2);
    }

    assertThat(taken()).hasSize(5);
    assertThat(lanes.active()).isEqualTo(5);
    assertThat(lanes.reserve(key("a", 9))).isFalse();
  }

  @Test
  void machinesTakeTurnsSoThatOneWithManyRunsDelaysNoOther() {
    var fair = new Lanes(new DispatchLimits(10, 4));
    for (String machine : List.of("busy", "x", "y")) {
      fair.connect(machine);
      fair.startFeeding(machine);
    }
    fair.feed("busy", IntStream.rangeClosed(1, 9).mapToObj(n -> run("busy", n)).toList(), true);
    fair.feed("x", List.of(run("x", 1)), true);
    fair.feed("y", List.of(run("y", 1)), true);

    var order = new ArrayList<String>();
    for (var next = fair.next(); next.isPresent(); next = fair.next()) {
      order.add(next.get().key().machine());
    }
    assertThat(order).containsExactly("busy", "x", "y", "busy");
  }

  @Test
  void noRunIsTakenTwice() {
    fed("m");
    lanes.add(run("m", 1));
    lanes.add(run("m", 1));
    assertThat(taken()).containsExactly("m1");
    lanes.add(run("m", 1));
    lanes.hunger("m");
    lanes.startFeeding("m");
    lanes.feed("m", List.of(run("m", 1)), true);
    assertThat(taken()).isEmpty();
  }

  @Test
  void whatDoesNotFitIsFetchedFromTheDatabaseWhenTheQueueIsEmpty() {
    fed("m");
    addAll("m", Lanes.MAX_WAITING + 10);
    assertThat(lanes.startFeeding("m")).as("not while runs wait here").isFalse();

    int done = 0;
    for (var next = lanes.next(); next.isPresent(); next = lanes.next()) {
      lanes.release(next.get().key());
      done++;
    }
    assertThat(done).isEqualTo(Lanes.MAX_WAITING);
    assertThat(lanes.startFeeding("m")).isTrue();
    lanes.feed("m",
        IntStream.rangeClosed(Lanes.MAX_WAITING + 1, Lanes.MAX_WAITING + 10).mapToObj(n -> run("m", n)).toList(), true);
    assertThat(taken()).containsExactly("m129", "m130");
  }

  @Test
  void anIncompleteReadingLeavesTheLaneHungry() {
    lanes.connect("m");
    lanes.startFeeding("m");
    lanes.feed("m", List.of(run("m", 1)), false);
    taken();
    assertThat(lanes.startFeeding("m")).isTrue();
    lanes.unfed("m");
    assertThat(lanes.startFeeding("m")).as("a reading that failed is repeated").isTrue();
  }

  @Test
  void aMachineThatLeavesKeepsItsPlacesUntilItsRunsHaveGivenUp() {
    fed("m");
    addAll("m", 3);
    taken();
    lanes.disconnect("m");

    assertThat(lanes.active()).isEqualTo(2);
    assertThat(lanes.next()).as("what waited is dropped").isEmpty();
    lanes.release(key("m", 1));
    lanes.release(key("m", 2));
    assertThat(lanes.active()).isZero();
    assertThat(lanes.machines()).as("nothing is remembered of it").isEmpty();
  }

  @Test
  void aReadingThatEndsAfterItsMachineLeftIsDropped() {
    lanes.connect("m");
    lanes.startFeeding("m");
    lanes.disconnect("m");
    lanes.feed("m", List.of(run("m", 1)), true);
    assertThat(lanes.next()).isEmpty();
  }

  @Test
  void aPlaceIsGivenBackOnce() {
    fed("m");
    lanes.add(run("m", 1));
    taken();
    lanes.release(key("m", 1));
    lanes.release(key("m", 1));
    assertThat(lanes.active()).isZero();
  }

  @Test
  void limitsAreWithinTheirBounds() {
    assertThatThrownBy(() -> new DispatchLimits(0, 1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new DispatchLimits(1_001, 1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new DispatchLimits(1, 0)).isInstanceOf(IllegalArgumentException.class);
  }

  private void fed(String machine) {
    lanes.connect(machine);
    lanes.startFeeding(machine);
    lanes.feed(machine, List.of(), true);
  }

  private void addAll(String machine, int runs) {
    IntStream.rangeClosed(1, runs).forEach(n -> lanes.add(run(machine, n)));
  }

  private List<String> taken() {
    var taken = new ArrayList<String>();
    for (var next = lanes.next(); next.isPresent(); next = lanes.next()) {
      taken.add(next.get().key().machine() + next.get().key().directive());
    }
    return taken;
  }

  private static RunKey key(String machine, int directive) {
    return new RunKey(Integer.toString(directive), machine);
  }

  private static PendingRun run(String machine, int directive) {
    return new PendingRun(key(machine, directive),
        new Directive(Integer.toString(directive), "shell", JsonObject.EMPTY, Instant.EPOCH, "o",
            "o", Instant.EPOCH, Duration.ofSeconds(1), 1, Batch.NONE));
  }
}
