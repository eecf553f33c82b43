package dev.sallyport.server.directive;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import dev.sallyport.protocol.channel.OutputChannel;
import dev.sallyport.protocol.json.JsonObject;
import dev.sallyport.protocol.operation.Limits;
import dev.sallyport.protocol.operation.OperationId;
import dev.sallyport.protocol.operation.Outcome;
import dev.sallyport.protocol.operation.RunShell;
import dev.sallyport.server.access.ActionClass;
import dev.sallyport.server.access.Operator;
import dev.sallyport.server.access.Role;
import dev.sallyport.server.action.Action;
import dev.sallyport.server.action.ActionContext;
import dev.sallyport.server.action.ActionDescription;
import dev.sallyport.server.directive.dispatch.DispatchLimits;
import dev.sallyport.server.directive.life.RunState;
import dev.sallyport.server.directive.record.Channel;
import dev.sallyport.server.directive.record.Directive;
import dev.sallyport.server.directive.record.DirectiveTable;
import dev.sallyport.server.directive.record.OutputTable;
import dev.sallyport.server.directive.record.Run;
import dev.sallyport.server.directive.record.RunKey;
import dev.sallyport.server.directive.record.RunTable;
import dev.sallyport.server.fake.FakeActions;
import dev.sallyport.server.fake.FakeLink;
import dev.sallyport.server.fake.FakeMachine;
import dev.sallyport.server.fake.Script;
import dev.sallyport.server.fake.ServerTest;
import dev.sallyport.server.fake.TestServer;
import dev.sallyport.server.machine.NameGlob;
import dev.sallyport.server.site.Approval;
import dev.sallyport.server.store.StoreUnavailableException;
import dev.sallyport.server.web.ProblemException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** From the order to the stored end, on real databases with fake machines. */
class DispatchTest extends ServerTest {
  private FakeMachine machine;

  @BeforeEach
  void enrol() {
    machine = server.enrol("web-1");
  }

  @Test
  void aCommandRunsAndItsOutputAndExitCodeAreStored() {
    machine.behave(_ -> Script.prints("hello\n").andErrors("oh\n"));
    FakeLink link = server.connect(machine);
    Run run = awaitEnd(give(machine));

    assertThat(run.state()).isEqualTo(new RunState.Ended(Outcome.DONE));
    assertThat(run.exitCode()).hasValue(0);
    assertThat(output(run.key(), Channel.STDOUT)).isEqualTo("hello\n");
    assertThat(output(run.key(), Channel.STDERR)).isEqualTo("oh\n");
    assertThat(run.outputBytes()).isEqualTo(9);
    assertThat(run.started()).contains(clock.instant());
    assertThat(run.ended()).contains(clock.instant());
    assertThat(link.isUp()).isTrue();
    server.await("the machine may forget it", () -> machine.held().isEmpty());
  }

  @Test
  void aProgramThatFailsIsFailedWithItsExitCode() {
    machine.behave(_ -> Script.prints("no\n").ending(Outcome.FAILED, 3));
    server.connect(machine);
    Run run = awaitEnd(give(machine));

    assertThat(run.state()).isEqualTo(new RunState.Ended(Outcome.FAILED));
    assertThat(run.exitCode()).hasValue(3);
    assertThat(run.reason()).isEqualTo("it ended as failed");
    assertThat(output(run.key(), Channel.STDOUT)).isEqualTo("no\n");
  }

  @Test
  void whatTheActionNeedsAndTheMachineCannotEndsTheRunInThatWay() {
    machine.behave(_ -> Script.prints().ending(Outcome.UNSUPPORTED, 0));
    server.connect(machine);
    assertThat(awaitEnd(give(machine)).state()).isEqualTo(new RunState.Ended(Outcome.UNSUPPORTED));
  }

