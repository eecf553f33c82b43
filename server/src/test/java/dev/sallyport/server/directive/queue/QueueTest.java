package dev.sallyport.server.directive.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import dev.sallyport.protocol.ProtocolException;
import dev.sallyport.protocol.json.JsonObject;
import dev.sallyport.protocol.operation.Limits;
import dev.sallyport.protocol.operation.Outcome;
import dev.sallyport.server.access.Operator;
import dev.sallyport.server.access.Role;
import dev.sallyport.server.access.Sight;
import dev.sallyport.server.directive.Order;
import dev.sallyport.server.directive.batch.Batch;
import dev.sallyport.server.directive.life.RunState;
import dev.sallyport.server.directive.record.Directive;
import dev.sallyport.server.directive.record.DirectiveLog;
import dev.sallyport.server.directive.record.Run;
import dev.sallyport.server.directive.record.RunKey;
import dev.sallyport.server.directive.record.RunTable;
import dev.sallyport.server.fake.FakeActions;
import dev.sallyport.server.fake.FakeLink;
import dev.sallyport.server.fake.FakeMachine;
import dev.sallyport.server.fake.Script;
import dev.sallyport.server.fake.ServerTest;
import dev.sallyport.server.fake.TestServer;
import dev.sallyport.server.web.ProblemException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What waits for machines: that it can be seen, taken back, and told not to wait at all. */
class QueueTest extends ServerTest {
  private FakeMachine machine;

  @BeforeEach
  void enrol() {
    machine = server.enrol("web-1");
  }

  @Test
  @DisplayName("run now or not at all: a machine that is away ends at once and says why")
  void anOrderThatDoesNotWaitEndsAtOnceWhereTheMachineIsAway() {
    FakeMachine there = server.enrol("web-2");
    server.connect(there);
    String id = giveNow(machine, there);

    Run away = run(id, machine);
    assertThat(away.state()).isEqualTo(new RunState.Ended(Outcome.EXPIRED));
    assertThat(away.reason()).isEqualTo(Directive.AWAY);
    assertThat(away.ended()).contains(clock.instant());
    assertThat(away.started()).isEmpty();
    server.await("the other has run", () -> run(id, there).state().equals(new RunState.Ended(Outcome.DONE)));

    server.connect(machine);
    server.await("it is idle", () -> server.dispatcher.active() == 0);
    assertThat(machine.latestStarts()).isEmpty();
  }

  @Test
  void aDirectiveOfWhichNothingCouldStartIsOverAtOnce() {
    String id = giveNow(machine);
    DirectiveLog.Page told = database.read(sql -> new DirectiveLog(sql).after(id, 0));
    assertThat(told.ended()).isTrue();
    assertThat(told.entries()).hasSize(1);
    assertThat(server.queue.all("", 10, Sight.WHOLE).runs()).isEmpty();
  }

  @Test
  void anOrderThatDoesNotWaitIsNotStartedLateWhenItsLinkBrokeOnTheWay() {
    FakeLink link = server.prepare(machine);
    link.cutAtPoint(1);
    server.switchboard.up(link);
    String id = giveNow(machine);
    server.await("the link broke off", () -> !link.isUp() && server.dispatcher.active() == 0);
    clock.advance(Order.AT_ONCE.plusMillis(1));

    server.connect(machine);
    server.await("it has ended", () -> run(id, machine).state().ended());
    assertThat(run(id, machine).state()).isEqualTo(new RunState.Ended(Outcome.EXPIRED));
    assertThat(machine.started()).isEmpty();
  }

  @Test
  @DisplayName("K19 the queue of a machine is visible, oldest first, and survives a restart of the server")
  void theQueueSurvivesARestart() {
    machine.behave(_ -> Script.prints().forEver());
    FakeMachine other = server.enrol("web-2");
    server.connect(other);
    String first = give(machine);
    clock.advance(Duration.ofMinutes(1));
    String second = give(machine, other);
    server.close();
    server = new TestServer(database, clock, FakeActions.all());

    QueuePage page = server.queue.of(machine.id(), "", 10);
    assertThat(page.runs()).extracting(QueueEntry::directive).containsExactly(first, second);
    assertThat(page.next()).isNull();
    QueueEntry entry = page.runs().getFirst();
    assertThat(entry.name()).isEqualTo("web-1");
    assertThat(entry.action()).isEqualTo("shell-like");
    assertThat(entry.by()).isEqualTo("olivia");
    assertThat(entry.state()).isEqualTo("queued");
    assertThat(entry.waitsFor()).isEqualTo("machine");
    assertThat(entry.expires()).isEqualTo(entry.created().plus(Duration.ofHours(1)));

    server.connect(machine);
    server.await("both are under way", () -> machine.started().size() == 2);
    assertThat(server.queue.of(machine.id(), "", 10).runs()).extracting(QueueEntry::state)
        .containsExactly("running", "running");
    assertThat(server.queue.of(machine.id(), "", 10).runs()).extracting(QueueEntry::waitsFor).containsOnlyNulls();
    machine.finish();
    server.await("the queue is empty", () -> server.queue.of(machine.id(), "", 10).runs().isEmpty());
  }

  @Test
  void pagesOfTheQueueFollowEachOther() {
    FakeMachine other = server.enrol("web-2");
    var given = new ArrayList<String>();
    for (int i = 0; i < 5; i++) {
      given.add(give(machine, other));
    }
    assertThat(pages("")).containsExactlyElementsOf(given.stream().flatMap(id -> List.of(id, id).stream()).toList());
    assertThat(pages(machine.id())).containsExactlyElementsOf(given);
  }

