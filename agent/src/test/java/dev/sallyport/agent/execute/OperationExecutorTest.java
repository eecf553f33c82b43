package dev.sallyport.agent.execute;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

import dev.sallyport.agent.journal.Journal;
import dev.sallyport.agent.log.Log;
import dev.sallyport.agent.state.FaultyDisk;
import dev.sallyport.protocol.Bytes;
import dev.sallyport.protocol.channel.OpenMetadata;
import dev.sallyport.protocol.operation.FileOperation;
import dev.sallyport.protocol.operation.Limits;
import dev.sallyport.protocol.operation.Operation;
import dev.sallyport.protocol.operation.OperationId;
import dev.sallyport.protocol.operation.Operations;
import dev.sallyport.protocol.operation.Outcome;
import dev.sallyport.protocol.operation.RunShell;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(240)
final class OperationExecutorTest {
  private static final Instant NOW = Instant.ofEpochMilli(1_700_000_000_000L);
  private static final Instant LATEST = NOW.plusSeconds(600);

  private final FakePerformer performer = new FakePerformer();
  private final ByteArrayOutputStream logged = new ByteArrayOutputStream();
  private final Log log = new Log(new PrintStream(logged, true, StandardCharsets.UTF_8), InstantSource.fixed(NOW));
  private FaultyDisk disk = new FaultyDisk();
  private Instant serverTime = NOW;
  private OperationExecutor executor;

  @BeforeEach
  void start() throws IOException {
    Journal.create(disk);
    executor = executor(disk, ExecutorLimits.DEFAULT);
  }

  private OperationExecutor executor(FaultyDisk files, ExecutorLimits limits) throws IOException {
    Journal journal = Journal.open(files, () -> serverTime);
    var outputs = new OutputFiles(files, journal.files(), 1 << 20);
    return new OperationExecutor(performer, journal, outputs, () -> serverTime, InstantSource.fixed(NOW), limits, log);
  }

  /** The agent dies and starts again on what it had written; what runs in the old one is as good as dead. */
  private void crash() throws IOException {
    disk = disk.afterKill();
    executor = executor(disk, ExecutorLimits.DEFAULT);
  }

  private static OperationId id(int number) {
    return OperationId.of(new UUID(NOW.toEpochMilli() << 16 | 0x7000, 0x8000_0000_0000_0000L | number), 0);
  }

  private static RunShell shell(String program, long outputBytes) {
    return new RunShell(program, Map.of(), "", Bytes.EMPTY, new Limits(Duration.ofMinutes(1), outputBytes));
  }

  private Run open(int number, Operation operation) {
    return executor.open(new OpenMetadata(id(number), operation.name(), 0, LATEST), Operations.encode(operation),
        executor.newInput());
  }

  private Run open(int number, String program) {
    return open(number, shell(program, 1 << 20));
  }