  @Test
  void aDirectiveWaitsForAMachineThatIsAway() {
    String id = give(machine);
    assertThat(run(id).state()).isEqualTo(new RunState.Queued());
    assertThat(run(id).started()).isEmpty();

    clock.advance(Duration.ofMinutes(10));
    server.connect(machine);
    assertThat(awaitEnd(id).state()).isEqualTo(new RunState.Ended(Outcome.DONE));
    assertThat(run(id).started()).contains(clock.instant());
  }

  @Test
  void aMachineThatComesTooLateIsNotAsked() {
    String id = give(machine);
    clock.advance(Duration.ofHours(1));
    server.connect(machine);

    assertThat(awaitEnd(id).state()).isEqualTo(new RunState.Ended(Outcome.EXPIRED));
    assertThat(run(id).reason()).isEqualTo(Directive.EXPIRED);
    assertThat(machine.latestStarts()).isEmpty();
  }

  @Test
  void aDirectiveWhoseMachineNeverComesExpires() {
    String id = give(machine);
    clock.advance(Duration.ofHours(1).minusMillis(1));
    server.housekeeping.expire();
    assertThat(run(id).state()).isEqualTo(new RunState.Queued());

    clock.advance(Duration.ofMillis(1));
    server.housekeeping.expire();
    assertThat(run(id).state()).isEqualTo(new RunState.Ended(Outcome.EXPIRED));
  }

  @Test
  @DisplayName("a run that reached its machine is never called expired, even when server and lifetime ended meanwhile")
  void aRunThatReachedItsMachineKeepsItsTrueOutcome() {
    machine.behave(_ -> Script.prints("done\n"));
    FakeLink link = server.prepare(machine);
    link.cutAtPoint(2);
    server.switchboard.up(link);
    String id = give(machine);
    server.await("the link broke off", () -> !link.isUp() && server.dispatcher.active() == 0);
    restart();
    clock.advance(Duration.ofDays(2));
    server.housekeeping.expire();
    server.housekeeping.tidy();
    assertThat(run(id).state()).isEqualTo(new RunState.Running(false));

    server.connect(machine);
    assertThat(awaitEnd(id).state()).isEqualTo(new RunState.Ended(Outcome.DONE));
    assertThat(output(run(id).key(), Channel.STDOUT)).isEqualTo("done\n");
    assertThat(machine.started()).hasSize(1);
  }

  @Test
  void aRunThatWasOfferedButNeverArrivedIsNotStartedAfterItsLifetime() {
    FakeLink link = server.prepare(machine);
    link.cutAtPoint(1);
    server.switchboard.up(link);
    String id = give(machine);
    server.await("the link broke off", () -> !link.isUp() && server.dispatcher.active() == 0);
    clock.advance(Duration.ofHours(2));

    server.connect(machine);
    assertThat(awaitEnd(id).state()).isEqualTo(new RunState.Ended(Outcome.EXPIRED));
    assertThat(machine.started()).isEmpty();
  }

  @Test
  void aMachineThatTookARunAndStaysAwayLeavesItUnknown() {
    machine.behave(_ -> Script.prints().forEver());
    FakeLink link = server.connect(machine);
    String id = give(machine);
    server.await("it runs", () -> !machine.started().isEmpty());
    link.cut();
    clock.advance(Duration.ofHours(1).plus(Limits.MAX_TIME).plus(Housekeeping.ABANDON_AFTER).minusMillis(1));
    server.housekeeping.tidy();
    assertThat(run(id).state()).isEqualTo(new RunState.Running(false));

    clock.advance(Duration.ofMillis(1));
    server.housekeeping.tidy();
    assertThat(run(id).state()).isEqualTo(new RunState.Ended(Outcome.UNKNOWN));
    server.connect(machine).tellHeld();
    assertThat(machine.held()).as("nobody wants the result any more").isEmpty();
  }

