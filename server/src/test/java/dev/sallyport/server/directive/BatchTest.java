package dev.sallyport.server.directive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.stream.Stream;

import dev.sallyport.protocol.json.JsonObject;
import dev.sallyport.protocol.operation.Limits;
import dev.sallyport.protocol.operation.Outcome;
import dev.sallyport.server.access.Sight;
import dev.sallyport.server.directive.batch.Batch;
import dev.sallyport.server.directive.batch.Batch.Sequence;
import dev.sallyport.server.directive.life.RunState;
import dev.sallyport.server.directive.queue.QueueEntry;
import dev.sallyport.server.directive.record.DirectiveTable;
import dev.sallyport.server.directive.record.Run;
import dev.sallyport.server.directive.record.RunKey;
import dev.sallyport.server.directive.record.RunTable;
import dev.sallyport.server.fake.FakeActions;
import dev.sallyport.server.fake.FakeLink;
import dev.sallyport.server.fake.FakeMachine;
import dev.sallyport.server.fake.Script;
import dev.sallyport.server.fake.ServerTest;
import dev.sallyport.server.fake.TestServer;
import dev.sallyport.server.time.Window;
import dev.sallyport.server.web.ProblemException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Directives that go over their machines bit by bit (mission row M4). */
class BatchTest extends ServerTest {
  private final List<FakeMachine> machines = new ArrayList<>();

  private void enrol(int count) {
    for (int i = 0; i < count; i++) {
      FakeMachine machine = server.enrol("web-" + (char) ('a' + i));
      machine.behave(_ -> Script.prints().forEver());
      machines.add(machine);
    }
  }

  private void connectAll() {
    machines.forEach(server::connect);
  }

  private static Batch atOnce(int concurrency) {
    return new Batch(concurrency, 0, Sequence.GIVEN, new Window.Always());
  }

  private String give(Batch batch) {
    return give(batch, machines, Duration.ofHours(12));
  }

  private String give(Batch batch, List<FakeMachine> on, Duration lifetime) {
    var order = new Order("shell-like", JsonObject.EMPTY, new Order.Targets.Named(on.stream().map(FakeMachine::id)
        .toList()), lifetime, Limits.DEFAULT, true, batch);
    return server.directives.give(order, TestServer.OWNER).id();
  }

  private long underWay() {
    return machines.stream().filter(BatchTest::busy).count();
  }

  private static boolean busy(FakeMachine machine) {
    return !machine.started().isEmpty() && !machine.held().isEmpty();
  }

  private Run run(String id, FakeMachine of) {
    return database.read(sql -> new RunTable(sql).find(new RunKey(id, of.id())).orElseThrow());
  }

  private List<String> states(String id) {
    return machines.stream().map(machine -> run(id, machine).state().word()).toList();
  }

  private boolean over(String id) {
    return machines.stream().allMatch(machine -> run(id, machine).state().ended());
  }

  private List<FakeMachine> started() {
    return machines.stream().filter(machine -> !machine.started().isEmpty()).toList();
  }

  /** Lets whatever could happen by now happen. */
  private void settle(String id) {
    server.await("nothing more happens for now", () -> {
      long active = database.<Long>read(sql -> new DirectiveTable(sql).standing(id).active());
      return active == underWay() && server.dispatcher.active() == active;
    });
    for (int i = 0; i < 20; i++) {
      server.tick();
    }
  }

  @Test
  @DisplayName("never more machines at once than the batch says, and each has its turn in the order given")
  void machinesFollowEachOther() {
    enrol(5);
    connectAll();
    String id = give(atOnce(2));
    for (int done = 0; done < 5; done++) {
      int expected = Math.min(2, 5 - done);
      int begun = Math.min(5, done + 2);
      server.await("the next have begun", () -> started().size() == begun && underWay() == expected);
      settle(id);
      assertThat(started()).containsExactlyElementsOf(machines.subList(0, begun));
      machines.get(done).finish();
    }
    server.await("all have ended", () -> over(id));
    assertThat(states(id)).containsOnly("done");
    assertThat(machines).allSatisfy(machine -> assertThat(machine.started()).hasSize(1));
  }

  @Test
  void machinesComeByNameIfTheOrderSaysSo() {
    enrol(3);
    connectAll();
    give(new Batch(1, 0, Sequence.NAME, new Window.Always()), machines.reversed(), Duration.ofHours(1));
    server.await("one has begun", () -> underWay() == 1);
    assertThat(started()).containsExactly(machines.getFirst());
    machines.forEach(FakeMachine::finish);
  }