  private static void awaitTrue(BooleanSupplier condition) {
    long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("the condition came true in time").isLessThan(deadline);
      LockSupport.parkNanos(500_000);
    }
  }

  private void awaitStored() {
    awaitTrue(() -> executor.underWay() == 0);
  }

  /** What is settled reaches the journal with the next order. */
  private void awaitForgotten(int number) {
    var next = new AtomicInteger(1000);
    awaitTrue(() -> {
      Received.of(open(next.incrementAndGet(), "say next"));
      return !executor.held().contains(id(number));
    });
  }

  @Test
  void runsAnOperationAndTellsOutputAndResult() {
    Received received = Received.of(open(1, "say hello; say  world"));

    assertThat(received.stdout()).isEqualTo("hello world");
    assertThat(received.result().outcome()).isEqualTo(Outcome.DONE);
    assertThat(received.result().exitCode()).hasValue(0);
    assertThat(received.result().outputBytes()).isEqualTo(11);
  }

  @Test
  void aRepeatedOrderIsAnsweredFromTheJournalAlsoAfterARestart() throws IOException {
    Received first = Received.of(open(1, "say hello"));
    awaitStored();

    Received again = Received.of(open(1, "say hello"));
    crash();
    Received afterRestart = Received.of(open(1, "say hello"));
    Received fromTheMiddle = Received.of(open(1, "say hello"), 3);

    assertThat(performer.performed()).hasSize(1);
    assertThat(List.of(again.stdout(), afterRestart.stdout(), fromTheMiddle.stdout())).containsExactly("hello", "hello",
        "lo");
    assertThat(List.of(again.result(), afterRestart.result(), fromTheMiddle.result())).containsOnly(first.result());
  }

  @Test
  void aRepeatedOrderAttachesToTheRunningOne() {
    Run first = open(1, "say early; hold gate; say late");
    awaitTrue(() -> performer.running() == 1);

    Run second = open(1, "say early; hold gate; say late");
    performer.letGo("gate");

    assertThat(second).isSameAs(first);
    assertThat(Received.of(second, 2).stdout()).isEqualTo("rlylate");
    assertThat(Received.of(first).stdout()).isEqualTo("earlylate");
    assertThat(performer.performed()).hasSize(1);
  }

  @Test
  void whatACrashInterruptedIsUnknownAndNeverRunAgain() throws IOException {
    open(1, "say early; hold gate");
    awaitTrue(() -> performer.running() == 1);

    crash();
    Received received = Received.of(open(1, "say early; hold gate"));

    assertThat(received.result().outcome()).isEqualTo(Outcome.UNKNOWN);
    assertThat(received.result().reason()).contains("not known");
    assertThat(performer.performed()).hasSize(1);
    assertThat(executor.held()).containsExactly(id(1));
    performer.letGo("gate");
  }

  @Test
  void anIdIsGoodForOneOrderOnly() throws IOException {
    open(1, "hold gate");
    awaitTrue(() -> performer.running() == 1);
    assertThat(Received.of(open(1, "say other")).result().outcome()).as("while it runs").isEqualTo(Outcome.REFUSED);
    crash();
    assertThat(Received.of(open(1, "say other")).result().outcome()).as("after a crash").isEqualTo(Outcome.REFUSED);
    Received.of(open(2, "say done"));
    awaitStored();
    assertThat(Received.of(open(2, "say other")).result().outcome()).as("after its end").isEqualTo(Outcome.REFUSED);
    assertThat(performer.performed()).hasSize(2);
    performer.letGo("gate");
  }

  @Test
  void aSettledOrderIsForgottenButNeverRunAgain() throws IOException {
    Received.of(open(1, "say hello"));
    awaitStored();

    executor.settle(id(1));
    Received.of(open(2, "say next"));
    awaitStored();
    crash();

    assertThat(executor.held()).containsExactly(id(2));
    assertThat(Received.of(open(1, "say hello")).result().outcome()).isEqualTo(Outcome.REFUSED);
    assertThat(performer.performed()).hasSize(2);
  }

  @Test
  void anOrderSettledBeforeItsEndLeavesNothingBehind() {
    Run run = open(1, "fill 100000; hold gate");
    awaitTrue(() -> performer.running() == 1);

    executor.settle(id(1));
    performer.letGo("gate");
    Received.of(run);

    awaitTrue(() -> disk.names().stream().noneMatch(name -> name.startsWith("output-")));
    awaitForgotten(1);
  }

  @Test
  void anOrderExpiresByTheServersClock() {
    serverTime = LATEST.plusMillis(1);

    assertThat(Received.of(open(1, "say late")).result().outcome()).isEqualTo(Outcome.EXPIRED);

    serverTime = LATEST;
    assertThat(Received.of(open(2, "say just in time")).result().outcome()).isEqualTo(Outcome.DONE);
    assertThat(performer.performed()).containsExactly(id(2).value());
  }

  @Test
  void anOrderThatExpiresWhileItWaitsIsNotStarted() throws IOException {
    executor = executor(disk, new ExecutorLimits(1, 1, 10));
    open(1, "hold gate");
    awaitTrue(() -> performer.running() == 1);
    Run waiting = open(2, "say too late");

    serverTime = LATEST.plusSeconds(1);
    performer.letGo("gate");

    assertThat(Received.of(waiting).result().outcome()).isEqualTo(Outcome.EXPIRED);
    assertThat(performer.performed()).hasSize(1);
  }

  @Test
  void cancelStopsWhatRuns() {
    Run run = open(1, "hold for-ever");
    awaitTrue(() -> performer.running() == 1);

    executor.cancel(id(1));

    assertThat(Received.of(run).result().outcome()).isEqualTo(Outcome.CANCELLED);
    awaitStored();
    assertThat(Received.of(open(1, "hold for-ever")).result().outcome()).as("asked again").isEqualTo(Outcome.CANCELLED);
  }

  @Test
  void cancelReachesWhatWaitsAndWhatIsYetToCome() throws IOException {
    executor = executor(disk, new ExecutorLimits(1, 1, 10));
    open(1, "hold gate");
    awaitTrue(() -> performer.running() == 1);
    Run waiting = open(2, "say never");

    executor.cancel(id(2));
    executor.cancel(id(3));

    assertThat(Received.of(waiting).result().outcome()).isEqualTo(Outcome.CANCELLED);
    assertThat(Received.of(open(3, "say never")).result().outcome()).isEqualTo(Outcome.CANCELLED);
    awaitTrue(() -> executor.underWay() == 1);
    crash();
    assertThat(Received.of(open(2, "say never")).result().outcome()).as("it stays cancelled")
        .isEqualTo(Outcome.CANCELLED);
    assertThat(performer.performed()).hasSize(1);
    performer.letGo("gate");
  }

  @Test
  void noMoreThanSoManyAtOnceAndSoManyWaiting() throws IOException {
    executor = executor(disk, new ExecutorLimits(3, 1, 5));
    var runs = new ArrayList<Run>();
    for (int i = 0; i < 8; i++) {
      runs.add(open(i, "hold gate; say x"));
    }
    awaitTrue(() -> performer.running() == 3);

    Received refused = Received.of(open(99, "say too many"));
    performer.letGo("gate");

    assertThat(refused.result().outcome()).isEqualTo(Outcome.REFUSED);
    assertThat(refused.result().reason()).contains("try again later");
    assertThat(runs).allSatisfy(run -> assertThat(Received.of(run).result().outcome()).isEqualTo(Outcome.DONE));
    assertThat(performer.mostRunning()).isEqualTo(3);
    awaitStored();
    awaitTrue(() -> Received.of(open(99, "say now")).result().outcome() == Outcome.DONE); // a refusal is not remembered
  }

  @Test
  @DisplayName("M5 a thousand slow orders run at once and delay no other")
  void aThousandAtOnce() throws IOException {
    executor = executor(disk, ExecutorLimits.DEFAULT.withChanging(ExecutorLimits.MOST));
    var runs = new ArrayList<Run>();
    for (int i = 0; i < 999; i++) {
      runs.add(open(i, "hold gate; say " + i));
    }
    awaitTrue(() -> performer.running() == 999);

    assertThat(Received.of(open(5000, "say quick")).stdout()).isEqualTo("quick");

    performer.letGo("gate");
    for (int i = 0; i < runs.size(); i++) {
      assertThat(Received.of(runs.get(i)).stdout()).isEqualTo("" + i);
    }
  }

  @Test
  @DisplayName("an agent that stops ends what runs and notes it; what waited or came too late runs after its next start")
  void stopping() throws Exception {
    executor = executor(disk, new ExecutorLimits(1, 1, 5));
    Run running = open(1, "say early; hold gate; say late");
    awaitTrue(() -> performer.running() == 1);
    open(2, "say waiting");

    assertThat(executor.stop(Duration.ofMinutes(1))).as("operations that did not end").isZero();
    open(3, "say too late");

    assertThat(Received.of(running).result()).satisfies(result -> {
      assertThat(result.outcome()).isEqualTo(Outcome.CANCELLED);
      assertThat(result.reason()).contains("the agent on this machine was stopped");
    });
    assertThat(performer.performed()).containsExactly(id(1).value());
    crash();
    assertThat(Received.of(open(1, "say early; hold gate; say late")).stdout()).isEqualTo("early");
    assertThat(Received.of(open(2, "say waiting")).stdout()).isEqualTo("waiting");
    assertThat(Received.of(open(3, "say too late")).stdout()).isEqualTo("too late");
    assertThat(performer.performed()).containsExactly(id(1).value(), id(2).value(), id(3).value());
  }

  @Test
  void anOperationThatDoesNotEndInTimeIsCountedAndLeftUnknown() throws Exception {
    open(1, "stay gate");
    awaitTrue(() -> performer.running() == 1);

    assertThat(executor.stop(Duration.ZERO)).isEqualTo(1);
    crash();

    assertThat(Received.of(open(1, "stay gate")).result().outcome()).isEqualTo(Outcome.UNKNOWN);
    performer.letGo("gate");
  }

  @Test
  void looksGoPastSlowChanges() throws IOException {
    executor = executor(disk, new ExecutorLimits(1, 4, 5));
    open(1, "hold gate");
    awaitTrue(() -> performer.running() == 1);

    assertThat(Received.of(open(2, new FileOperation.Properties("/say quick"))).result().outcome())
        .isEqualTo(Outcome.DONE);
    performer.letGo("gate");
  }

  @Test
  void looksAreRepeatedAndNeverJournalled() {
    int steps = disk.steps();

    Received.of(open(1, new FileOperation.Properties("/say x")));
    Received.of(open(1, new FileOperation.Properties("/say x")));

    assertThat(performer.performed()).hasSize(2);
    assertThat(disk.steps()).isEqualTo(steps);
    assertThat(executor.held()).isEmpty();
  }

  @Test
  void aLookCanBeCancelledWhetherItRunsOrWaits() throws IOException {
    executor = executor(disk, new ExecutorLimits(1, 1, 5));
    Run running = open(1, new FileOperation.Properties("/hold gate"));
    awaitTrue(() -> performer.running() == 1);
    Run waiting = open(2, new FileOperation.Properties("/say x"));

    executor.cancel(id(2));
    assertThat(Received.of(waiting).result().outcome()).isEqualTo(Outcome.CANCELLED);
    executor.cancel(id(1));
    assertThat(Received.of(running).result().outcome()).isEqualTo(Outcome.CANCELLED);

    assertThat(Received.of(open(3, new FileOperation.Properties("/say x"))).result().outcome())
        .as("their places are free").isEqualTo(Outcome.DONE);
  }

  @Test
  void aLookNobodyListensToEndsAndAChangeDoesNot() {
    Run look = open(1, new FileOperation.Properties("/hold look"));
    Run change = open(2, "hold change; say done");
    awaitTrue(() -> performer.running() == 2);

    look.forsake();
    change.forsake();

    assertThat(Received.of(look).result().outcome()).isEqualTo(Outcome.CANCELLED);
    performer.letGo("change");
    assertThat(Received.of(change).stdout()).isEqualTo("done");
  }

  @Test
  @DisplayName("what a look puts out passes through, and is neither kept nor journalled")
  void aLongOutputOfALookIsNotKept() {
    int steps = disk.steps();

    Received received = Received.of(open(1, new FileOperation.Read("/fill 3000000", 0, 8 << 20, "")));

    assertThat(received.stdout()).hasSize(3_000_000);
    assertThat(received.result().outputBytes()).isEqualTo(3_000_000);
    assertThat(disk.steps()).isEqualTo(steps);
  }

  @Test
  void aLookThatHangsIsAnsweredAtItsTimeLimitAndKeepsItsPlace() throws IOException {
    executor = executor(disk, new ExecutorLimits(1, 1, 0));
    performer.timeLimit(Duration.ofMillis(50));

    assertThat(Received.of(open(1, new FileOperation.Properties("/stay gate"))).result().outcome())
        .isEqualTo(Outcome.EXPIRED);
    assertThat(Received.of(open(2, new FileOperation.Properties("/say x"))).result().outcome()).as("the place is taken")
        .isEqualTo(Outcome.REFUSED);

    performer.letGo("gate");
    performer.timeLimit(Duration.ofMinutes(1));
    awaitTrue(() -> Received.of(open(3, new FileOperation.Properties("/say x"))).result().outcome() == Outcome.DONE);
  }

  @Test
  void aFullDiskStartsNothingAndSaysSo() {
    disk.room(0);

    Received received = Received.of(open(1, "say never"));

    assertThat(received.result().outcome()).isEqualTo(Outcome.REFUSED);
    assertThat(received.result().reason()).contains("No space", "nothing was started", "free some space");
    assertThat(performer.performed()).isEmpty();
    disk.room(1 << 20);
    assertThat(Received.of(open(1, "say now")).result().outcome()).isEqualTo(Outcome.DONE);
  }

  @Test
  void aResultTheDiskDoesNotTakeIsKeptInMemoryUntilItIsSettled() {
    Run run = open(1, "say hello; hold gate");
    awaitTrue(() -> performer.running() == 1);
    disk.room(0);
    performer.letGo("gate");
    assertThat(Received.of(run).result().outcome()).isEqualTo(Outcome.DONE);
    awaitTrue(() -> logged.toString(StandardCharsets.UTF_8).contains("kept in memory"));

    assertThat(Received.of(open(1, "say hello; hold gate")).stdout()).isEqualTo("hello");

    disk.room(1 << 20);
    executor.settle(id(1));
    awaitForgotten(1);
    assertThat(Received.of(open(1, "say hello; hold gate")).result().outcome()).isEqualTo(Outcome.REFUSED);
  }

  @Test
  void largeOutputGoesToAFileThatLivesUntilItIsSettled() throws IOException {
    Received first = Received.of(open(1, "fill 300000; say end"));
    assertThat(first.bytes()).isEqualTo(300_003);
    awaitStored();

    crash();
    assertThat(Received.of(open(1, "fill 300000; say end")).stdout()).isEqualTo(first.stdout());
    assertThat(Received.of(open(1, "fill 300000; say end"), 299_999).stdout()).isEqualTo("xend");
    assertThat(disk.names()).anyMatch(name -> name.startsWith("output-"));

    executor.settle(id(1));
    assertThat(disk.names()).noneMatch(name -> name.startsWith("output-"));
  }

  @Test
  void anOutputWhoseEndNobodyNotedIsRemovedAtTheNextStart() throws IOException {
    open(1, "fill 100000; hold gate");
    awaitTrue(() -> disk.names().stream().anyMatch(name -> name.startsWith("output-")));

    crash();

    assertThat(disk.names()).noneMatch(name -> name.startsWith("output-"));
    performer.letGo("gate");
  }

  @Test
  void outputBeyondTheLimitIsCutAndToldWhileTheOperationGoesOn() {
    Received received = Received.of(open(1, shell("fill 5000; fill 100000; say end", 5010)));

    assertThat(received.stdout()).isEqualTo("x".repeat(5010));
    assertThat(received.result().outcome()).isEqualTo(Outcome.DONE);
    assertThat(received.result().outputTruncated()).isTrue();
    assertThat(received.result().outputBytes()).isEqualTo(5010);
  }

  @Test
  void outputBeyondTheRoomOnTheDiskIsCutAndTold() {
    Received received = Received.of(open(1, shell("fill 900000; fill 900000", 4 << 20)));

    assertThat(received.bytes()).isEqualTo((int) received.result().outputBytes()).isBetween(900_000, 1 << 20);
    assertThat(received.result().outputTruncated()).isTrue();
  }

  @Test
  void nobodyListeningHindersNobody() {
    open(1, "fill 500000; fill 400000");

    awaitStored();
    assertThat(executor.held()).containsExactly(id(1));
  }

  @Test
  void whatTheAgentDoesNotKnowIsUnsupportedAndWhatIsMalformedRefused() {
    Run unknown = executor.open(new OpenMetadata(id(1), "make.coffee", 0, LATEST),
        "{}".getBytes(StandardCharsets.UTF_8), executor.newInput());
    Run malformed = executor.open(new OpenMetadata(id(2), RunShell.NAME, 0, LATEST),
        "{\"command\":7}".getBytes(StandardCharsets.UTF_8), executor.newInput());

    assertThat(Received.of(unknown).result().outcome()).isEqualTo(Outcome.UNSUPPORTED);
    assertThat(Received.of(malformed).result())
        .satisfies(result -> assertThat(result.outcome()).isEqualTo(Outcome.REFUSED))
        .satisfies(result -> assertThat(result.reason()).contains("command"));
  }

  @Test
  void aFaultInsideTheAgentIsAFailureOfThatOperationAlone() {
    Received received = Received.of(open(1, "break"));

    assertThat(received.result().outcome()).isEqualTo(Outcome.FAILED);
    assertThat(Received.of(open(2, "say fine")).result().outcome()).isEqualTo(Outcome.DONE);
    assertThat(logged.toString(StandardCharsets.UTF_8)).contains("broken on purpose");
  }

  @Test
  void anUnapprovedMachineTakesNoOrders() {
    assertThat(Received.of(executor.refuse(id(1))).result())
        .satisfies(result -> assertThat(result.outcome()).isEqualTo(Outcome.REFUSED))
        .satisfies(result -> assertThat(result.reason()).contains("approve"));
  }

  @Test
  @DisplayName("T14 nothing of an id gets into a file's name")
  void filesAreNumbered() {
    Received.of(open(1, "fill 100000"));
    awaitStored();

    assertThat(disk.names()).allSatisfy(name -> assertThat(name).matches("journal(\\.new)?|output-[0-9]+"));
  }

  @Test
  void aLostJournalRefusesWhatWasOrderedBefore() throws IOException {
    Received.of(open(1, "say hello"));
    awaitStored();
    disk = disk.afterKill();
    disk.delete(Journal.NAME);
    executor = executor(disk, ExecutorLimits.DEFAULT);

    assertThat(Received.of(open(1, "say hello")).result().outcome()).isEqualTo(Outcome.REFUSED);
    assertThat(performer.performed()).hasSize(1);
  }
}
