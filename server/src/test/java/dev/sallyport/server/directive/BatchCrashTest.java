package dev.sallyport.server.directive;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import dev.sallyport.protocol.json.JsonObject;
import dev.sallyport.protocol.operation.Limits;
import dev.sallyport.protocol.operation.Outcome;
import dev.sallyport.server.directive.batch.Batch;
import dev.sallyport.server.directive.batch.BatchRule;
import dev.sallyport.server.directive.life.RunState;
import dev.sallyport.server.directive.record.DirectiveTable;
import dev.sallyport.server.directive.record.RunKey;
import dev.sallyport.server.directive.record.RunTable;
import dev.sallyport.server.fake.FakeActions;
import dev.sallyport.server.fake.FakeMachine;
import dev.sallyport.server.fake.FaultyStore.Side;
import dev.sallyport.server.fake.TestClock;
import dev.sallyport.server.fake.TestServer;
import dev.sallyport.server.store.Database;
import dev.sallyport.server.store.DatabaseStore;
import dev.sallyport.server.store.StoreUnavailableException;
import dev.sallyport.server.time.Window;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The power fails at every write of a batch's life, before and after the commit. */
class BatchCrashTest {
  private final TestClock clock = new TestClock();

  @Test
  @DisplayName("a crash at any write of a batch leaves no machine out, starts none twice, and leaves its counts true")
  void survivesACrashAtAnyWrite(@TempDir Path directory) {
    try (var database = DatabaseStore.open(new Database.Sqlite(directory.resolve("sallyport.db")))) {
      int write = 0;
      boolean crashed = true;
      while (crashed) {
        write++;
        crashed = false;
        for (Side side : Side.values()) {
          crashed |= scenario(database, write, side);
        }
      }
      assertThat(write).as("writes of one undisturbed life").isGreaterThan(6);
    }
  }

  private boolean scenario(DatabaseStore database, int write, Side side) {
    var machines = new ArrayList<FakeMachine>();
    String acknowledged = "";
    boolean crashed;
    try (var server = server(database)) {
      for (String name : List.of("a", "b", "c")) {
        machines.add(server.enrol(name));
      }
    }
    try (var server = server(database)) {
      server.crashAt(write, side);
      machines.forEach(server::connect);
      try {
        acknowledged = server.directives.give(order(machines), TestServer.OWNER).id();
      } catch (StoreUnavailableException e) {
        assertThat(server.store.dead()).isTrue();
      }
      server.await("the end or the crash", () -> server.store.dead() || nothingOpen(database, machines));
      crashed = server.store.dead();
    }
    try (var server = server(database)) {
      machines.forEach(machine -> server.connect(machine).tellHeld());
      server.await("the end", () -> nothingOpen(database, machines) && server.dispatcher.active() == 0);
    }
    assertThat(machines).allSatisfy(machine -> assertThat(machine.started()).hasSizeLessThanOrEqualTo(1));
    if (!acknowledged.isEmpty()) {
      expectRightEnd(database, acknowledged, machines);
    }
    return crashed;
  }

  private static void expectRightEnd(DatabaseStore database, String id, List<FakeMachine> machines) {
    for (FakeMachine machine : machines) {
      RunState state = database.<RunState>read(
          sql -> new RunTable(sql).state(new RunKey(id, machine.id())).orElseThrow());
      assertThat(state).isEqualTo(new RunState.Ended(Outcome.DONE));
      assertThat(machine.started()).hasSize(1);
    }
    assertThat(database.<BatchRule.Standing>read(sql -> new DirectiveTable(sql).standing(id)))
        .isEqualTo(new BatchRule.Standing(0, 0, 0));
  }

  private static boolean nothingOpen(DatabaseStore database, List<FakeMachine> machines) {
    return machines.stream()
        .allMatch(machine -> database.<Boolean>read(sql -> new RunTable(sql).open(machine.id(), "", 1).isEmpty()));
  }

  private TestServer server(DatabaseStore database) {
    return new TestServer(database, clock, FakeActions.all());
  }

  private static Order order(List<FakeMachine> machines) {
    return new Order("shell-like", JsonObject.EMPTY,
        new Order.Targets.Named(machines.stream().map(FakeMachine::id).toList()), Duration.ofHours(1), Limits.DEFAULT,
        true, new Batch(1, 0, Batch.Sequence.GIVEN, new Window.Always()));
  }
}