  @Test
  void aQueuedRunIsCancelledAtOnce() {
    String id = give(machine);
    cancel(id);
    assertThat(run(id).state()).isEqualTo(new RunState.Ended(Outcome.CANCELLED));
    assertThat(run(id).reason()).isEqualTo("cancelled by olivia");

    server.connect(machine);
    server.await("nothing is asked of the machine", () -> server.dispatcher.active() == 0);
    assertThat(machine.started()).isEmpty();
  }

  @Test
  void aRunningRunIsCancelledByItsMachine() {
    machine.behave(_ -> Script.prints("begun\n").forEver());
    server.connect(machine);
    String id = give(machine);
    server.await("it runs and its output is stored", () -> run(id).outputBytes() == 6);
    assertThat(run(id).state()).isEqualTo(new RunState.Running(false));
    cancel(id);

    assertThat(awaitEnd(id).state()).isEqualTo(new RunState.Ended(Outcome.CANCELLED));
    assertThat(output(run(id).key(), Channel.STDOUT)).isEqualTo("begun\n");
  }

  @Test
  void aCancelSurvivesARestartOfTheServer() {
    machine.behave(_ -> Script.prints().forEver());
    FakeLink link = server.connect(machine);
    String id = give(machine);
    server.await("it runs", () -> !machine.started().isEmpty());
    link.cut();
    cancel(id);
    assertThat(run(id).state()).isEqualTo(new RunState.Running(true));
    restart();

    server.connect(machine);
    assertThat(awaitEnd(id).state()).isEqualTo(new RunState.Ended(Outcome.CANCELLED));
    assertThat(machine.latestStarts().getLast()).as("it must not start now").isEqualTo(Instant.EPOCH);
  }

  @Test
  void aCancelledRunThatNeverReachedItsMachineIsCancelledWithoutStarting() {
    FakeLink link = server.prepare(machine);
    link.cutAtPoint(1);
    server.switchboard.up(link);
    String id = give(machine);
    server.await("the link broke off", () -> !link.isUp() && server.dispatcher.active() == 0);
    cancel(id);

    server.connect(machine);
    assertThat(awaitEnd(id).state()).isEqualTo(new RunState.Ended(Outcome.CANCELLED));
    assertThat(machine.started()).isEmpty();
  }

  @Test
  void cancellingWhatHasEndedChangesNothing() {
    server.connect(machine);
    String id = give(machine);
    Run ended = awaitEnd(id);
    cancel(id);
    assertThat(run(id)).isEqualTo(ended);
  }

  @Test
  void sixtyFourRunsAreUnderWayOnOneMachineAndNoneIsLost() {
    machine.behave(_ -> Script.prints("x").forEver());
    server.connect(machine);
    var ids = new ArrayList<String>();
    for (int i = 0; i < 100; i++) {
      ids.add(give(machine));
    }
    server.await("64 have started", () -> machine.started().size() == 64);
    assertThat(ids.stream().filter(id -> run(id).state() instanceof RunState.Queued)).hasSize(36);

    TestServer.await("all have ended", () -> ids.stream().allMatch(id -> run(id).state().ended()), () -> {
      machine.finish();
      server.pulse.tick();
    });
    assertThat(machine.started()).hasSize(100).doesNotHaveDuplicates();
  }

  @Test
  void limitsOfTheServerHoldAndWaitingRunsFollow() {
    server.close();
    server = new TestServer(database, clock, FakeActions.all(), new DispatchLimits(3, 4));
    FakeMachine other = server.enrol("web-2");
    machine.behave(_ -> Script.prints().forEver());
    server.connect(machine);
    server.connect(other);
    var ids = new ArrayList<String>();
    for (int i = 0; i < 6; i++) {
      ids.add(give(machine, other));
    }
    server.await("what may run runs", () -> machine.started().size() == 3 && other.started().size() == 6);
    machine.finish();
    TestServer.await("all have ended",
        () -> ids.stream().allMatch(id -> runs(id).stream().allMatch(run -> run.state().ended())), () -> {
          machine.finish();
          server.pulse.tick();
        });
  }