  @Test
  void aPlaceThatNoPageNamedIsRefused() {
    for (String wrong : List.of("x", machine.id(), "g".repeat(72), machine.id() + "x".repeat(36))) {
      assertThatThrownBy(() -> server.queue.all(wrong, 10, Sight.WHOLE)).isInstanceOf(ProtocolException.class);
    }
  }

  @Test
  void oneRunIsCancelledAndTheOthersGoOn() {
    FakeMachine other = server.enrol("web-2");
    String id = give(machine, other);
    server.cancels.run(directive(id), new RunKey(id, machine.id()), TestServer.OWNER);
    assertThat(run(id, machine).state()).isEqualTo(new RunState.Ended(Outcome.CANCELLED));
    assertThat(run(id, machine).reason()).isEqualTo("cancelled by olivia");
    assertThat(run(id, other).state()).isEqualTo(new RunState.Queued());

    server.connect(other);
    server.await("the other runs", () -> run(id, other).state().ended());
    assertThat(run(id, other).state()).isEqualTo(new RunState.Ended(Outcome.DONE));
  }

  @Test
  void oneRunningRunIsCancelledByItsMachineAndTheOthersGoOn() {
    FakeMachine other = server.enrol("web-2");
    machine.behave(_ -> Script.prints().forEver());
    other.behave(_ -> Script.prints().forEver());
    server.connect(machine);
    server.connect(other);
    String id = give(machine, other);
    server.await("both run", () -> machine.started().size() + other.started().size() == 2);
    server.cancels.run(directive(id), new RunKey(id, machine.id()), TestServer.OWNER);
    server.await("it is cancelled", () -> run(id, machine).state().ended());
    assertThat(run(id, machine).state()).isEqualTo(new RunState.Ended(Outcome.CANCELLED));
    assertThat(run(id, other).state()).isEqualTo(new RunState.Running(false));
    other.finish();
  }

  @Test
  void clearingAQueueTakesBackWhatWaitsAndLeavesWhatRuns() {
    machine.behave(_ -> Script.prints().forEver());
    FakeLink link = server.connect(machine);
    String running = give(machine);
    server.await("it runs", () -> !machine.started().isEmpty());
    link.cut();
    FakeMachine other = server.enrol("web-2");
    String waiting = give(machine, other);
    give(machine);

    assertThat(server.cancels.queue(machine.id(), TestServer.OWNER)).isEqualTo(new Cancels.Cleared(2, 0));
    assertThat(run(waiting, machine).state()).isEqualTo(new RunState.Ended(Outcome.CANCELLED));
    assertThat(run(waiting, other).state()).as("another machine's queue").isEqualTo(new RunState.Queued());
    assertThat(run(running, machine).state()).isEqualTo(new RunState.Running(false));
    assertThat(server.cancels.queue(machine.id(), TestServer.OWNER)).isEqualTo(new Cancels.Cleared(0, 0));
  }

  @Test
  @DisplayName("T23 who may not give an order may not take it back, one by one or all together")
  void whoMayNotGiveMayNotCancel() {
    var anna = new Operator("account-2", "anna", Role.OPERATOR, "session-2");
    String id = give(machine);
    assertThatThrownBy(() -> server.cancels.run(directive(id), new RunKey(id, machine.id()), anna))
        .isInstanceOf(ProblemException.class);
    assertThat(server.cancels.queue(machine.id(), anna)).isEqualTo(new Cancels.Cleared(0, 1));
    assertThat(run(id, machine).state()).isEqualTo(new RunState.Queued());
  }

  @Test
  void aLongQueueIsClearedPieceByPiece() {
    int count = 1_030;
    for (int i = 0; i < count; i++) {
      give(machine);
    }
    assertThat(server.cancels.queue(machine.id(), TestServer.OWNER)).isEqualTo(new Cancels.Cleared(count, 0));
    assertThat(server.queue.of(machine.id(), "", 10).runs()).isEmpty();
  }

  private List<String> pages(String of) {
    var seen = new ArrayList<String>();
    String after = "";
    while (after != null) {
      QueuePage page = of.isEmpty() ? server.queue.all(after, 3, Sight.WHOLE) : server.queue.of(of, after, 3);
      page.runs().forEach(entry -> seen.add(entry.directive()));
      after = page.next();
    }
    return seen;
  }

  private String give(FakeMachine... machines) {
    return server.directives.give(order(true, machines), TestServer.OWNER).id();
  }

  private String giveNow(FakeMachine... machines) {
    return server.directives.give(order(false, machines), TestServer.OWNER).id();
  }

  private static Order order(boolean queue, FakeMachine... machines) {
    return new Order("shell-like", JsonObject.EMPTY,
        new Order.Targets.Named(List.of(machines).stream().map(FakeMachine::id).toList()),
        queue ? Duration.ofHours(1) : Order.AT_ONCE, Limits.DEFAULT, queue, Batch.NONE);
  }

  private Directive directive(String id) {
    return server.queries.find(id).orElseThrow();
  }

  private Run run(String id, FakeMachine of) {
    return database.read(sql -> new RunTable(sql).find(new RunKey(id, of.id())).orElseThrow());
  }
}