  @Test
  void aMachineThatIsAwayIsPassedOverAndHasItsTurnWhenItComes() {
    enrol(4);
    server.connect(machines.get(2));
    server.connect(machines.get(3));
    String id = give(atOnce(1));
    server.await("the third has begun", () -> underWay() == 1);
    assertThat(started()).containsExactly(machines.get(2));
    assertThat(server.queue.all("", 10, Sight.WHOLE).runs()).extracting(QueueEntry::waitsFor)
        .containsExactlyInAnyOrder("machine", "machine", null, "batch");

    server.connect(machines.get(1));
    settle(id);
    assertThat(underWay()).as("it waits for its turn").isEqualTo(1);
    machines.get(2).finish();
    server.await("the second has begun", () -> busy(machines.get(1)));
    settle(id);
    assertThat(busy(machines.get(3))).as("it comes later in the order").isFalse();
    machines.get(1).finish();
    server.await("the fourth has begun", () -> busy(machines.get(3)));
    machines.get(3).finish();
    server.await("it has ended", () -> run(id, machines.get(3)).state().ended());
    server.connect(machines.get(0));
    server.await("the first has begun", () -> busy(machines.get(0)));
    machines.get(0).finish();
    server.await("all have ended", () -> over(id));
  }

  @Test
  @DisplayName("after so many failures nothing more starts, and what did not start says why")
  void stopsAfterFailures() {
    enrol(6);
    machines.get(0).behave(_ -> Script.prints().ending(Outcome.FAILED, 1));
    machines.get(1).behave(_ -> Script.prints());
    machines.get(2).behave(_ -> Script.prints().ending(Outcome.DONE, 3));
    connectAll();
    String id = give(new Batch(1, 2, Sequence.GIVEN, new Window.Always()));
    server.await("all have ended", () -> over(id));
    assertThat(states(id)).containsExactly("failed", "done", "done", "cancelled", "cancelled", "cancelled");
    assertThat(run(id, machines.get(3)).reason()).contains("not started", "2 of the batch's runs failed");
    assertThat(started()).hasSize(3);
  }

  @Test
  void whatRunsWhenABatchStopsGoesOnToItsEnd() {
    enrol(4);
    machines.get(0).behave(_ -> Script.prints().ending(Outcome.FAILED, 1));
    connectAll();
    String id = give(new Batch(2, 1, Sequence.GIVEN, new Window.Always()));
    server.await("the rest is cancelled", () -> run(id, machines.get(3)).state().ended());
    assertThat(run(id, machines.get(1)).state()).isIn(new RunState.Running(false),
        new RunState.Ended(Outcome.CANCELLED));
    machines.forEach(FakeMachine::finish);
    server.await("all have ended", () -> over(id));
    assertThat(run(id, machines.get(1)).state().word()).isEqualTo(started().size() == 2 ? "done" : "cancelled");
  }

  @Test
  void cancellingABatchEndsWhatWaits() {
    enrol(3);
    connectAll();
    String id = give(atOnce(1));
    server.await("one has begun", () -> underWay() == 1);
    server.cancels.directive(server.queries.find(id).orElseThrow(), TestServer.OWNER);
    server.await("all have ended", () -> over(id));
    assertThat(states(id)).containsOnly("cancelled");
    assertThat(started()).hasSize(1);
  }

  @Test
  @DisplayName("K19 a restart in the middle goes on where the batch stood: no more at once, nobody twice, nobody left out")
  void goesOnAfterARestart() {
    enrol(5);
    connectAll();
    String id = give(atOnce(2));
    server.await("two have begun", () -> underWay() == 2);
    for (int life = 0; life < 3; life++) {
      server.close();
      server = new TestServer(database, clock, FakeActions.all());
      connectAll();
      server.await("the runs are attached to again", () -> server.dispatcher.active() == 2);
      settle(id);
      assertThat(started()).as("in life %d", life).hasSize(Math.min(5, 2 + life));
      machines.get(life).finish();
      int expected = Math.min(5, 3 + life);
      server.await("the next has begun", () -> started().size() == expected && underWay() == 2);
    }
    machines.forEach(FakeMachine::finish);
    server.await("all have ended", () -> over(id));
    assertThat(machines).allSatisfy(machine -> assertThat(machine.started()).hasSize(1));
  }

  @Test
  @DisplayName("a machine that took its run and went away keeps its place: a roll-out whose machines do not come back stops by itself")
  void whoDoesNotComeBackHoldsTheBatch() {
    enrol(3);
    FakeLink first = server.connect(machines.get(0));
    server.connect(machines.get(1));
    String id = give(atOnce(1));
    server.await("one has begun", () -> underWay() == 1);
    first.cut();
    server.await("nobody carries it", () -> server.dispatcher.active() == 0);
    for (int i = 0; i < 20; i++) {
      server.tick();
    }
    assertThat(started()).hasSize(1);
    machines.get(0).finish();
    server.connect(machines.get(0)).tellHeld();
    server.await("the next has begun", () -> busy(machines.get(1)));
    machines.get(1).finish();
    assertThat(run(id, machines.get(0)).state()).isEqualTo(new RunState.Ended(Outcome.DONE));
  }