  @Test
  void aMachineThatWasAwayLongGetsMoreThanOneReadingOfTheDatabaseInOrder() {
    var ids = new ArrayList<String>();
    for (int i = 0; i < 300; i++) {
      ids.add(give(machine));
    }
    server.close();
    server = new TestServer(database, clock, FakeActions.all(), new DispatchLimits(1, 10));
    server.connect(machine);
    server.await("all have ended", () -> run(ids.getLast()).state().ended());

    assertThat(machine.started().stream().map(OperationId::directive).map(Object::toString))
        .containsExactlyElementsOf(ids);
  }

  @Test
  void outputBeyondTheLimitIsDroppedAndSaidSo() {
    machine.behave(_ -> Script.prints("0123456789", "abcdef"));
    server.connect(machine);
    String id = server.directives
        .give(order(List.of(machine.id()), new Limits(Duration.ofMinutes(1), 12)), TestServer.OWNER).id();

    Run run = awaitEnd(id);
    assertThat(run.truncated()).isTrue();
    assertThat(run.outputBytes()).isEqualTo(12);
    assertThat(output(run.key(), Channel.STDOUT)).isEqualTo("0123456789ab");
  }

  @Test
  @DisplayName("a full disk: the order is refused, a result waits until it can be stored, and nothing is acknowledged that is not stored")
  void aFullDiskLosesNothing() {
    machine.behave(_ -> Script.prints("kept\n").forEver());
    server.connect(machine);
    String id = give(machine);
    server.await("it runs", () -> !machine.started().isEmpty());
    server.store.full(true);
    assertThatThrownBy(() -> give(machine)).isInstanceOf(StoreUnavailableException.class);
    machine.finish();
    server.await("the run gave up", () -> server.dispatcher.active() == 0);
    assertThat(machine.held()).hasSize(1);
    server.store.full(false);

    assertThat(awaitEnd(id).state()).isEqualTo(new RunState.Ended(Outcome.DONE));
    assertThat(output(run(id).key(), Channel.STDOUT)).isEqualTo("kept\n");
    assertThat(machine.started()).hasSize(1);
    server.await("no place is lost", () -> server.dispatcher.active() == 0);
  }

  @Test
  @DisplayName("T22 a machine cannot speak for another: what it claims to hold settles nothing but its own")
  void aMachineSpeaksForItselfOnly() {
    machine.behave(_ -> Script.prints().forEver());
    server.connect(machine);
    String id = give(machine);
    server.await("it runs", () -> !machine.started().isEmpty());
    FakeMachine rogue = server.enrol("rogue");
    FakeLink link = server.connect(rogue);

    assertThat(server.switchboard.held(link, machine.started())).as("the rogue may forget what it made up")
        .isEqualTo(machine.started());
    assertThat(run(id).state()).isEqualTo(new RunState.Running(false));
    assertThat(machine.held()).hasSize(1);
    machine.finish();
    assertThat(awaitEnd(id).state()).isEqualTo(new RunState.Ended(Outcome.DONE));
  }

  @Test
  void whatAMachineHoldsOfAnOpenRunIsKept() {
    machine.behave(_ -> Script.prints().forEver());
    FakeLink link = server.connect(machine);
    give(machine);
    server.await("it runs", () -> !machine.started().isEmpty());
    assertThat(server.switchboard.held(link, machine.started())).isEmpty();
  }

  @Test
  void aClosingServerLeavesItsRunsToTheNextLife() {
    machine.behave(_ -> Script.prints("a").forEver());
    server.connect(machine);
    String id = give(machine);
    server.await("it runs", () -> run(id).outputBytes() == 1);
    server.dispatcher.close();
    assertThat(server.dispatcher.active()).isZero();
    assertThat(run(id).state()).isEqualTo(new RunState.Running(false));
    restart();
    server.connect(machine);
    machine.finish();

    assertThat(awaitEnd(id).state()).isEqualTo(new RunState.Ended(Outcome.DONE));
    assertThat(machine.started()).hasSize(1);
  }

  @Test
  void anActionThatThisServerNoLongerHasEndsUnsupported() {
    String id = give(machine);
    server.close();
    server = new TestServer(database, clock, List.of());
    server.connect(machine);
    assertThat(awaitEnd(id).state()).isEqualTo(new RunState.Ended(Outcome.UNSUPPORTED));
  }

  @Test
  void aFaultInAnActionEndsItsRunAndNothingElse() {
    server.close();
    server = new TestServer(database, clock, List.of(new Faulty()));
    server.connect(machine);
    var order = new Order("faulty", JsonObject.EMPTY, new Order.Targets.Named(List.of(machine.id())),
        Duration.ofHours(1), Limits.DEFAULT);
    Run run = awaitEnd(server.directives.give(order, TestServer.OWNER).id());
    assertThat(run.state()).isEqualTo(new RunState.Ended(Outcome.FAILED));
    assertThat(run.reason()).contains("faulty").doesNotContain("secret detail");
  }

  @Test
  @DisplayName("T15 a machine of the same name inherits neither queue nor results")
  void aNewMachineOfAKnownNameInheritsNothing() {
    String id = give(machine);
    server.machines.revoke(machine.id());
    FakeMachine second = server.enrol("web-1");
    server.connect(second);
    server.await("it is idle", () -> server.dispatcher.active() == 0);

    assertThat(second.id()).isNotEqualTo(machine.id());
    assertThat(second.latestStarts()).isEmpty();
    assertThat(database.<List<Run>>read(sql -> new RunTable(sql).open(second.id(), 10))).isEmpty();
    assertThat(run(id).key().machine()).isEqualTo(machine.id());
  }

  @Test
  void onlyMachinesThatMayBeGivenDirectivesAreTargets() {
    String pending = server.enrol("new", Approval.MANUAL);
    assertThatThrownBy(
        () -> server.directives.give(order(List.of(machine.id(), pending), Limits.DEFAULT), TestServer.OWNER))
        .isInstanceOfSatisfying(ProblemException.class, e -> assertThat(e.problem().field()).isEqualTo("machines[1]"));
    server.machines.approve(pending);
    assertThat(
        runs(server.directives.give(order(List.of(machine.id(), pending), Limits.DEFAULT), TestServer.OWNER).id()))
        .hasSize(2);
  }

  @Test
  void aPatternChoosesMachinesByTheirNames() {
    server.enrol("web-2");
    server.enrol("db-1");
    String id = server.directives.give(new Order("shell-like", JsonObject.EMPTY, new Order.Targets.Matching(
        new NameGlob("WEB-?")), Duration.ofHours(1), Limits.DEFAULT), TestServer.OWNER).id();
    assertThat(runs(id)).extracting(Run::name).containsExactlyInAnyOrder("web-1", "web-2");
  }

  @Test
  @DisplayName("T23 the gate judges every order by the class of its action")
  void theGateJudgesEveryOrder() {
    for (Role role : Role.builtIn()) {
      var operator = new Operator("a", "anna", role, "c");
      if (role.may(ActionClass.EXEC)) {
        assertThat(server.directives.give(order(List.of(machine.id()), Limits.DEFAULT), operator)).isNotNull();
      } else {
        assertThatThrownBy(() -> server.directives.give(order(List.of(machine.id()), Limits.DEFAULT), operator))
            .isInstanceOfSatisfying(ProblemException.class, e -> assertThat(e.problem().status()).isEqualTo(403));
      }
    }
    Directive directive = server.queries.find(give(machine)).orElseThrow();
    assertThatThrownBy(() -> server.cancels.directive(directive, new Operator("a", "anna", Role.VIEWER, "c")))
        .isInstanceOfSatisfying(ProblemException.class, e -> assertThat(e.problem().status()).isEqualTo(403));
  }