  @Test
  void whatABatchHoldsExpiresLikeEverythingThatWaits() {
    enrol(2);
    connectAll();
    String id = give(atOnce(1), machines, Duration.ofHours(1));
    server.await("one has begun", () -> underWay() == 1);
    clock.advance(Duration.ofHours(1));
    server.housekeeping.expire();
    assertThat(run(id, machines.get(1)).state()).isEqualTo(new RunState.Ended(Outcome.EXPIRED));
    machines.get(0).finish();
    server.await("all have ended", () -> over(id));
    assertThat(started()).hasSize(1);
  }

  @Test
  @DisplayName("runs start inside the maintenance window only, and machines that are told late do not start either")
  void waitsForItsWindow() {
    enrol(3);
    connectAll();
    assertThat(clock.instant()).isEqualTo(Instant.parse("2026-11-22T10:00:00Z"));
    var night = new Window.Hours(EnumSet.allOf(java.time.DayOfWeek.class), LocalTime.of(20, 0), LocalTime.of(4, 0),
        ZoneId.of("UTC"));
    String id = give(new Batch(1, 0, Sequence.GIVEN, night), machines, Duration.ofDays(2));
    settle(id);
    assertThat(started()).isEmpty();
    assertThat(server.queue.all("", 10, Sight.WHOLE).runs()).extracting(QueueEntry::waitsFor).containsOnly("window");

    clock.advance(Duration.ofHours(10));
    server.await("one has begun", () -> underWay() == 1);
    assertThat(machines.get(0).latestStarts()).containsExactly(Instant.parse("2026-11-23T04:00:00Z"));
    clock.advance(Duration.ofHours(8));
    machines.get(0).finish();
    server.await("it has ended", () -> run(id, machines.get(0)).state().ended());
    settle(id);
    assertThat(started()).hasSize(1);

    server.close();
    server = new TestServer(database, clock, FakeActions.all());
    connectAll();
    settle(id);
    assertThat(started()).as("a restart opens no window").hasSize(1);
    clock.advance(Duration.ofHours(16));
    server.await("the next has begun", () -> busy(machines.get(1)));
    machines.forEach(FakeMachine::finish);
    TestServer.await("all have ended", () -> over(id), () -> {
      machines.forEach(FakeMachine::finish);
      server.tick();
    });
  }

  @Test
  void aRunWhoseMachineHeardOfItTooLateForTheWindowDoesNotStart() {
    enrol(1);
    FakeLink link = server.prepare(machines.getFirst());
    link.cutAtPoint(1);
    server.switchboard.up(link);
    var morning = new Window.Hours(EnumSet.allOf(java.time.DayOfWeek.class), LocalTime.of(9, 0), LocalTime.of(11, 0),
        ZoneId.of("UTC"));
    String id = give(new Batch(1, 0, Sequence.GIVEN, morning), machines, Duration.ofDays(2));
    server.await("the link broke off", () -> !link.isUp() && server.dispatcher.active() == 0);
    clock.advance(Duration.ofHours(2));
    server.connect(machines.getFirst());
    server.await("it has ended", () -> over(id));
    assertThat(run(id, machines.getFirst()).state()).isEqualTo(new RunState.Ended(Outcome.EXPIRED));
    assertThat(started()).isEmpty();
  }

  @Test
  void aWindowThatOpensTooLateIsRefused() {
    enrol(1);
    var night = new Window.Hours(EnumSet.allOf(java.time.DayOfWeek.class), LocalTime.of(20, 0), LocalTime.of(4, 0),
        ZoneId.of("UTC"));
    assertThatThrownBy(() -> give(new Batch(1, 0, Sequence.GIVEN, night), machines, Duration.ofHours(10)))
        .isInstanceOfSatisfying(ProblemException.class,
            e -> assertThat(e.problem().field()).isEqualTo("batch.window"));
    assertThat(give(new Batch(1, 0, Sequence.GIVEN, night), machines, Duration.ofHours(11))).isNotEmpty();
  }

  @Test
  @DisplayName("many machines that are away do not hinder the few that are there, and none of them is kept in memory")
  void manyAreAway() {
    int away = 1_100;
    var ids = new ArrayList<FakeMachine>();
    for (int i = 0; i < away; i++) {
      ids.add(server.enrol("away-" + i));
    }
    enrol(3);
    connectAll();
    String id = give(atOnce(2), Stream.concat(ids.stream(), machines.stream()).toList(), Duration.ofHours(1));
    server.await("two have begun", () -> underWay() == 2);
    settle(id);
    assertThat(started()).hasSize(2);
    assertThat(server.dispatcher.active()).isEqualTo(2);
    machines.get(0).finish();
    server.await("the third has begun", () -> busy(machines.get(2)));
    machines.forEach(FakeMachine::finish);
    server.await("the three have ended", () -> over(id));
    assertThat(database.<Long>read(sql -> new DirectiveTable(sql).standing(id).waiting())).isEqualTo((long) away);
  }
}