  @Test
  @DisplayName("T13 an action is found in the table of actions or not at all")
  void actionsAreFoundInTheirTableOnly() {
    for (String name : List.of("", "Shell-like", "shell-like ", "run", "getClass", "java.lang.Runtime", "../shell-like",
        "toString")) {
      assertThatThrownBy(
          () -> server.directives.give(new Order(name, JsonObject.EMPTY, new Order.Targets.Named(List.of(machine.id())),
              Duration.ofHours(1), Limits.DEFAULT), TestServer.OWNER))
          .as(name)
          .isInstanceOfSatisfying(ProblemException.class, e -> assertThat(e.problem().field()).isEqualTo("action"));
    }
  }

  @Test
  void theCountOfOpenRunsIsTrue() {
    FakeMachine other = server.enrol("web-2");
    String id = give(machine, other);
    assertThat(openRuns(id)).isEqualTo(2);
    server.connect(machine);
    server.await("one has ended", () -> openRuns(id) == 1);
    cancel(id);
    assertThat(openRuns(id)).isZero();
  }

  @Test
  void oldOutputAndThenOldDirectivesAreDeleted() {
    machine.behave(_ -> Script.prints("old\n"));
    server.connect(machine);
    String id = give(machine);
    Run run = awaitEnd(id);
    clock.advance(Housekeeping.KEEP_OUTPUT.minus(Duration.ofMinutes(1)));
    server.housekeeping.tidy();
    assertThat(output(run.key(), Channel.STDOUT)).isEqualTo("old\n");

    clock.advance(Duration.ofMinutes(2));
    server.housekeeping.tidy();
    assertThat(output(run.key(), Channel.STDOUT)).isEmpty();
    assertThat(run(id)).isEqualTo(run);

    clock.advance(Housekeeping.KEEP_DIRECTIVES);
    server.housekeeping.tidy();
    assertThat(server.queries.find(id)).isEmpty();
    assertThat(runs(id)).isEmpty();
  }

  private TestServer newLife() {
    return new TestServer(database, clock, FakeActions.all());
  }

  private void restart() {
    server.close();
    server = newLife();
  }

  private String give(FakeMachine... machines) {
    return server.directives
        .give(order(Arrays.stream(machines).map(FakeMachine::id).toList(), Limits.DEFAULT), TestServer.OWNER)
        .id();
  }

  private static Order order(List<String> machines, Limits limits) {
    return new Order("shell-like", JsonObject.EMPTY, new Order.Targets.Named(machines), Duration.ofHours(1), limits);
  }

  private void cancel(String id) {
    server.cancels.directive(server.queries.find(id).orElseThrow(), TestServer.OWNER);
  }

  private Run awaitEnd(String id) {
    server.await("the end of " + id, () -> run(id).state().ended());
    return run(id);
  }

  private Run run(String id) {
    return runs(id).getFirst();
  }

  private List<Run> runs(String id) {
    return database.read(sql -> new RunTable(sql).ofDirective(id, "").runs());
  }

  private long openRuns(String id) {
    return database.<Long>read(sql -> new DirectiveTable(sql).progress(id).orElseThrow().openRuns());
  }

  private String output(RunKey key, Channel channel) {
    var text = new StringBuilder();
    database.read(sql -> {
      new OutputTable(sql).page(key, EnumSet.of(channel), 0, 100)
          .forEach(chunk -> text.append(new String(chunk.bytes(), UTF_8)));
      return 0;
    });
    return text.toString();
  }

  private static final class Faulty implements Action {
    private final AtomicInteger calls = new AtomicInteger();

    @Override
    public ActionDescription description() {
      return new ActionDescription("faulty", "Faulty", "For this test.", ActionClass.READ, List.of());
    }

    @Override
    public JsonObject run(ActionContext context) {
      context.perform(RunShell.of("x"));
      throw new IllegalStateException("secret detail " + calls.incrementAndGet() + OutputChannel.STDOUT);
    }
  }
}
